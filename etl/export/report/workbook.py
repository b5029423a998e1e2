"""The results as a workbook: numbers are numbers, what is worked out is a formula that recomputes."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from etl.export.findings_sheet import printable
from etl.export.report.looks import BOX, CHARACTERS, GROUP, HEAD, height
from etl.export.report.results_sheet import results_sheet
from etl.export.report.series_sheet import series_sheet
from etl.export.rows import Row, write_sheet
from etl.export.table_xlsx import FONT, PLAIN
from etl.store.all_facts import COLUMNS as FACTS
from indicators.headline import headline, rest
from indicators.judge import WORST_FIRST
from indicators.report.blocks import Grid, Report
from indicators.report.columns import place_of
from indicators.report.material import Material
from indicators.report.results import Results, results
from indicators.report.series import series
from indicators.sentence import verdict_text

MARK = {"bold": True, "font_color": "#7A5A00", "bg_color": "#FFF6DF"}
NAMES = ("Tổng hợp", "Kết quả", "Đơn vị và kỳ", "Số liệu gốc")


def workbook(material: Material, report: Report, facts: Sequence[Row], moment: datetime) -> bytes:
    """The bytes of the workbook; the same material and moment give the same bytes."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {**PLAIN, "in_memory": True}) as book:
        book.set_properties(
            {"title": report.title, "author": report.letter.name_vi, "created": moment}
        )
        book.set_calc_mode("auto")
        Maker(book, material, report).write(facts)
    return kept.getvalue()


class Maker:
    """A workbook being made."""

    def __init__(self, book: xlsxwriter.Workbook, material: Material, report: Report) -> None:
        self.book, self.material, self.report = book, material, report
        self.formats: dict[str, Any] = {}

    def write(self, facts: Sequence[Row]) -> None:
        """Every sheet, each with the mark of simulated data and its set-up for A4."""
        first, second = (self.book.add_worksheet(name) for name in NAMES[:2])
        last = results_sheet(second, self, self.found)
        self.summary_sheet(first, last)
        for at, annex in enumerate(self.report.annexes):
            for block in annex.blocks:
                if isinstance(block, Grid) and block.id != "ket-qua":
                    self.grid_sheet(
                        f"PL {annex.number}.{at + 1} {block.id}"[:31], annex.title, block
                    )
        page = self.book.add_worksheet(NAMES[2])
        series_sheet(page, self, series(self.material))
        self.set_up(page)
        self.furnish(write_sheet(self.book, facts, FACTS, NAMES[3]))

    def style(self, **look: Any) -> Any:
        """A format, made once."""
        key = repr(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": 11, **look})
        return self.formats[key]

    def above(self, page: Any, title: str) -> int:
        """Title, mark and source; the row after them."""
        lines: list[tuple[str, dict[str, Any]]] = [(title, {"bold": True, "font_size": 14})]
        lines += [(self.report.mark, MARK)] if self.report.mark else []
        lines += [(only, {"bold": True})] if (only := self.material.only_approved_text) else []
        lines += [
            (f"Kế hoạch: {self.material.plan.document}", {}),
            (f"{self.report.source}.", {"italic": True}),
        ]
        for row, (text, look) in enumerate(lines):
            page.write_string(row, 0, printable(text), self.style(**look))
        return len(lines) + 1

    @cached_property
    def found(self) -> Results:
        """The rows of the table of results."""
        return results(self.material, self.material.judged, with_spans=True)

    def summary_sheet(self, page: Any, last: int) -> None:
        """The sentence, and how many targets stand how: counted from the table of results."""
        row = self.above(page, self.report.title)
        counted = self.material.judged
        for text in filter(None, (headline(counted), rest(counted))) if counted else ():
            page.write_string(row, 0, text, self.style(bold=True, font_size=12))
            row += 1
        row += 1
        for at, name in enumerate(("Đánh giá", "Số chỉ tiêu", "Tỷ lệ")):
            page.write_string(row, at, name, self.style(**HEAD))
        counts = Counter(a.verdict for a in counted)
        verdicts = [v for v in reversed(WORST_FIRST) if counts[v]]
        total = row + len(verdicts) + 1
        words = xl_col_to_name(place_of("verdict", self.material))
        place = f"'{NAMES[1]}'!${words}$1:${words}${last + 1}"
        for at, verdict in enumerate(verdicts, start=row + 1):
            word, count = verdict_text(verdict), counts[verdict]
            page.write_string(at, 0, word, self.style(**BOX))
            # Parts of a target have their own row and verdict and are no target: marked with "-".
            numbers = f"'{NAMES[1]}'!$A$1:$A${last + 1}"
            formula = f'=COUNTIFS({place},A{at + 1},{numbers},"<>-")'
            page.write_formula(at, 1, formula, self.style(**BOX, num_format="0"), count)
            share = f"=B{at + 1}/B${total + 1}"
            percent = self.style(**BOX, num_format="0.0%")
            page.write_formula(at, 2, share, percent, count / len(counted))
        page.write_string(total, 0, "Cộng", self.style(**GROUP))
        formula = f"=SUM(B{row + 2}:B{total})" if verdicts else "=0"
        page.write_formula(total, 1, formula, self.style(**GROUP, num_format="0"), len(counted))
        page.set_column(0, 0, 34)
        page.set_column(1, 2, 14)
        self.set_up(page)

    def grid_sheet(self, name: str, title: str, grid: Grid) -> None:
        """A further table of the annexes."""
        page = self.book.add_worksheet(name)
        top = self.above(page, title)
        for at, column in enumerate(grid.columns):
            page.write_string(top, at, column.heading, self.style(**HEAD))
            page.set_column(at, at, column.width * CHARACTERS)
        for row, said in enumerate(grid.rows, start=top + 1):
            look = GROUP if said.kind == "group" else BOX
            if said.kind != "group":
                page.set_row(row, height(said.cells, grid.columns))
            for at, shown in enumerate(said.cells):
                page.write_string(row, at, printable(shown.text), self.style(**look))
        for at, note in enumerate(grid.notes, start=top + len(grid.rows) + 2):
            page.write_string(at, 0, printable(note), self.style(italic=True))
        page.freeze_panes(top + 1, 2)
        page.repeat_rows(top)
        self.set_up(page)

    def set_up(self, page: Any) -> None:
        """A4 on its side, as wide as the paper, numbered."""
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        self.furnish(page)

    def furnish(self, page: Any) -> None:
        """What stands on every printed page."""
        mark = self.report.mark.replace("&", "&&")
        source = self.report.source.replace("&", "&&")
        page.set_footer(f"&L&9{mark}&C&9{source}&R&9&P/&N")
