"""Who may write into a report: who may send figures of its unit and keep records."""

from __future__ import annotations

from indicators.people import Act, Person
from pages.parts.person import may, may_send, reaches
from pages.parts.view import View


def is_allowed(view: View) -> bool:
    """Whether whoever is at the screen may write into the report of this unit."""
    return may(Act.RECORD) and may_send([view.unit], [view.period])


def may_write(view: View, person: Person) -> bool:
    """The same of who asks for a file."""
    return person.may(Act.RECORD) and reaches(person, [view.unit], [view.period])
