"""The form to fill in as a workbook: one sheet for each form of a unit and period, then how to."""

from io import BytesIO

import xlsxwriter
from duckdb import DuckDBPyConnection

from etl.export.form_cells import Styles
from etl.export.form_sheet import A4, LINE, Filling, write_form
from etl.own_sheets import MARK
from etl.store.figures import reported_figures
from etl.template import forms_of
from indicators.deployment import Deployment
from indicators.period import Period, period_label
from indicators.text import say

STEPS, STEP_CHARACTERS = range(1, 8), 100
SHEET_NAME = 31  # characters that a spreadsheet allows
FORBIDDEN = str.maketrans({**dict.fromkeys("[]*?/\\", "-"), ":": " -"})
# Texts stay texts: a name that begins with "=" is no formula, an address no link.
TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def form_workbook(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    unit: str,
    period: Period,
    language: str = "vi",
) -> bytes:
    """XLSX: every form that the unit fills for exactly this period, beside what it sent before.

    Filled in and loaded, it needs no hint. The unit must be valid at the end of the period.
    """
    earlier = earlier_periods(period)
    known = reported_figures(cur, unit, [p.code for p in earlier])
    filling = Filling(deployment, unit, period, earlier, known, language)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **TEXT_STAYS_TEXT}) as book:
        styles = Styles(book)
        for form in forms_of(deployment, unit, period):
            write_form(_added(book, form.name_vi), styles, filling, form)
        _write_instructions(_added(book, say("form.instructions", language)), styles, filling)
    return buffer.getvalue()


def earlier_periods(period: Period) -> tuple[Period, ...]:
    """The period before, and the same one a year earlier (one and the same for a year)."""
    return tuple(dict.fromkeys((period.before, period.previous_year())))


def _added(book: xlsxwriter.Workbook, text: str) -> xlsxwriter.worksheet.Worksheet:
    """A new sheet called so, as far as a spreadsheet takes it; no name twice."""
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    return book.add_worksheet(sheet_name(text, taken))


def sheet_name(text: str, taken: set[str]) -> str:
    """The text without what sheet names must not hold, cut at a word, told apart by a number."""
    plain = text.translate(FORBIDDEN).strip("' ")
    cut = plain if len(plain) <= SHEET_NAME else plain[: SHEET_NAME + 1].rpartition(" ")[0]
    cut = (cut or plain)[:SHEET_NAME]
    numbered = (f"{cut[: SHEET_NAME - 5]} ({n})" for n in range(2, len(taken) + 3))
    return next(name for name in (cut, *numbered) if name.lower() not in taken)


def _write_instructions(
    page: xlsxwriter.worksheet.Worksheet, styles: Styles, filling: Filling
) -> None:
    """A few lines on a sheet of their own, which is passed over when it comes back."""
    page.set_column(0, 0, STEP_CHARACTERS)
    page.write_string(0, 0, MARK, styles["quiet"])
    page.write_string(1, 0, say("form.instructions", filling.language), styles["title_left"])
    facts = {"unit": filling.tree[filling.unit].name, "period": period_label(filling.period)}
    for row, step in enumerate(STEPS, start=2):
        text = say(f"form.step.{step}", filling.language, **facts)
        page.write_string(row, 0, f"{step}. {text}", styles["step"])
        page.set_row(row, LINE * (1 + len(text) // STEP_CHARACTERS))
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.protect()
