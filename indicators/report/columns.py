"""The columns of the table of plan results: which there are, their headings, what follows from what."""

from indicators.period import Period, PeriodKind, period_inside
from indicators.report.blocks import Grid, GridColumn, GridRow, Shown, group_row
from indicators.report.material import Material
from indicators.report.results import ResultRow, Results

NAMES = (
    "number", "name", "measure", "before", "plan", "last_year", "in_period", "actual", "projected",
    "of_plan", "of_last_year", "verdict", "notes",
)  # fmt: skip


def names_of(period: Period) -> tuple[str, ...]:
    """The columns of a period, by name in order.

    The period alone has a column where it does not begin in January: else it is the same number
    as the one since January.
    """
    left_out = {"in_period"} if period.first_month == 1 else set()
    return tuple(name for name in NAMES if name not in left_out)


def place_of(name: str, period: Period) -> int:
    """Where a column stands, from 0."""
    return names_of(period).index(name)


def columns(material: Material) -> tuple[GridColumn, ...]:
    """The headings; widths are parts of the page."""
    found = _headings(material)
    return tuple(found[name] for name in names_of(material.period))


def _headings(material: Material) -> dict[str, GridColumn]:
    period = material.period
    actual = "TH đến hết kỳ"
    if period.kind is PeriodKind.YEAR:
        actual = "TH cả năm"
    elif "in_period" in names_of(period):
        actual = "Lũy kế đến hết kỳ"
    return {
        "number": GridColumn("TT", 4),
        "name": GridColumn("Chỉ tiêu", 25),
        "measure": GridColumn("Đơn vị tính", 10),
        "before": GridColumn(f"TH năm {period.year - 1}", 8, True),
        "plan": GridColumn(f"KH năm {material.plan.period}", 10, True),
        "last_year": GridColumn("TH cùng kỳ năm trước", 9, True),
        "in_period": GridColumn(f"TH {_alone(period)}", 8, True),
        "actual": GridColumn(actual, 9, True),
        "projected": GridColumn("Ước TH đến hạn", 8, True),
        "of_plan": GridColumn("% so KH", 11, True, _share("plan", period)),
        "of_last_year": GridColumn("% so cùng kỳ", 13, True, _share("last_year", period)),
        "verdict": GridColumn("Đánh giá", 10),
        "notes": GridColumn("Ghi chú", 7),
    }


def _alone(period: Period) -> str:
    """The period without its year: "quý III"."""
    return period_inside(period).partition("/")[0]


def _share(other: str, period: Period) -> str:
    """How a share is worked out, by the numbers of the columns: "(8)/(5)×100"."""
    return f"({place_of('actual', period) + 1})/({place_of(other, period) + 1})×100"


def cells(row: ResultRow, period: Period) -> tuple[Shown, ...]:
    """A row in the order of the columns."""
    return tuple(row.cell(name) for name in names_of(period))


def results_grid(material: Material, found: Results, name: str) -> Grid:
    """The table as a grid with its explanations."""
    heads, period = columns(material), material.period
    rows: list[GridRow] = []
    for group in found.groups:
        rows.append(group_row(group.number, group.name, heads))
        rows += [GridRow(cells(r, period), "part" if r.is_part else "row") for r in group.rows]
    return Grid(name, heads, tuple(rows), (*signs(period), *found.notes), is_numbered=True)


def signs(period: Period) -> tuple[str, ...]:
    """What stands below the table whatever is in it."""
    at = {name: f"({number})" for number, name in enumerate(names_of(period), start=1)}
    alone = ""
    if "in_period" in at:
        alone = (
            f" Cột {at['in_period']} chỉ tính trong kỳ; cột {at['actual']} là trị số được đánh giá, "
            "tính từ đầu năm với chỉ tiêu lũy kế, bằng số trong kỳ với chỉ tiêu khác."
        )
    return (
        "TH: thực hiện; KH: kế hoạch. Ước TH đến hạn: dự báo theo nhịp đã có đến thời hạn của chỉ "
        f"tiêu, không phải số đơn vị ước.{alone}",
        "Dấu “-”: không phát sinh; dấu “…”: có phát sinh nhưng chưa có số liệu; ô trống: không áp "
        "dụng hoặc không so sánh được.",
        f"Chỉ tiêu càng thấp càng tốt: cột {at['of_plan']} ghi chênh lệch so với kế hoạch. Chỉ tiêu "
        f"tính bằng tỷ lệ: cột {at['of_last_year']} ghi chênh lệch bằng điểm phần trăm (điểm %) hoặc "
        "phần nghìn (điểm ‰).",
        f"Khi còn thiếu đơn vị, cột {at['of_last_year']} chỉ tính các đơn vị có số liệu cả hai kỳ, nên "
        f"có thể khác phép tính trực tiếp từ cột {at['actual']} và cột {at['last_year']}.",
    )
