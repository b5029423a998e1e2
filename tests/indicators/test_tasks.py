"""How a task stands on a day, by hand; and against a plain rule over many days."""

from datetime import date, datetime, timedelta

import pytest

from indicators.actions import Action, ActionState, in_order
from indicators.plans import Plan, Task
from indicators.tasks import (
    Progress,
    TaskRecord,
    TaskState,
    counts_of,
    standing_of,
    standings,
)

TODAY = date(2021, 6, 20)
AT = datetime(2021, 6, 1)


def task(name: str = "a", deadline: str = "không nêu", lead: str = "Sở") -> Task:
    return Task(name, f"Việc {name}", "I", deadline, lead)


def said(progress: Progress, done_on: date | None = None) -> TaskRecord:
    return TaskRecord(1, "p", "a", progress, done_on, "", "", AT, "Lan")


DOING, DROPPED = said(Progress.DOING), said(Progress.DROPPED)
CASES = [
    (date(2021, 6, 19), None, TaskState.OVERDUE, 1),
    (date(2021, 6, 19), DOING, TaskState.OVERDUE, 1),
    (date(2021, 6, 20), None, TaskState.SOON, 0),
    (date(2021, 7, 20), None, TaskState.SOON, 30),
    (date(2021, 7, 20), DOING, TaskState.SOON, 30),
    (date(2021, 7, 21), None, TaskState.LATER, 31),
    (date(2021, 7, 21), DOING, TaskState.DOING, 31),
    (None, None, TaskState.OPEN, None),
    (None, DOING, TaskState.DOING, None),
    (date(2021, 6, 1), DROPPED, TaskState.DROPPED, None),
    (date(2021, 6, 1), said(Progress.DONE, date(2021, 6, 1)), TaskState.DONE, 0),
    (date(2021, 6, 5), said(Progress.DONE, date(2021, 6, 1)), TaskState.DONE, 4),
    (date(2021, 6, 1), said(Progress.DONE, date(2021, 6, 3)), TaskState.DONE_LATE, 2),
    (None, said(Progress.DONE, date(2021, 6, 3)), TaskState.DONE, None),
]


@pytest.mark.parametrize(("due", "record", "state", "days"), CASES)
def test_a_task_by_hand(
    due: date | None, record: TaskRecord | None, state: TaskState, days: int | None
) -> None:
    found = standing_of(task(), due, record, TODAY)
    assert (found.state, found.days, found.record) == (state, days, record)
    assert found.is_done == (record is not None and record.progress is Progress.DONE)


def test_a_task_is_overdue_exactly_after_its_day() -> None:
    due = date(2021, 12, 31)
    for offset in range(-60, 60):
        day = due + timedelta(days=offset)
        is_overdue = standing_of(task(), due, None, day).state is TaskState.OVERDUE
        assert is_overdue == (offset > 0)


def test_overdue_first_then_by_day_those_without_one_last() -> None:
    tasks = (
        task("open", lead="B"),
        task("later", "31/12/2021"),
        task("old", "31/3/2021"),
        task("oldest", "31/1/2021"),
        task("done", "15/1/2021"),
    )
    plan = Plan("p", "", "", "", "", "u", 2021, 2021, tasks=tasks)
    done = TaskRecord(1, "p", "done", Progress.DONE, date(2021, 1, 9), "", "", AT, "Lan")
    found = standings(plan, {"done": done}, TODAY)
    assert [s.task.id for s in found] == ["oldest", "old", "done", "later", "open"]
    counts = counts_of(found)
    assert counts[TaskState.OVERDUE] == 2 and counts[TaskState.SOON] == 0
    assert sum(counts.values()) == len(tasks) and set(counts) == set(TaskState)


def action(number: int, due: date, state: ActionState) -> Action:
    return Action(number, "p", "t", "i", None, "x", "o", due, AT, "Lan", state, AT, "Lan", "")


def test_open_actions_first_and_the_overdue_before_the_others() -> None:
    late, soon = date(2021, 6, 1), date(2021, 7, 1)
    found = [
        action(1, late, ActionState.DONE),
        action(2, soon, ActionState.AGREED),
        action(3, late, ActionState.DOING),
        action(4, late, ActionState.CANCELLED),
    ]
    assert [a.id for a in in_order(found, TODAY)] == [3, 2, 1, 4]
    assert [a.days_late(TODAY) for a in found] == [0, 0, 19, 0]
    assert found[2].days_late(late) == 0
