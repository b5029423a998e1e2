"""Rows of a file that agree a new action for a target: which target, which unit, by when."""

from collections.abc import Callable
from datetime import date

from etl.followup.rows import Wrong, check_all, day_of, lengths
from etl.followup.sheet import Row
from etl.followup.units import UnitNames
from etl.normalise import key
from etl.store.actions import Agreement
from indicators.actions import Action, ActionState
from indicators.deployment import Deployment
from indicators.plans import Plan, Target
from indicators.text import LANGUAGES, say


def agreement_of(row: Row, deployment: Deployment, names: Callable[[Plan], UnitNames]) -> Agreement:
    """What the row agrees; ``names`` of the units of a plan. Raises Unusable."""
    check_all(
        *lengths(row),
        lambda: target_of(row, deployment),
        lambda: _unit(row, deployment, names),
        lambda: filled(row, "title", "progress-content-missing"),
        lambda: filled(row, "owner", "progress-owner-missing"),
        lambda: due_of(row),
        lambda: check_state(row),
    )
    plan, target = target_of(row, deployment)
    found = _unit(row, deployment, names)
    unit = None if found == plan.unit else found
    return Agreement(
        plan.id, target.id, target.indicators[0], unit, row.title, row.owner, due_of(row)
    )


def _unit(row: Row, deployment: Deployment, names: Callable[[Plan], UnitNames]) -> str | None:
    """The unit among those of the plan, as far as that is known. Raises Wrong."""
    try:
        plan: Plan | None = target_of(row, deployment)[0]
    except Wrong:  # which is told of the target
        plan = deployment.plans.get(row.plan)
    return names(plan).unit_of(row.unit) if plan else None


def filled(row: Row, part: str, code: str) -> None:
    """Raises Wrong where a new action lacks this."""
    if not getattr(row, part):
        raise Wrong(code, part=part)


def due_of(row: Row) -> date:
    """The day by which it is to be done. Raises Wrong."""
    due = day_of(row.due, "due")
    if due is None:
        raise Wrong("progress-due-missing", part="due")
    return due


def check_state(row: Row) -> None:
    """What is new was agreed and no more. Raises Wrong."""
    if row.state and not is_agreed(row.state):
        raise Wrong("progress-new-state", row.state, "state")


def is_agreed(state: str) -> bool:
    """Whether a word says that something was agreed and no more."""
    agreed = ActionState.AGREED
    words = {key(agreed), *(key(say(f"action.state.{agreed}", each)) for each in LANGUAGES)}
    return key(state) in words


def target_of(row: Row, deployment: Deployment) -> tuple[Plan, Target]:
    """The target that is named, by its id or as the document or the screen calls it."""
    if row.plan and row.plan not in deployment.plans:
        raise Wrong("progress-plan-unknown", row.plan, "plan")
    plans = [deployment.plans[row.plan]] if row.plan else list(deployment.plans.values())
    found = [
        (plan, target)
        for plan in plans
        for target in plan.targets
        if key(row.target) in names_of(target, deployment)
    ]
    if not row.target or not found:
        raise Wrong("progress-target-unknown", row.target, "target")
    if len(found) > 1:
        raise Wrong("progress-plan-missing", row.target, "plan")
    return found[0]


def names_of(target: Target, deployment: Deployment) -> set[str]:
    """What a target is called."""
    indicator = deployment.catalogue.indicators[target.indicator]
    names = (target.id, target.name_vi, indicator.name_vi, indicator.short_vi)
    return {key(name) for name in names if name}


def is_on_record(agreed: Agreement, action: Action) -> bool:
    """Whether it was agreed before: the same file sent twice agrees nothing twice."""
    said = (agreed.plan, agreed.target, agreed.unit, key(agreed.content), agreed.due)
    return said == (action.plan, action.target, action.unit, key(action.content), action.due)


def written(target: Target, plan: Plan, deployment: Deployment) -> str:
    """How a form names a target so that it is understood: its name, its id where that is shared."""
    called = [other for other in plan.targets if key(target.name_vi) in names_of(other, deployment)]
    return target.name_vi if called == [target] else target.id
