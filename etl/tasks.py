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
    if all(task.id != said.task for task in plan.tasks):
        raise CannotKeep("tasks.refused.no_task")
    texts = _texts(by, said.evidence, said.note)
    _check_done(said, local(at).date())
    if said.progress is Progress.DROPPED and not texts[2]:
        raise CannotKeep("tasks.refused.dropped_why")
    is_done = said.progress is Progress.DONE
    kept = replace(
        said, evidence=texts[1], note=texts[2], done_on=said.done_on if is_done else None
    )
    return record(store, kept, by=texts[0], at=at)


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
    by, reason = _texts(by, reason)
    if state is ActionState.CANCELLED and not reason:
        raise CannotKeep("tasks.refused.no_reason")
    return move_action(store, number, state, reason=reason, by=by, at=at)


def _texts(by: str, *others: str) -> list[str]:
    """The texts without blanks around them; there must be a name, and none may be too long."""
    texts = [text.strip() for text in (by, *others)]
    if not texts[0]:
        raise CannotKeep("tasks.refused.no_name")
    if any(len(text) > LONGEST for text in texts):
        raise CannotKeep("tasks.refused.too_long")
    return texts
