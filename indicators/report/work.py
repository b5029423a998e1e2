"""Section III of the report: tasks of the plan, and what was agreed for targets that are missed."""

from indicators.actions import in_order
from indicators.formats import format_number
from indicators.report.blocks import Block, Grid, GridColumn, GridRow, Heading, Paragraph, text
from indicators.report.lists import LISTED, listed, own_part
from indicators.report.material import Material
from indicators.report.sentences import task_line
from indicators.report.times import day_text
from indicators.tasks import TaskState, counts_of
from indicators.text import lower_first, say


def work(material: Material) -> list[Block]:
    """III: tasks of the plan and what was agreed."""
    blocks: list[Block] = [Heading(1, "Thực hiện nhiệm vụ")]
    blocks += task_part(material)
    return [*blocks, *action_part(material), *own_part("nhiem-vu", "thực hiện nhiệm vụ")]


def task_part(material: Material) -> list[Block]:
    """III.1: how many tasks stand how; the overdue ones."""
    counts, total = counts_of(material.tasks), len(material.tasks)
    blocks: list[Block] = [Heading(2, "Nhiệm vụ của kế hoạch")]
    if not total:
        return [
            *blocks,
            Paragraph("Không có nhiệm vụ nào được theo dõi trong phạm vi báo cáo này."),
        ]
    parts = [
        f"{counts[state]} {lower_first(say(f'tasks.state.{state}'))}"
        for state in TaskState
        if counts[state]
    ]
    day = day_text(material.stamp.day)
    blocks.append(
        Paragraph(f"Tính đến ngày {day}, trong {total} nhiệm vụ: {', '.join(parts)} (Phụ lục II).")
    )
    overdue = [s for s in material.tasks if s.state is TaskState.OVERDUE]
    if overdue:
        head = f"Nhiệm vụ quá hạn, chưa ghi nhận kết quả ({len(overdue)})"
        more = f", {LISTED} nhiệm vụ quá hạn lâu nhất:" if len(overdue) > LISTED else ":"
        blocks += [Paragraph(head + more), listed(task_line(s) for s in overdue[:LISTED])]
    done = [s for s in material.tasks if s.is_done]
    if done:
        blocks.append(Paragraph(f"Nhiệm vụ đã xong ({len(done)}):"))
        blocks.append(listed(s.task.title_vi for s in done[:LISTED]))
    return blocks


def action_part(material: Material) -> list[Block]:
    """III.2: what was agreed for targets that are missed."""
    blocks: list[Block] = [Heading(2, "Việc đã thống nhất cho các chỉ tiêu chưa đạt")]
    found = in_order(material.actions, material.stamp.day)
    if not found:
        return [*blocks, Paragraph("Chưa có việc nào được ghi nhận.")]
    columns = (
        GridColumn("TT", 5),
        GridColumn("Chỉ tiêu", 25),
        GridColumn("Việc thống nhất", 30),
        GridColumn("Phụ trách", 15),
        GridColumn("Hạn", 12),
        GridColumn("Tình trạng", 13),
    )
    names = {t.id: t.name_vi for t in material.plan.targets}
    rows = []
    for at, action in enumerate(found, start=1):
        late = action.days_late(material.stamp.day)
        state = say(f"action.state.{action.state}")
        cells = (
            str(at),
            names.get(action.target, action.target),
            action.content,
            action.owner,
            day_text(action.due),
            f"{state}, quá hạn {format_number(late)} ngày" if late else state,
        )
        rows.append(GridRow(tuple(text(cell) for cell in cells)))
    return [*blocks, Grid("viec", columns, tuple(rows))]
