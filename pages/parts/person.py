"""Who is at the screen."""

from __future__ import annotations

from indicators.people import OPEN, Person


def current_person() -> Person:
    """The person whose session runs this page."""
    return OPEN
