"""The columns of the table of plan results: which there are, their headings, what follows from what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.period import Period, PeriodKind, period_inside
from indicators.report.blocks import Grid, GridColumn, GridRow, Shown, group_row
from indicators.report.material import Material
from indicators.report.results import ResultRow, Results
from indicators.report.spans import happens, is_later

DECEMBER = 12


def columns(material: Material) -> tuple[GridColumn, ...]:
    """The headings that this plan and period have; widths are parts of the page."""
    period = material.period
    heads = [
        GridColumn("TT", 5, id="number"),
        GridColumn("Chỉ tiêu", 24, id="name"),
        GridColumn("Đơn vị tính", 9, id="measure"),
        GridColumn(f"TH năm {period.year - 1}", 8, True, id="before"),
        GridColumn(f"KH năm {material.plan.period}", 9, True, id="plan"),
        *same_period_column(period),
        *span_columns(material),
        *projection_column(material),
        GridColumn("% so KH (hoặc chênh lệch)", 13, True, id="of_plan"),
        GridColumn("% so cùng kỳ (chỉ số, hoặc chênh lệch)", 13, True, id="of_last_year"),
        GridColumn("Đánh giá", 10, id="verdict"),
        GridColumn("Ghi chú", 6, id="notes"),
    ]
    return with_formulas(heads)


def same_period_column(period: Period) -> list[GridColumn]:
    """The same period last year; of a whole year that is last year, which has its column."""
    if period.kind is PeriodKind.YEAR:
        return []
    return [GridColumn(f"TH cùng kỳ năm {period.year - 1}", 8, True, id="last_year")]


def place_of(name: str, material: Material) -> int:
    """Where a column stands, from 0."""
    return [head.id for head in columns(material)].index(name)


def span_columns(material: Material) -> list[GridColumn]:
    """The period alone beside what came together; one column where they cannot differ."""
    period, said = material.period, period_inside(material.period)
    if not is_later(period):
        return [GridColumn(f"TH {said}", 9, True, id="actual")]
    catalogue = material.deployment.catalogue
    parts = (part for a in material.judged for part in a.also or (a,))
    if not any(happens(part, catalogue) for part in parts):
        return [GridColumn(f"TH đến hết {said}", 9, True, id="actual")]
    is_last = period.last_month == DECEMBER
    until = f"cả năm {period.year}" if is_last else f"đến hết {said}"
    return [
        GridColumn(f"TH {said}", 8, True, id="in_period"),
        GridColumn(f"Lũy kế {until}", 8, True, id="to_date"),
    ]


def projection_column(material: Material) -> list[GridColumn]:
    """Where it is heading, as long as any deadline lies ahead."""
    ahead = any(a.deadline and a.deadline.end > material.period.end for a in material.judged)
    return [GridColumn("Ước TH đến hạn", 8, True, id="projected")] if ahead else []


def with_formulas(heads: Sequence[GridColumn]) -> tuple[GridColumn, ...]:
    """The same, the two that are worked out with the numbers of those they follow from."""
    at = numbers_of(heads)
    of = {"of_plan": at["plan"], "of_last_year": at["same_period"]}
    return tuple(
        replace(head, formula=f"({at['value']})/({of[head.id]})×100") if head.id in of else head
        for head in heads
    )


def numbers_of(heads: Sequence[GridColumn]) -> Mapping[str, int]:
    """The number of each column by its id; of "value" and "same_period" that of what is compared."""
    at = {head.id: number for number, head in enumerate(heads, start=1)}
    value = at.get("actual") or at["to_date"]
    return {**at, "value": value, "same_period": at.get("last_year") or at["before"]}


def results_grid(material: Material, found: Results, name: str) -> Grid:
    """The table as a grid with its explanations."""
    heads = columns(material)
    rows: list[GridRow] = []
    for group in found.groups:
        rows.append(group_row(group.number, group.name, heads))
        rows += [grid_row(row, heads) for row in group.rows]
    notes = (*signs(material, heads), *found.notes)
    return Grid(name, heads, tuple(rows), notes, is_numbered=True)


def grid_row(row: ResultRow, heads: Sequence[GridColumn]) -> GridRow:
    """One target under the headings."""
    return GridRow(cells(row, heads), "part" if row.is_part else "row")


def cells(row: ResultRow, heads: Sequence[GridColumn]) -> tuple[Shown, ...]:
    """A row in the order of the columns."""
    return tuple(row.cell(head.id) for head in heads)


def signs(material: Material, heads: Sequence[GridColumn]) -> list[str]:
    """What abbreviations, signs and columns mean, by the numbers the columns have here."""
    at = numbers_of(heads)
    return [
        *filter(None, [material.only_approved_text]),
        f"TH: thực hiện; KH: kế hoạch.{PROJECTED if 'projected' in at else ''}",
        "Dấu “-”: không phát sinh; dấu “…”: có phát sinh nhưng chưa có số liệu; ô trống: không áp "
        "dụng hoặc không so sánh được.",
        *span_signs(material, at),
        f"Chỉ tiêu càng thấp càng tốt: cột ({at['of_plan']}) ghi chênh lệch so với kế hoạch. Cột "
        f"({at['of_last_year']}) ghi chỉ số (cùng kỳ năm trước = 100); với chỉ tiêu tính bằng tỷ lệ, "
        "ghi chênh lệch bằng điểm phần trăm (điểm %) hoặc phần nghìn (điểm ‰).",
        f"Khi còn thiếu đơn vị, cột ({at['of_last_year']}) chỉ tính các đơn vị có số liệu cả hai kỳ, "
        f"nên có thể khác phép tính trực tiếp từ cột ({at['value']}) và cột ({at['same_period']}).",
    ]


def span_signs(material: Material, at: Mapping[str, int]) -> list[str]:
    """Which numbers stand in the two columns of values."""
    if "in_period" not in at:
        return []
    return [
        f"Cột ({at['in_period']}) là số phát sinh riêng trong {period_inside(material.period)}; cột "
        f"({at['to_date']}) tính từ ngày 01/01. Chỉ tiêu tính theo thời điểm (giường bệnh, bác sĩ, "
        "người tham gia bảo hiểm…) chỉ có một số, tại ngày cuối kỳ: hai cột ghi như nhau."
    ]


PROJECTED = (
    " Ước TH đến hạn: dự báo theo nhịp đã có đến thời hạn của chỉ tiêu, không phải số đơn vị ước."
)
