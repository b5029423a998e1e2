"""The sheet of results: numbers are numbers, what follows from other columns is a formula."""

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from etl.export.findings_sheet import printable
from etl.export.report.looks import BOX, CHARACTERS, GROUP, HEAD, LINE, decimals_of, height
from indicators.assess import Assessment
from indicators.judge import direction
from indicators.report.blocks import Shown
from indicators.report.columns import cells, columns
from indicators.report.results import ResultRow, Results

if TYPE_CHECKING:
    from etl.export.report.workbook import Maker

# What is worked out from the value that is judged.
WORKED_OUT = ("of_plan", "of_last_year")
WORDS = {"number": "center", "name": "left", "measure": "left", "verdict": "left", "notes": "left"}


def results_sheet(page: Any, maker: "Maker", found: Results) -> int:
    """The table of results; the last row of it, from 0."""
    sheet = ResultsSheet(page, maker)
    top = sheet.head()
    row = top + 2
    for group in found.groups:
        sheet.group(row, group.number, group.name)
        for at, said in enumerate(group.rows, start=row + 1):
            sheet.result(at, said)
        row += len(group.rows) + 1
    grid = maker.report.annexes[0].blocks[0]
    for at, note in enumerate(grid.notes if found.groups else (), start=row):  # type: ignore[union-attr]
        page.write_string(at, 0, printable(note), maker.style(italic=True))
    page.freeze_panes(top + 2, 2)
    page.repeat_rows(top, top + 1)
    maker.set_up(page)
    return row - 1


class ResultsSheet:
    """The sheet being written; columns are known by name."""

    def __init__(self, page: Any, maker: "Maker") -> None:
        self.page, self.maker, self.style = page, maker, maker.style
        self.heads = columns(maker.material)
        self.names = [head.id for head in self.heads]

    def head(self) -> int:
        """Headings and numbers of columns; the row of the headings."""
        top = self.maker.above(self.page, self.maker.report.annexes[0].title)
        small = HEAD | {"bold": False, "italic": True, "font_size": 9}
        for at, column in enumerate(self.heads):
            formula = f"={column.formula}" if column.formula else ""
            self.page.write_string(top, at, column.heading, self.style(**HEAD))
            self.page.write_string(top + 1, at, f"({at + 1}){formula}", self.style(**small))
            self.page.set_column(at, at, column.width * CHARACTERS)
        words = [Shown(column.heading) for column in self.heads]
        self.page.set_row(top, height(words, self.heads) + LINE / 2)
        return top

    def group(self, row: int, number: str, name: str) -> None:
        """The heading of a field."""
        for at in range(len(self.heads)):
            words = (number, name)[at] if at < 2 else ""
            self.page.write_string(row, at, words, self.style(**GROUP))

    def result(self, row: int, said: ResultRow) -> None:
        """One target: words, numbers, and the two columns that are worked out."""
        shown = cells(said, self.heads)
        self.page.set_row(row, height(shown, self.heads))
        for name, cell in zip(self.names, shown, strict=True):
            if name in WORKED_OUT and cell.value is not None and recomputes(said, name):
                self.worked_out(row, name, cell, said)
            elif name == "plan" and cell.value is not None:
                self.plan(row, cell)
            else:
                self.cell(row, name, cell)

    def place(self, row: int, name: str) -> str:
        """As a formula names it: "H12"."""
        return f"{xl_col_to_name(self.names.index(name))}{row + 1}"

    def worked_out(self, row: int, name: str, shown: Shown, said: ResultRow) -> None:
        """Per cent of another column, or the difference from it."""
        here, other = (self.place(row, column) for column in self.compared(said, name))
        is_share = "điểm" not in shown.text and not is_difference(said.assessment, name)
        formula = f"={here}/{other}*100" if is_share else f"={here}-{other}"
        look = decimals_of(shown.decimals) if is_share else signed(shown)
        style = self.style(**BOX, num_format=look)
        at = self.names.index(name)
        self.page.write_formula(row, at, formula, style, float(shown.value or 0))

    def compared(self, said: ResultRow, name: str) -> tuple[str, str]:
        """The two columns that a worked-out one follows from: the one judged, and what beside."""
        value = "actual"
        if "in_period" in self.names:
            value = "in_period" if said.by_period else "to_date"
        same_period = "last_year" if "last_year" in self.names else "before"
        return value, "plan" if name == "of_plan" else same_period

    def plan(self, row: int, shown: Shown) -> None:
        """The level as a number that reads as the document writes it: "≤ 14,2"."""
        pattern = decimals_of(shown.decimals)
        words = shown.text.rstrip("0123456789.,").rstrip()
        is_prefix = shown.text[-1:].isdigit() and '"' not in words
        look = f'"{words} "{pattern}' if words and is_prefix else pattern
        style = self.style(**BOX, num_format=look)
        self.page.write_number(row, self.names.index("plan"), float(shown.value or 0), style)

    def cell(self, row: int, name: str, shown: Shown) -> None:
        """A number with the decimals it is shown with, or words."""
        at = self.names.index(name)
        if shown.value is None or "/" in shown.text:
            style = self.style(**BOX, align=WORDS.get(name, "right"))
            self.page.write_string(row, at, printable(shown.text), style)
            return
        look = signed(shown) if "điểm" in shown.text else decimals_of(shown.decimals)
        self.page.write_number(row, at, float(shown.value), self.style(**BOX, num_format=look))


def recomputes(said: ResultRow, name: str) -> bool:
    """Whether the column follows from the others: not where units are missing on one side."""
    a = said.assessment
    return name == "of_plan" or (a is not None and a.measure.is_whole)


def signed(shown: Shown) -> str:
    """The format of a difference, with its points where it has them."""
    pattern = decimals_of(shown.decimals)
    sign = "‰" if "‰" in shown.text else "%"
    unit = f' "điểm {sign}"' if "điểm" in shown.text else ""
    return f"+{pattern}{unit};-{pattern}{unit};0{unit}"


def is_difference(a: Assessment | None, name: str) -> bool:
    """Whether the plan column says how far a value lies from a level that must not be passed."""
    if name != "of_plan" or a is None:
        return False
    return direction(a.test) <= 0 or (a.rule is not None and a.rule.value <= 0)
