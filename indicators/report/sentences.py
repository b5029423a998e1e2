"""The sentences of a report about single targets: how they stand, who makes up a gap, what is needed."""

from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.judge import GOOD, Verdict, direction
from indicators.movement import movement_text
from indicators.ranking import Ranking
from indicators.ranking_text import amount_text, ranking_title
from indicators.report.material import Material
from indicators.report.times import day_of, day_text
from indicators.sentence import gap_text, value_text, verdict_text, why
from indicators.target_words import target_text, targets_text
from indicators.tasks import TaskStanding, TaskState
from indicators.text import lower_first, upper_first

NAMED = 5  # units named under a target


def short_line(a: Assessment, material: Material) -> str:
    """ "Số giường bệnh/vạn dân: 36,9 giường/vạn dân, kế hoạch 36,5 giường/vạn dân (đạt)"."""
    word = lower_first(verdict_text(a.verdict))
    plan = f"kế hoạch {targets_text(a.target, material.deployment.catalogue)}"
    return f"{a.target.name_vi}: {value_of(a)}{plan} ({word})"


def value_of(a: Assessment) -> str:
    """The value with a comma behind it; "" where none is known or one alone would mislead."""
    if a.units and a.verdict is Verdict.NOT_DUE and not a.tally.good:
        return ""
    if a.units:
        return f"{format_number(a.tally.good)}/{format_number(len(a.units))} đơn vị, "
    if a.measure.value is None or a.also:
        return ""
    beside = a.rule.value if a.rule else None
    return f"{value_text(a.measure.value, a.indicator, beside=beside)}, "


def lead_of(a: Assessment) -> str:
    """The target and its verdict."""
    return f"{a.target.name_vi} ({lower_first(verdict_text(a.verdict))}):"


def reason_of(a: Assessment, material: Material) -> str:
    """Why the verdict is what it is, without the word for it."""
    word = verdict_text(a.verdict)
    return lower_first(why(a, material.deployment.catalogue).removeprefix(f"{word}: "))


def demand_line(a: Assessment, material: Material) -> str:
    """A requirement that is missed: how many units meet it and which do not, or why."""
    if not a.units:
        return f"{lead_of(a)} {reason_of(a, material)}"
    counts = f"{format_number(a.tally.good)}/{format_number(len(a.units))} đơn vị bảo đảm"
    unknown = a.tally.unknown
    counts += f", {format_number(unknown)} đơn vị chưa có số liệu" if unknown else ""
    failing = lower_first(failing_line(a, material))
    return f"{lead_of(a)} {counts}" + (f"; {failing}" if failing else "")


def pair_of(a: Assessment) -> str:
    """ "trạm y tế có bác sĩ (88,9%, kế hoạch 91%)"."""
    name = lower_first(a.indicator.short_vi) if not a.units else lower_first(a.target.name_vi)
    plan = target_text(a.target, a.indicator) if not a.also else f"{len(a.also)} điều kiện"
    return f"{name} ({value_of(a)}kế hoạch {plan})"


def course_line(a: Assessment) -> str:
    """How it moved, as a sentence; "" where nothing can be said."""
    words = movement_text(a)
    return f"Diễn biến: {words}." if words else ""


def causes_line(a: Assessment, material: Material) -> str:
    """Who makes up the gap and by how much; "" where units below say nothing of it."""
    if a.units:
        return failing_line(a, material)
    found = material.ranking(a)
    if not found.worst:
        return ""
    named = "; ".join(cause(found, at, material) for at in range(len(found.worst[:NAMED])))
    return f"{upper_first(ranking_title(found))}: {named}."


def cause(found: Ranking, at: int, material: Material) -> str:
    """ "Mường Lát thiếu 4 trạm, chiếm 33%"."""
    rank = found.worst[at]
    share = f", chiếm {format_number(rank.share * 100, 1)}%" if rank.share is not None else ""
    name = material.names.get(rank.unit, rank.unit)
    return f"{name} {amount_text(rank)}{share}"


def failing_line(a: Assessment, material: Material) -> str:
    """Of an "every unit" target: the units that do not pass."""
    names = [material.names.get(u.scope, u.scope) for u in a.failing]
    more = len(names) - NAMED * 2
    rest = f" và {format_number(more)} đơn vị khác" if more > 0 else ""
    return f"Chưa đạt: {', '.join(names[: NAMED * 2])}{rest}." if names else ""


def need_line(a: Assessment, material: Material) -> str:
    """What is still to be done for a target: "phấn đấu đạt 91%, cần thêm 12 trạm"."""
    plan = targets_text(a.target, material.deployment.catalogue)
    name = f"{a.target.name_vi}: thực hiện đúng kế hoạch {plan}"
    amount = gap_text(a) if not a.units and not a.also else None
    if amount is None or a.verdict in GOOD:
        return f"{name}."
    return f"{name}, {'cần thêm' if direction(a.test) >= 0 else 'cần giảm'} {amount}."


def task_line(standing: TaskStanding) -> str:
    """A task with who leads it, when it is due, how late it is and what was last said of it."""
    due = day_text(standing.due) if standing.due else standing.task.deadline
    parts = [f"chủ trì: {standing.task.lead}", f"hạn: {due}{_late(standing)}"]
    if standing.state is TaskState.OVERDUE and standing.record and standing.record.note:
        parts.append(f"ghi nhận {day_of(standing.record.occurred_at)}: {standing.record.note}")
    return f"{standing.task.title_vi} ({'; '.join(part.rstrip('.') for part in parts)})."


def _late(standing: TaskStanding) -> str:
    """By how many days it is late; "" where it is not."""
    if standing.state is not TaskState.OVERDUE or not standing.days:
        return ""
    return f", quá {format_number(standing.days)} ngày"


def done_line(standing: TaskStanding) -> str:
    """A task that is done: when, how late, and what shows it."""
    said = lower_first(done_text(standing))
    return f"{standing.task.title_vi} ({said})." if said else f"{standing.task.title_vi}."


def done_text(standing: TaskStanding) -> str:
    """ "Xong ngày 25/01/2021, chậm 10 ngày; minh chứng: Báo cáo số 12"; "" where nothing was said."""
    record = standing.record
    if record is None:
        return ""
    parts = []
    if record.done_on:
        is_late = standing.state is TaskState.DONE_LATE and standing.days
        late = f", chậm {format_number(standing.days or 0)} ngày" if is_late else ""
        parts.append(f"xong ngày {day_text(record.done_on)}{late}")
    if record.evidence:
        parts.append(f"minh chứng: {record.evidence}")
    if record.note:
        parts.append(record.note)
    return upper_first("; ".join(part.rstrip(".;") for part in parts))
