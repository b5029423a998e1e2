"""The whole report of a plan and period: title, body, closing, annexes."""

from indicators.assess import Assessment
from indicators.formats import format_number, with_unit
from indicators.report.blocks import (
    Annex,
    Block,
    Grid,
    GridColumn,
    GridRow,
    Paragraph,
    Report,
    group_row,
    text,
)
from indicators.report.body import body
from indicators.report.columns import results_grid
from indicators.report.material import Material
from indicators.report.results import ROMAN, ResultRow, results
from indicators.report.sentences import done_text, failing_line
from indicators.report.times import both, day_text, following, written
from indicators.target_words import target_text
from indicators.tasks import TaskStanding, TaskState
from indicators.text import lower_first, say, upper_first


def report(material: Material) -> Report:
    """The report, ready for any kind of file."""
    title = title_of(material)
    closing = (
        f"Trên đây là Báo cáo {lower_first(title)}, {material.letter.name_vi} trân trọng báo cáo./."
    )
    parts = (results_annex(material), tasks_annex(material), late_annex(material))
    annexes = [found for found in parts if found is not None]
    return Report(
        material.letter,
        material.period.year,
        title,
        body(material),
        closing,
        tuple(Annex(ROMAN[at], name, blocks) for at, (name, blocks) in enumerate(annexes)),
        material.mark,
        material.source,
    )


def title_of(material: Material) -> str:
    """Trích yếu."""
    now, after = both(material.period, following(material.period))
    return f"Kết quả thực hiện các chỉ tiêu kế hoạch {now}, nhiệm vụ trọng tâm {after}"


Titled = tuple[str, tuple[Block, ...]]


def results_annex(material: Material) -> Titled:
    """Phụ lục I: the big table; below it what is asked of units one by one, and values beside."""
    blocks: list[Block] = []
    if material.judged:
        found = results(material, material.judged, with_spans=True)
        blocks.append(results_grid(material, found, "ket-qua"))
    if material.others:
        blocks.append(Paragraph("Yêu cầu đối với từng đơn vị, công trình và sự việc"))
        blocks.append(demands_grid(material))
    if material.beside:
        blocks.append(Paragraph("Giá trị của đơn vị đặt cạnh mức chung, không kèm đánh giá"))
        blocks.append(beside_grid(material))
    if not blocks:
        blocks.append(Paragraph("Không có chỉ tiêu nào trong phạm vi báo cáo này."))
    title = f"Kết quả thực hiện các chỉ tiêu {written(material.period)}"
    return title, tuple(blocks)


def demands_grid(material: Material) -> Grid:
    """What is asked of units one by one, of works and events: what of it is done, and who fails."""
    columns = (
        GridColumn("TT", 4),
        GridColumn("Yêu cầu", 37),
        GridColumn("Mức yêu cầu", 17),
        GridColumn("Thực hiện", 10, True),
        GridColumn("Đánh giá", 11),
        GridColumn("Đơn vị chưa đạt, ghi chú", 21),
    )
    found = results(material, material.others)
    rows: list[GridRow] = []
    for group in found.groups:
        rows.append(group_row(group.number, group.name, columns))
        rows += [demand_row(row, material) for row in group.rows]
    return Grid("yeu-cau", columns, tuple(rows), found.notes, is_numbered=True)


def demand_row(row: ResultRow, material: Material) -> GridRow:
    """One demand; its unit stands with the figure, as there is no column for it."""
    failing = "" if row.assessment is None else failing_line(row.assessment, material)
    said = failing.removeprefix("Chưa đạt: ").rstrip(".")
    words = "; ".join(word for word in (said, row.notes) if word)
    figure = row.figures.actual.text
    done = text(with_unit(figure, row.measure) if figure else "")
    plan = "" if row.assessment is None else plan_of(row.assessment)
    head = text(row.number), text(row.name), text(plan)
    return GridRow((*head, done, text(row.verdict), text(words)), "part" if row.is_part else "row")


