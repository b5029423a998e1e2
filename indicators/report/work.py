"""Section III of the report: tasks of the plan, and what was agreed for targets that are missed."""

from datetime import date

from indicators.actions import Action, in_order
from indicators.formats import format_number
from indicators.report.blocks import Block, Grid, GridColumn, GridRow, Heading, Paragraph, text
from indicators.report.lists import LISTED, listed, own_part
from indicators.report.material import Material
from indicators.report.sentences import done_line, task_line
from indicators.report.times import day_of, day_text
from indicators.tasks import TaskStanding, TaskState, counts_of
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
    return blocks + done_part(done)


def done_part(done: list[TaskStanding]) -> list[Block]:
    """Those that are done, the newest first, each with its day and what shows it."""
    if not done:
        return []
    newest = sorted(done, key=done_day, reverse=True)[:LISTED]
    more = f", {LISTED} nhiệm vụ xong gần nhất:" if len(done) > LISTED else ":"
    head = Paragraph(f"Nhiệm vụ đã xong ({len(done)}){more}")
    return [head, listed(map(done_line, newest))]


def done_day(standing: TaskStanding) -> date:
    """The day on which it was done."""
    record = standing.record
    return record.done_on if record and record.done_on else date.min


def action_part(material: Material) -> list[Block]:
    """III.2: what was agreed for targets that are missed."""
    blocks: list[Block] = [Heading(2, "Việc đã thống nhất cho các chỉ tiêu chưa đạt")]
    found = in_order(material.actions, material.stamp.day)
    if not found:
        return [*blocks, Paragraph("Chưa có việc nào được ghi nhận.")]
    columns = (
        GridColumn("TT", 5),
        GridColumn("Chỉ tiêu, đơn vị", 22),
        GridColumn("Việc thống nhất", 24),
        GridColumn("Phụ trách", 14),
        GridColumn("Hạn", 15),
        GridColumn("Tình trạng, kết quả", 20),
    )
    rows = [
        GridRow(tuple(map(text, (str(at), *action_cells(action, material)))))
        for at, action in enumerate(found, start=1)
    ]
    return [*blocks, Grid("viec", columns, tuple(rows))]


def action_cells(action: Action, material: Material) -> tuple[str, ...]:
    """For which target and unit, what, who, by when, how far it is."""
    names = {t.id: t.name_vi for t in material.plan.targets}
    target = names.get(action.target, action.target)
    unit = f" ({material.names.get(action.unit, action.unit)})" if action.unit else ""
    state = action_state(action, material.stamp.day)
    return f"{target}{unit}", action.content, action.owner, day_text(action.due), state


def action_state(action: Action, today: date) -> str:
    """The state, since when where it is over, how late where it is not, and what came of it."""
    state, late = say(f"action.state.{action.state}"), action.days_late(today)
    if not action.is_open:
        state = f"{state}, ghi nhận {day_of(action.moved_at)}"
    elif late:
        state = f"{state}, quá hạn {format_number(late)} ngày"
    return f"{state}: {action.reason.rstrip('.')}" if action.reason else state
