"""Who may do what: roles, acts and the units a person may speak for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indicators.units import UnitTree


class Role(StrEnum):
    """What a person is to the department."""

    NOBODY = "nobody"  # no session, or one that is over
    PUBLIC = "public"  # reads without an account, where the department allows it
    LEADER = "leader"
    ANALYST = "analyst"
    APPROVER = "approver"
    ADMIN = "admin"


class Act(StrEnum):
    """What can be done. Every page and every action asks for one of these on the server."""

    VIEW = "view"
    FOLLOW = "follow"  # how figures come about: who sent what, what waits, what was said of it
    SEND = "send"  # figures of one's units: send, take back
    RECORD = "record"  # progress of tasks, agreed actions
    DECIDE = "decide"  # approve, return
    CLOSE = "close"  # close and reopen a period
    AUDIT = "audit"  # read and take away the log of acts
    MANAGE = "manage"  # accounts


_VIEW = frozenset({Act.VIEW})
_FOLLOW = _VIEW | {Act.FOLLOW}
_SEND = _FOLLOW | {Act.SEND, Act.RECORD}
_DECIDE = _SEND | {Act.DECIDE, Act.CLOSE, Act.AUDIT}
RIGHTS: dict[Role, frozenset[Act]] = {
    Role.NOBODY: frozenset(),
    Role.PUBLIC: _VIEW,
    Role.LEADER: _FOLLOW,
    Role.ANALYST: _SEND,
    Role.APPROVER: _DECIDE,
    Role.ADMIN: _DECIDE | {Act.MANAGE},
}


@dataclass(frozen=True)
class Person:
    """Who is at the screen. ``unit`` "" means the whole deployment.

    ``is_open``: the application runs without accounts, on this machine only.
    """

    login: str
    name: str
    role: Role
    unit: str = ""
    is_open: bool = False

    @property
    def signed(self) -> str:
        """How the person signs an act: two people may have one name, never one login."""
        return f"{self.name} ({self.login})" if self.name != self.login else self.login

    def may(self, act: Act) -> bool:
        """Whether the role holds this right at all."""
        return act in RIGHTS[self.role]

    def may_send(self, units: Iterable[str], tree: UnitTree) -> bool:
        """Whether the person may send figures of all these units: own unit and below."""
        if not self.may(Act.SEND):
            return False
        return not self.unit or set(units) <= reach_of(self.unit, tree)

    def may_record(self, unit: str, tree: UnitTree) -> bool:
        """Whether the person may record progress and agree actions for a unit, or for a plan of it.

        Own unit and below; and the area whose health work the own unit directs: the tasks of a
        district's plan are followed by its health centre.
        """
        if not self.may(Act.RECORD):
            return False
        if not self.unit or unit in reach_of(self.unit, tree):
            return True
        own = tree.units.get(self.unit)
        return own is not None and own.parent == unit and bool(tree.directed.get(self.unit))


def reach_of(unit: str, tree: UnitTree) -> set[str]:
    """A unit and everything below it, administratively or by direction, on the tree's day."""
    found, waiting = {unit}, [unit]
    while waiting:
        above = waiting.pop()
        below = {*tree.children.get(above, ()), *tree.directed.get(above, ())} - found
        found |= below
        waiting += below
    return found


NOBODY = Person("", "", Role.NOBODY)
VISITOR = Person("", "", Role.PUBLIC)  # without an account, where the department allows it
GIVEN = (Role.LEADER, Role.ANALYST, Role.APPROVER, Role.ADMIN)  # what an account may be
OPEN = Person("", "", Role.ADMIN, is_open=True)  # the demo on one's own machine
