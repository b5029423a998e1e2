"""The tasks of a plan and the actions agreed for its targets, as tables."""

from __future__ import annotations

from etl.context import local
from indicators.actions import Action
from indicators.table import Cell, Figure, Table
from indicators.tasks import TaskStanding
from indicators.text import say
from pages.parts.named import named
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns
from pages.parts.tasks.actions import indicator_name
from pages.parts.tasks.asked import asked_of
from pages.parts.tasks.data import actions_of, standings_of
from pages.parts.tasks.marks import state_text

TASKS = (
    "task",
    "section",
    "lead",
    "support",
    "due_day",
    "as_written",
    "task_state",
    "days",
    "done_on",
    "evidence",
    "note",
    "recorded_by",
    "recorded_on",
)
ACTIONS = ("action", "target", "unit", "owner", "due_day", "action_state", "overdue")
MOVES = ("result", "recorded_by", "recorded_on")


def tasks(asked: Asked) -> Table:
    """The tasks that the page shows: of a lead, in a state, in its order."""
    found = standings_of(asked.view)
    chosen = asked_of(asked.more, found)
    shown = chosen.of_state(chosen.of_lead(found))
    rows = [task_row(s, asked.language) for s in shown]
    title = say("take.tasks", asked.language, plan=asked.deployment.plans[asked.view.plan].short_vi)
    return Table(title, columns(asked, *TASKS, numbers=("days",)), rows)


def task_row(standing: TaskStanding, language: str) -> list[Cell]:
    """One task: what the document says, how it stands, what is on record."""
    task, record = standing.task, standing.record
    said: list[Cell] = [None] * 5
    if record:
        moment = local(record.occurred_at).date()
        note = record.note or task.note
        said = [
            record.done_on,
            record.evidence or None,
            note,
            named(record.actor, language),
            moment,
        ]
    else:
        said[2] = task.note
    return [
        task.title_vi,
        task.section,
        task.lead,
        "; ".join(task.support) or None,
        standing.due,
        task.deadline,
        state_text(standing.state, language),
        None if standing.days is None else Figure(standing.days),
        *said,
    ]


def agreed(asked: Asked) -> Table:
    """What was agreed for the plan, or for the one target that the page is about."""
    target = asked.more.get("target", "")
    found = [a for a in actions_of(asked.view) if target in ("", a.target)]
    heads = columns(asked, *ACTIONS, *MOVES, numbers=("overdue",))
    return Table(say("action.title", asked.language), heads, [action_row(a, asked) for a in found])


def action_row(action: Action, asked: Asked) -> list[Cell]:
    """One action: who does what by when, and how it stands."""
    language, late = asked.language, action.days_late(asked.view.today)
    unit = asked.deployment.units.latest_names.get(action.unit or "")
    return [
        action.content,
        indicator_name(action.indicator, language),
        unit.name if unit else None,
        action.owner,
        action.due,
        say(f"action.state.{action.state}", language),
        Figure(late) if late else None,
        action.reason or None,
        named(action.moved_by, language),
        local(action.moved_at).date(),
    ]
