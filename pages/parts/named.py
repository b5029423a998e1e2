"""Who did it and what they wrote about it: for those who follow the work, not for the public."""

from __future__ import annotations

from contextvars import ContextVar

from etl.unnamed import action_unnamed, record_unnamed
from indicators.actions import Action
from indicators.tasks import TaskStanding
from indicators.text import say

# Names of files and free words often name people too, and nobody wrote them for the public.
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


def file_told(file: str, language: str) -> str:
    """What the file that somebody sent is called; a word for any such file where it is not told."""
    return file if _are_shown.get() or not file else say("account.file", language)


def words_told(text: str, language: str) -> str:
    """The reason that somebody wrote; that it is not published where it is not told."""
    return text if _are_shown.get() or not text else say("account.untold", language)


def record_told(standing: TaskStanding) -> TaskStanding:
    """A task with its record as it may be told: how far and when, for the public without the words."""
    return standing if _are_shown.get() else record_unnamed(standing)


def action_told(action: Action, language: str) -> Action:
    """An agreed action as it may be told: for the public without who and with which result."""
    return action if _are_shown.get() else action_unnamed(action, language)
