"""What may be put on record of tasks and actions; a refusal is a key of the table of words."""

from dataclasses import replace
from datetime import date, datetime

from etl.context import local
from etl.store.actions import Agreement, add_action, move_action
from etl.store.connect import Store
from etl.store.tasks import Report, record, withdraw
from indicators.actions import Action, ActionState
from indicators.plans import Plan
from indicators.tasks import Progress, TaskRecord

LONGEST = 1000  # characters of a text


class CannotKeep(Exception):
    """It must not be kept; ``key`` of the table of words says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def report(store: Store, plan: Plan, said: Report, *, by: str, at: datetime) -> TaskRecord:
    """Keep what a person says of a task of the plan. Raises CannotKeep."""
    name = checked_name(by)
    return record(store, checked(plan, said, local(at).date()), by=name, at=at)


def checked(plan: Plan, said: Report, today: date) -> Report:
    """The report as it is kept. Raises CannotKeep."""
    if all(task.id != said.task for task in plan.tasks):
        raise CannotKeep("tasks.refused.no_task")
    evidence, note = _trimmed(said.evidence, said.note)
    _check_done(said, today)
    if said.progress is Progress.DROPPED and not note:
        raise CannotKeep("tasks.refused.dropped_why")
    is_done = said.progress is Progress.DONE
    return replace(said, evidence=evidence, note=note, done_on=said.done_on if is_done else None)


def _check_done(said: Report, today: date) -> None:
    """What is done was done on a day that has come."""
    if said.progress is not Progress.DONE:
        return
    if said.done_on is None:
        raise CannotKeep("tasks.refused.no_day")
    if said.done_on > today:
        raise CannotKeep("tasks.refused.future")


def take_back(
    store: Store, number: int, *, of: tuple[str, str], reason: str, by: str, at: datetime
) -> None:
    """Take a record ``of`` a plan and task back. Raises CannotKeep, NoSuchRecord, AlreadyWithdrawn."""
    by, reason = _texts(by, reason)
    if not reason:
        raise CannotKeep("tasks.refused.no_reason")
    withdraw(store, number, of=of, reason=reason, by=by, at=at)


def agree(store: Store, plan: Plan, agreed: Agreement, *, by: str, at: datetime) -> Action:
    """Keep an action agreed for a target of the plan. Raises CannotKeep."""
    target = next((t for t in plan.targets if t.id == agreed.target), None)
    if target is None or agreed.indicator not in target.indicators:
        raise CannotKeep("tasks.refused.no_target")
    by, content, owner = _texts(by, agreed.content, agreed.owner)
    if not content:
        raise CannotKeep("tasks.refused.no_content")
    if not owner:
        raise CannotKeep("tasks.refused.no_owner")
    return add_action(store, replace(agreed, content=content, owner=owner), by=by, at=at)


def move(
    store: Store, number: int, state: ActionState, *, reason: str, by: str, at: datetime
) -> Action:
    """Put an action into another state. Raises CannotKeep, NoSuchAction."""
    reason = checked_reason(state, reason)
    return move_action(store, number, state, reason=reason, by=checked_name(by), at=at)


def checked_reason(state: ActionState, reason: str) -> str:
    """The reason as it is kept; what is cancelled needs one. Raises CannotKeep."""
    (reason,) = _trimmed(reason)
    if state is ActionState.CANCELLED and not reason:
        raise CannotKeep("tasks.refused.no_reason")
    return reason


def checked_name(by: str) -> str:
    """The name of who says it. Raises CannotKeep where there is none."""
    (name,) = _trimmed(by)
    if not name:
        raise CannotKeep("tasks.refused.no_name")
    return name


def _texts(by: str, *others: str) -> list[str]:
    """A name and other texts as they are kept. Raises CannotKeep."""
    return [checked_name(by), *_trimmed(*others)]


def _trimmed(*texts: str) -> list[str]:
    """The texts without blanks around them; none may be too long."""
    found = [text.strip() for text in texts]
    if any(len(text) > LONGEST for text in found):
        raise CannotKeep("tasks.refused.too_long")
    return found
