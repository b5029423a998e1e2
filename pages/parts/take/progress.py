"""The forms of progress: every task or open action of the plan, with what is on record, to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.context import opened, today
from etl.export.fill_in import Entry, Form
from etl.followup.agreed import written
from etl.followup.units import UnitNames
from etl.normalise import search_key
from indicators.actions import ActionState
from indicators.table import Cell, Column, Table
from indicators.tasks import Progress
from indicators.text import say
from pages.parts.take.asked import Asked
from pages.parts.tasks.data import actions_of, standings_of

TASK = ("plan", "task", "title", "due", "state", "done_on", "evidence", "note")
ACTION = ("plan", "action", "target", "unit", "title", "owner", "due", "state", "note")
# In the workbook people's columns come first; what only the machine reads is not printed.
TASK_SHEET = ("title", "due", "state", "done_on", "evidence", "note", "task", "plan")
ACTION_SHEET = ("action", "target", "unit", "title", "owner", "due", "state", "note", "plan")
MACHINE = ("task", "plan")
FRESH = 30  # rows for new actions

Rows = Sequence[Mapping[str, Cell]]


def tasks(asked: Asked) -> Table:
    """A row a task; states as they were reported, not as they stand on the day."""
    return _table("tasks", TASK, _task_rows(asked), asked)


def actions(asked: Asked) -> Table:
    """A row an action that is still open; below them there is room for new ones."""
    return _table("actions", ACTION, _action_rows(asked), asked)


def tasks_form(asked: Asked) -> Form:
    """The same as a workbook to fill in."""
    done, dropped = (_word(state, asked) for state in (Progress.DONE, Progress.DROPPED))
    state = TASK_SHEET.index("state")
    entries = {
        "state": Entry(tuple(_states("tasks", asked))),
        "done_on": Entry(is_day=True, has_come=True, needed=(state, (done,))),
        "evidence": Entry(),
        "note": Entry(needed=(state, (dropped,))),
    }
    table = _table("tasks", TASK_SHEET, _task_rows(asked), asked)
    notes = [say("progress.blank", asked.language)]
    return Form(replace(table, notes=notes), _at(TASK_SHEET, entries), _machine(TASK_SHEET))


def actions_form(asked: Asked) -> Form:
    """The same, with rows for new actions."""
    states = tuple(_states("actions", asked))
    state, cancelled = ACTION_SHEET.index("state"), _word(ActionState.CANCELLED, asked)
    entries = {
        "state": Entry(states),
        "note": Entry(needed=(state, (cancelled,))),
    }
    fresh = {
        "target": Entry(_targets(asked), is_free=True),
        "unit": Entry(_units(asked), is_free=True),
        "title": Entry(),
        "owner": Entry(),
        "due": Entry(is_day=True),
        "state": Entry((_word(ActionState.AGREED, asked),)),
    }
    table = _table("actions", ACTION_SHEET, _action_rows(asked), asked)
    notes = [say(f"progress.{key}", asked.language) for key in ("blank", "fresh")]
    return Form(
        replace(table, notes=notes),
        _at(ACTION_SHEET, entries),
        _machine(ACTION_SHEET),
        _cells(ACTION_SHEET, {"plan": asked.view.plan}),
        _at(ACTION_SHEET, fresh),
        FRESH,
    )


def _task_rows(asked: Asked) -> Rows:
    rows: list[dict[str, Cell]] = []
    for standing in standings_of(asked.view):
        task, record = standing.task, standing.record
        row: dict[str, Cell] = {"plan": asked.view.plan, "task": task.id}
        row |= {"title": task.title_vi, "due": standing.due}
        if record is not None:
            row |= {"state": _word(record.progress, asked), "done_on": record.done_on}
            row |= {"evidence": record.evidence, "note": record.note}
        rows.append(row)
    return rows


def _action_rows(asked: Asked) -> Rows:
    context = opened()
    plan = context.deployment.plans[asked.view.plan]
    called = {target.id: written(target, plan, context.deployment) for target in plan.targets}
    return [
        {
            "plan": action.plan,
            "action": str(action.id),
            "target": called.get(action.target, action.target),
            "unit": context.deployment.units.latest_names[action.unit].name if action.unit else "",
            "title": action.content,
            "owner": action.owner,
            "due": action.due,
            "state": _word(action.state, asked),
            "note": action.reason,
        }
        for action in actions_of(asked.view)
        if action.is_open
    ]


def _targets(asked: Asked) -> tuple[str, ...]:
    """What a new action may be for, as the plan orders it."""
    context = opened()
    plan = context.deployment.plans[asked.view.plan]
    return tuple(written(target, plan, context.deployment) for target in plan.targets)


def _units(asked: Asked) -> tuple[str, ...]:
    """Whom it may be for: units of today, else those of the last year of the plan, by name."""
    deployment = opened().deployment
    plan = deployment.plans[asked.view.plan]
    names = UnitNames(deployment, plan, today())
    below = (names.written(unit) for unit in names.units if unit != plan.unit)
    return tuple(sorted(below, key=search_key))


def _word(state: Progress | ActionState, asked: Asked) -> str:
    """A state as it is called."""
    part = "tasks.progress" if isinstance(state, Progress) else "action.state"
    return say(f"{part}.{state}", asked.language)


def _states(title: str, asked: Asked) -> list[str]:
    states: Sequence[Progress | ActionState] = list(Progress if title == "tasks" else ActionState)
    return [_word(state, asked) for state in states]


def _at(heads: Sequence[str], entries: Mapping[str, Entry]) -> dict[int, Entry]:
    return {heads.index(head): entry for head, entry in entries.items()}


def _machine(heads: Sequence[str]) -> frozenset[int]:
    return frozenset(heads.index(head) for head in MACHINE if head in heads)


def _cells(heads: Sequence[str], row: Mapping[str, Cell]) -> list[Cell]:
    return [row.get(head) for head in heads]


def _table(title: str, heads: Sequence[str], rows: Rows, asked: Asked) -> Table:
    language = asked.language
    columns = [Column(say(f"progress.head.{head}", language)) for head in heads]
    states = ", ".join(_states(title, asked))
    notes = [say("progress.task_states", language, states=states)]
    notes += [say("progress.new", language)] if title == "actions" else []
    return Table(
        say(f"progress.{title}", language), columns, [_cells(heads, row) for row in rows], notes
    )
