"""Names of the people who sent, approved or recorded: for those who follow the work, not for the public."""

from __future__ import annotations

from contextvars import ContextVar

from indicators.text import say

# Of this run or request. Without a gate before the pages everybody is at this machine.
_are_shown: ContextVar[bool] = ContextVar("names_of_people", default=True)


def show_people(shown: bool) -> None:
    """From here on, in this run and thread, names of people are told or are not."""
    _are_shown.set(shown)


def are_people_shown() -> bool:
    """Whether names of people are told in this run."""
    return _are_shown.get()


def named(who: str, language: str) -> str:
    """The name under which somebody acted; a word for any member of the staff where it is not told."""
    return who if _are_shown.get() or not who else say("account.staff", language)
