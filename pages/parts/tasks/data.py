"""What the tasks page asks for: how every task stands, and what was agreed, as known on a day."""

from __future__ import annotations

from etl.context import opened
from etl.store.actions import actions
from etl.store.tasks import in_force
from indicators.actions import Action, in_order
from indicators.tasks import TaskStanding, standings
from pages.parts.kept import kept_for_all
from pages.parts.named import action_told, record_told
from pages.parts.view import View


def standings_of(view: View) -> list[TaskStanding]:
    """The tasks of the plan; of one unit where the view is about another than the plan's own."""
    found = kept_for_all(("tasks", view.plan, view.basis), lambda: _standings(view))
    if view.unit == opened().deployment.plans[view.plan].unit:
        return [record_told(s) for s in found]
    return [record_told(s) for s in found if view.unit in s.task.units]


def _standings(view: View) -> list[TaskStanding]:
    context = opened()
    plan = context.deployment.plans[view.plan]
    records = in_force(context.store.cursor(), plan.id, view.known_on)
    return standings(plan, records, view.today)


def actions_of(view: View) -> list[Action]:
    """The actions agreed for targets of the plan, open and overdue ones first."""
    found = kept_for_all(("actions", view.plan, view.basis), lambda: _actions(view))
    return [action_told(action, view.language) for action in found]


def _actions(view: View) -> list[Action]:
    found = actions(opened().store.cursor(), view.plan, view.known_on)
    return in_order(found, view.today)
