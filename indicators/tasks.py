"""How the tasks of a plan stand on a day: from their due dates and what was reported of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.plans import Plan, Task

SOON_DAYS = 30


class Progress(StrEnum):
    """What a person reported of a task."""

    DONE = "done"
    DOING = "doing"
    DROPPED = "dropped"


class TaskState(StrEnum):
    """How a task stands on a day, in the order in which a leader wants to see it."""

    OVERDUE = "overdue"  # past its day, not reported as done or dropped
    SOON = "soon"  # due within SOON_DAYS, under way or not
    DOING = "doing"  # reported as under way; its day is further off, or none can be told
    LATER = "later"  # due after SOON_DAYS, nothing reported
    OPEN = "open"  # no day can be told; nothing reported
    DONE_LATE = "done_late"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class TaskRecord:
    """One report on a task: what, by whom, when (UTC). ``done_on`` exactly where it is done."""

    id: int
    plan: str
    task: str
    progress: Progress
    done_on: date | None
    evidence: str
    note: str
    occurred_at: datetime
    actor: str


@dataclass(frozen=True)
class TaskStanding:
    """One task on a day. ``days``: since its due day (overdue, done late), else until it."""

    task: Task
    due: date | None
    state: TaskState
    days: int | None
    record: TaskRecord | None

    @property
    def is_done(self) -> bool:
        """Whether it was reported as done, in time or late."""
        return self.state in (TaskState.DONE, TaskState.DONE_LATE)


def standing_of(
    task: Task, due: date | None, record: TaskRecord | None, today: date
) -> TaskStanding:
    """How one task stands; ``due`` is the last day on which it is on time."""
    if record is not None and record.progress is not Progress.DOING:
        return _closed(task, due, record)
    state = _open_state(due, record, today)
    return TaskStanding(task, due, state, None if due is None else abs((due - today).days), record)


def _closed(task: Task, due: date | None, record: TaskRecord) -> TaskStanding:
    if record.progress is Progress.DROPPED:
        return TaskStanding(task, due, TaskState.DROPPED, None, record)
    late = (record.done_on - due).days if record.done_on and due else 0
    if late > 0:
        return TaskStanding(task, due, TaskState.DONE_LATE, late, record)
    return TaskStanding(task, due, TaskState.DONE, None if due is None else -late, record)


def _open_state(due: date | None, record: TaskRecord | None, today: date) -> TaskState:
    if due is not None and due < today:
        return TaskState.OVERDUE
    if due is not None and (due - today).days <= SOON_DAYS:
        return TaskState.SOON
    if record is not None:
        return TaskState.DOING
    return TaskState.OPEN if due is None else TaskState.LATER


def standings(plan: Plan, records: Mapping[str, TaskRecord], today: date) -> list[TaskStanding]:
    """Every task of a plan, overdue first, then by due day; those without a day last.

    ``records``: the record in force of each task that has one.
    """
    found = [standing_of(t, plan.due(t), records.get(t.id), today) for t in plan.tasks]
    return sorted(found, key=_order)


def _order(standing: TaskStanding) -> tuple[bool, bool, date]:
    is_overdue = standing.state is TaskState.OVERDUE
    return not is_overdue, standing.due is None, standing.due or date.max


def counts_of(found: Iterable[TaskStanding]) -> dict[TaskState, int]:
    """How many tasks stand how; a state without any counts 0."""
    counted = Counter(standing.state for standing in found)
    return {state: counted[state] for state in TaskState}
