"""How a task or an action stands, as shape and word: the shapes are those of the verdicts."""

from __future__ import annotations

from indicators.actions import Action, ActionState
from indicators.judge import Verdict
from indicators.tasks import TaskState
from indicators.text import say
from pages.parts.html import e
from pages.parts.verdicts import icon

SHAPES = {
    TaskState.OVERDUE: Verdict.NOT_MET,
    TaskState.SOON: Verdict.AT_RISK,
    TaskState.DOING: Verdict.ON_TRACK,
    TaskState.LATER: Verdict.NOT_DUE,
    TaskState.OPEN: Verdict.NO_TARGET,
    TaskState.DONE: Verdict.MET,
    TaskState.DONE_LATE: Verdict.BEHIND,
    TaskState.DROPPED: Verdict.NOTHING,
}
ACTION_SHAPES = {
    ActionState.AGREED: Verdict.NOT_DUE,
    ActionState.DOING: Verdict.ON_TRACK,
    ActionState.DONE: Verdict.MET,
    ActionState.CANCELLED: Verdict.NOTHING,
}


def task_mark(state: TaskState, language: str) -> str:
    """Shape and word of a task's state."""
    return f'<span class="vd-verdict">{icon(SHAPES[state])}{e(state_text(state, language))}</span>'


def state_text(state: TaskState, language: str) -> str:
    """The word for a task's state."""
    return say(f"tasks.state.{state}", language)


def action_mark(action: Action, late: int, language: str) -> str:
    """Shape and word of an action's state; an overdue one says so first."""
    word = say(f"action.state.{action.state}", language)
    if late:
        word = f"{state_text(TaskState.OVERDUE, language)} · {word.lower()}"
    shape = Verdict.NOT_MET if late else ACTION_SHAPES[action.state]
    return f'<span class="vd-verdict">{icon(shape)}{e(word)}</span>'
