"""Who may write into a report: who may send figures of its unit and keep records."""

from __future__ import annotations

from indicators.people import Act, Person
from pages.parts.person import current_person, reaches
from pages.parts.view import View


def is_allowed(view: View, person: Person | None = None) -> bool:
    """Whether a person (whoever is at the screen) may write into the report of this unit."""
    who = person or current_person()
    return who.may(Act.RECORD) and reaches(who, [view.unit], [view.period])
