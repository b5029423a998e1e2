"""What was agreed where a target is missed: who does what by when, and how it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActionState(StrEnum):
    """How far an agreed action is."""

    AGREED = "agreed"
    DOING = "doing"
    DONE = "done"
    CANCELLED = "cancelled"


CLOSED = frozenset({ActionState.DONE, ActionState.CANCELLED})


@dataclass(frozen=True)
class Action:
    """One action for a target of a plan; ``unit`` None means the whole area. Moments are UTC."""

    id: int
    plan: str
    target: str
    indicator: str
    unit: str | None
    content: str
    owner: str
    due: date
    agreed_at: datetime
    agreed_by: str
    state: ActionState
    moved_at: datetime
    moved_by: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in CLOSED

    def days_late(self, today: date) -> int:
        """Days past the due day while still open; 0 otherwise."""
        return max((today - self.due).days, 0) if self.is_open else 0


def in_order(found: Iterable[Action], today: date) -> list[Action]:
    """Open ones first, the overdue before the others, then by due day; the closed by due day."""
    return sorted(found, key=lambda a: (not a.is_open, not a.days_late(today), a.due, a.id))