def plan_of(a: Assessment) -> str:
    """What is asked, with its unit; of several measures each has its own row."""
    return "" if a.also else target_text(a.target, a.indicator)


def beside_grid(material: Material) -> Grid:
    """Values of a unit beside those of the plan's own unit."""
    here = results(material, [b.here for b in material.beside])
    whole = {b.here.target.id: b for b in material.beside}
    columns = (
        GridColumn("TT", 5),
        GridColumn("Chỉ tiêu", 40),
        GridColumn("Đơn vị tính", 15),
        GridColumn("Đơn vị", 10, True),
        GridColumn("Mức chung", 10, True),
        GridColumn("Kế hoạch chung", 12, True),
        GridColumn("Ghi chú", 8),
    )
    rows: list[GridRow] = []
    for group in here.groups:
        rows.append(group_row(group.number, group.name, columns))
        for row in group.rows:
            if row.assessment is None or row.assessment.target.id not in whole:
                continue
            a = whole[row.assessment.target.id].whole
            value = text("…" if a.measure.value is None else format_number(
                a.measure.value, a.indicator.decimals))  # fmt: skip
            head = text(row.number), text(row.name), text(row.measure)
            cells = *head, row.figures.actual, value, row.figures.plan, text(row.notes)
            rows.append(GridRow(cells, "part" if row.is_part else "row"))
    return Grid("dat-canh", columns, tuple(rows), here.notes, is_numbered=True)


def tasks_annex(material: Material) -> Titled | None:
    """Phụ lục II: every task by state; None where there is none."""
    if not material.tasks:
        return None
    columns = (
        GridColumn("TT", 5),
        GridColumn("Nhiệm vụ", 38),
        GridColumn("Chủ trì", 17),
        GridColumn("Hạn", 12),
        GridColumn("Kết quả, minh chứng", 28),
    )
    rows: list[GridRow] = []
    groups = [s for s in TaskState if any(t.state is s for t in material.tasks)]
    for at, state in enumerate(groups):
        members = [s for s in material.tasks if s.state is state]
        head = f"{say(f'tasks.state.{state}')} ({len(members)})"
        rows.append(group_row(ROMAN[at], head, columns))
        rows += [task_row(s, number) for number, s in enumerate(members, start=1)]
    day = day_text(material.stamp.day)
    return f"Tình hình thực hiện nhiệm vụ đến ngày {day}", (
        Grid("nhiem-vu", columns, tuple(rows), is_numbered=True),
    )


def task_row(standing: TaskStanding, number: int) -> GridRow:
    """One task."""
    due = day_text(standing.due) if standing.due else standing.task.deadline
    late = f"Quá {format_number(standing.days)} ngày" if is_overdue(standing) else ""
    said = ". ".join(filter(None, (late, done_text(standing))))
    cells = (str(number), standing.task.title_vi, upper_first(standing.task.lead), due, said)
    return GridRow(tuple(text(cell) for cell in cells))


def is_overdue(standing: TaskStanding) -> bool:
    """Whether its day has passed without a result."""
    return standing.state is TaskState.OVERDUE and bool(standing.days)


def late_annex(material: Material) -> Titled | None:
    """Phụ lục III: who has not sent what; None where everything came."""
    if not material.reporting.late:
        return None
    columns = (
        GridColumn("TT", 5),
        GridColumn("Đơn vị", 35),
        GridColumn("Báo cáo chưa gửi", 36),
        GridColumn("Hạn gửi", 12),
        GridColumn("Quá hạn (ngày)", 12, True),
    )
    rows = tuple(
        GridRow(
            (
                text(str(at)),
                text(r.unit_name),
                text(r.form),
                text(day_text(r.due)),
                text(format_number(r.days)),
            )
        )
        for at, r in enumerate(material.reporting.late, start=1)
    )
    day = day_text(material.stamp.day)
    return f"Đơn vị chưa gửi đủ báo cáo tính đến ngày {day}", (
        Grid("chua-gui", columns, rows, is_numbered=True),
    )
