"""The forms of progress: every task or open action of the plan, with what is on record, to fill in."""

from __future__ import annotations

from etl.context import opened
from indicators.actions import ActionState
from indicators.table import Cell, Column, Table
from indicators.tasks import Progress
from indicators.text import say
from pages.parts.take.asked import Asked
from pages.parts.tasks.data import actions_of, standings_of

TASK = ("plan", "task", "title", "due", "state", "done_on", "evidence", "note")
ACTION = ("plan", "action", "target", "unit", "title", "owner", "due", "state", "note")


def tasks(asked: Asked) -> Table:
    """A row a task; states as they were reported, not as they stand on the day."""
    rows: list[list[Cell]] = []
    for standing in standings_of(asked.view):
        task, record = standing.task, standing.record
        said: list[Cell] = [None, None, None, None]
        if record is not None:
            state = say(f"tasks.progress.{record.progress}", asked.language)
            said = [state, record.done_on, record.evidence, record.note]
        rows.append([asked.view.plan, task.id, task.title_vi, standing.due, *said])
    states = [say(f"tasks.progress.{state}", asked.language) for state in Progress]
    return _table("tasks", TASK, rows, states, asked)


def actions(asked: Asked) -> Table:
    """A row an action that is still open; below them there is room for new ones."""
    plan = opened().deployment.plans[asked.view.plan]
    names = {target.id: target.name_vi for target in plan.targets}
    rows: list[list[Cell]] = [
        [
            action.plan,
            str(action.id),
            names.get(action.target, action.target),
            _unit(action.unit),
            action.content,
            action.owner,
            action.due,
            say(f"action.state.{action.state}", asked.language),
            action.reason,
        ]
        for action in actions_of(asked.view)
        if action.is_open
    ]
    states = [say(f"action.state.{state}", asked.language) for state in ActionState]
    return _table("actions", ACTION, rows, states, asked, say("progress.new", asked.language))


def _unit(unit: str | None) -> str:
    """Its name; "" for the whole area of the plan."""
    return opened().deployment.units.latest_names[unit].name if unit else ""


def _table(
    title: str,
    heads: tuple[str, ...],
    rows: list[list[Cell]],
    states: list[str],
    asked: Asked,
    *more: str,
) -> Table:
    language = asked.language
    columns = [Column(say(f"progress.head.{head}", language)) for head in heads]
    notes = (say("progress.task_states", language, states=", ".join(states)), *more)
    return Table(say(f"progress.{title}", language), columns, rows, notes)
