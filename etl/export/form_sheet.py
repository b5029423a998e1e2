"""One form on one sheet: who, what and by when; the table; set up for the screen and for A4."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.export.form_cells import Styles, comment, validation
from etl.numbers import Absence
from etl.store.figures import Reported
from indicators.catalogue import Form, Quantity
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.formats import format_plain
from indicators.period import Period, period_label
from indicators.regimes import window_of
from indicators.text import say
from indicators.units import Unit

HEADING = 7  # its row, from 0
NUMBER, NAME, MEASURE, VALUE, ESTIMATE = range(5)
WIDTHS = (5, 44, 11, 15, 6)
EARLIER_WIDTH, NOTE_WIDTH, MACHINE_WIDTH = 17, 24, 16
LINE, CHARACTERS = 19, 40  # height of a line of text, and how much of a name goes on one
# What recognition knows, in any language of the sentences around the table.
FIXED = ("TT", "Số liệu", "Đơn vị tính", "Giá trị", "Ước")
EARLIER = ("Đã báo cáo kỳ trước", "Đã báo cáo cùng kỳ năm trước")
LAST = ("Ghi chú", "Đơn vị", "Kỳ báo cáo")
ABSENT = {Absence.NIL: "-", Absence.NOT_AVAILABLE: "…"}
A4, LANDSCAPE_MARGINS = 9, {"left": 0.5, "right": 0.5, "top": 0.5, "bottom": 1.3}
# Cells with text that looks like a number on purpose ("1.234", "-"), and empty unlocked ones.
QUIET_WARNINGS = "A1:Z500"


@dataclass(frozen=True)
class Filling:
    """What a form is filled in for: one unit and period, and what it sent for earlier ones."""

    deployment: Deployment
    unit: str
    period: Period
    earlier: tuple[Period, ...]
    known: Mapping[tuple[str, str], Reported]
    language: str

    @property
    def tree(self) -> dict[str, Unit]:
        """The units at the end of the period."""
        return self.deployment.units.at(self.period.end).units

    @property
    def note(self) -> int:
        """The column of notes, the last one that is printed."""
        return ESTIMATE + len(self.earlier) + 1

    @property
    def headings(self) -> list[str]:
        """All headings; before a year there is only the one of the year before."""
        texts = zip(EARLIER[-len(self.earlier) :], self.earlier, strict=True)
        return [*FIXED, *(f"{text} ({period_label(p)})" for text, p in texts), *LAST]

    def phrase(self, key: str, **facts: object) -> str:
        """A sentence of the form."""
        return say(f"form.{key}", self.language, **facts)


def write_form(page: Worksheet, styles: Styles, filling: Filling, form: Form) -> None:
    """Fill an empty sheet with the form."""
    _write_title(page, styles, filling, form)
    for column, heading in enumerate(filling.headings):
        style = "machine" if column > filling.note else "heading"
        page.write_string(HEADING, column, heading, styles[style])
    for number, name in enumerate(form.quantities, start=1):
        quantity = filling.deployment.catalogue.quantities[name]
        _write_row(page, styles, filling, quantity, number)
        _warn_above_whole(page, styles, form, quantity, number)
    _set_up(page, filling, len(form.quantities))


def _write_title(page: Worksheet, styles: Styles, filling: Filling, form: Form) -> None:
    unit, last = filling.tree[filling.unit], filling.note
    above = filling.tree.get(unit.professional_parent or "")
    page.write_string(0, 0, above.name.upper() if above else "", styles["office"])
    page.write_string(1, 0, unit.name.upper(), styles["office_bold"])
    page.merge_range(2, 0, 2, last, form.name_vi.upper(), styles["title"])
    page.merge_range(3, 0, 3, last, _window(filling, form), styles["centre"])
    page.merge_range(4, 0, 4, last, _deadline(filling, form), styles["centre"])
    page.merge_range(6, 0, 6, last, filling.phrase("legend"), styles["legend"])
    page.set_row(2, 28)
    page.set_row(5, 6)
    page.set_row(6, 50)
    page.set_row(HEADING, 68)


def _window(filling: Filling, form: Form) -> str:
    first, last = window_of(filling.period, filling.deployment.catalogue.regimes[form.regime])
    label = period_label(filling.period, filling.language)
    return filling.phrase("period", period=label, first=_day(first), last=_day(last))


def _deadline(filling: Filling, form: Form) -> str:
    """By when, and who says so; or that nobody asks for this period."""
    if not form.is_asked(filling.period.end):
        return filling.phrase("not_asked")
    due = form_due(form, filling.period, filling.deployment.catalogue)
    text = filling.phrase("due_provisional" if due.provisional else "due", day=_day(due.day))
    return f"{text} ({form.due_source})"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _write_row(
    page: Worksheet, styles: Styles, filling: Filling, quantity: Quantity, number: int
) -> None:
    row, language = HEADING + number, filling.language
    page.set_row(row, LINE * (1 + len(quantity.name_vi) // CHARACTERS) + 3)
    page.write_number(row, NUMBER, number, styles["number"])
    page.write_string(row, NAME, quantity.name_vi, styles["name"])
    text, size = comment(quantity, filling.deployment.catalogue, language)
    page.write_comment(row, NAME, text, size)
    page.write_string(row, MEASURE, quantity.unit_of_measure, styles["measure"])
    page.write_blank(row, VALUE, None, styles.for_input(quantity))
    rule = validation(quantity, xl_rowcol_to_cell(row, VALUE), language)
    page.data_validation(row, VALUE, row, VALUE, rule)
    page.write_blank(row, ESTIMATE, None, styles["mark"])
    only_x = {"validate": "list", "source": ["x"], "input_message": filling.phrase("estimate")}
    page.data_validation(row, ESTIMATE, row, ESTIMATE, only_x)
    for column, period in enumerate(filling.earlier, start=ESTIMATE + 1):
        known = filling.known.get((period.code, quantity.id))
        _write_earlier(page, styles, (row, column), known, quantity)
    page.write_blank(row, filling.note, None, styles["note"])
    page.write_string(row, filling.note + 1, filling.unit, styles["machine"])
    page.write_string(row, filling.note + 2, period_label(filling.period), styles["machine"])


def _write_earlier(
    page: Worksheet,
    styles: Styles,
    at: tuple[int, int],
    known: Reported | None,
    quantity: Quantity,
) -> None:
    """What was sent: whole numbers as numbers, anything else as people write it; or nothing."""
    if known is None:
        page.write_blank(*at, None, styles["earlier"])
    elif known.value is not None and quantity.whole_number and not known.estimate:
        page.write_number(*at, int(known.value), styles.for_earlier(quantity))
    else:
        text = ABSENT[known.absence] if known.absence else format_plain(known.value)
        page.write_string(*at, f"ước {text}" if known.estimate else text, styles["earlier"])


def _warn_above_whole(
    page: Worksheet, styles: Styles, form: Form, quantity: Quantity, number: int
) -> None:
    """The cell turns orange while it is more than the whole on the same sheet."""
    if quantity.at_most not in form.quantities:
        return
    row, whole = HEADING + number, HEADING + 1 + form.quantities.index(quantity.at_most)
    part, limit = (xl_rowcol_to_cell(r, VALUE) for r in (row, whole))
    rule = f"=AND(ISNUMBER({part}),ISNUMBER({limit}),{part}>{limit})"
    page.conditional_format(
        row, VALUE, row, VALUE, {"type": "formula", "criteria": rule, "format": styles["above"]}
    )


def _set_up(page: Worksheet, filling: Filling, rows: int) -> None:
    """Widths, frozen heading, protection without a password, A4 with room for two signatures."""
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.set_column(ESTIMATE + 1, filling.note - 1, EARLIER_WIDTH)
    page.set_column(filling.note, filling.note, NOTE_WIDTH)
    page.set_column(filling.note + 1, filling.note + 2, MACHINE_WIDTH)
    page.freeze_panes(HEADING + 1, NAME + 1)
    page.set_selection(HEADING + 1, VALUE, HEADING + 1, VALUE)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.ignore_errors({"number_stored_as_text": QUIET_WARNINGS})
    page.print_area(0, 0, HEADING + rows, filling.note)
    page.repeat_rows(HEADING)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(**LANDSCAPE_MARGINS)
    page.set_footer(_footer(filling), {"margin": 0.9})


def _footer(filling: Filling) -> str:
    """Signatures belong on paper: as cells they would come back as rows of the table."""
    bold, italic = '&"Times New Roman,Bold"', '&"Times New Roman,Italic"'
    left = f"&L\n{bold}{filling.phrase('prepared')}"
    right = f"&R{italic}{filling.phrase('dated')}\n{bold}{filling.phrase('signed')}"
    return f"{left}&C{filling.phrase('page')} &P/&N{right}"
