"""Every indicator × unit × period on one sheet: numerator, denominator, and the value as a formula."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from indicators.measure import Status
from indicators.period import period_label
from indicators.report.series import SeriesRow
from indicators.target_words import unit_of

if TYPE_CHECKING:
    from etl.export.report.workbook import Maker

HEADS = (
    ("Chỉ tiêu", 34),
    ("Đơn vị", 24),
    ("Kỳ", 14),
    ("Mã kỳ", 10),
    ("Tử số", 14),
    ("Mẫu số", 14),
    ("Hệ số", 8),
    ("Giá trị", 12),
    ("Đơn vị tính", 18),
    ("Đơn vị đã có số liệu", 12),
    ("Đơn vị phải có", 12),
)


def series_sheet(page: Any, maker: "Maker", rows: Sequence[SeriesRow]) -> None:
    """The sheet, with a filter over all columns."""
    top = maker.above(page, "Mọi chỉ tiêu theo đơn vị và kỳ: giá trị = tử số / mẫu số × hệ số")
    box = {"border": 1}
    for at, (name, width) in enumerate(HEADS):
        page.write_string(
            top,
            at,
            name,
            maker.style(bold=True, border=1, text_wrap=True, align="center", bg_color="#E3E9ED"),
        )
        page.set_column(at, at, width)
    for row, said in enumerate(rows, start=top + 1):
        look = {**box, "bold": True} if said.is_whole else box
        words = (
            said.indicator.name_vi,
            said.unit_name,
            period_label(said.period),
            said.period.code,
        )
        for at, text in enumerate(words):
            page.write_string(row, at, text, maker.style(**look))
        figures(page, maker, row, said, look)
    page.freeze_panes(top + 1, 2)
    page.autofilter(top, 0, top + max(1, len(rows)), len(HEADS) - 1)
    page.repeat_rows(top)


def figures(page: Any, maker: "Maker", row: int, said: SeriesRow, look: dict[str, Any]) -> None:
    """Sums and their quotient; "-" where nothing occurred, "…" where it is not known."""
    measure, style = said.measure, maker.style(**look, num_format="#,##0.####")
    pattern = "0." + "0" * said.indicator.decimals if said.indicator.decimals else "0"
    for at, number in ((4, measure.numerator), (5, measure.denominator)):
        if number is not None and measure.value is not None:
            page.write_number(row, at, float(number), style)
        else:
            page.write_blank(row, at, None, style)
    page.write_number(row, 6, said.indicator.factor, style)
    shown = maker.style(**look, num_format=f"#,##{pattern}", align="right")
    if measure.value is None:
        page.write_string(row, 7, "-" if measure.status is Status.NOTHING else "…", shown)
    elif measure.numerator is None:
        page.write_number(row, 7, float(measure.value), shown)
    else:
        part = (
            f"E{row + 1}/F{row + 1}*G{row + 1}"
            if measure.denominator is not None
            else f"E{row + 1}*G{row + 1}"
        )
        page.write_formula(row, 7, f"={part}", shown, float(measure.value))
    page.write_string(row, 8, unit_of(said.indicator, "vi"), maker.style(**look))
    page.write_number(row, 9, len(measure.coverage.reported), style)
    page.write_number(row, 10, len(measure.coverage.expected), style)
