"""``action``: what was agreed where targets are missed: one more, another state, or all of them."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, plan_of, refused, unit_of
from etl.commands.days import day_asked, day_of
from etl.commands.tasks import choice_of
from etl.context import local
from etl.store.actions import Agreement, NoSuchAction, actions
from etl.store.connect import now
from etl.tasks import CannotKeep, agree, move
from indicators.actions import Action, ActionState, in_order
from indicators.plans import Plan
from indicators.text import say


def action(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """``what``: add, move or list."""
    run = {"add": _add, "move": _move, "list": _list}.get(str(arguments.get("what")))
    if run is None:
        raise Misuse("Chọn một trong add, move, list.")
    try:
        return run(arguments)
    except CannotKeep as refusal:
        return refused(say(refusal.key))


def _add(arguments: dict[str, Any]) -> Answer:
    opened = context.opened()
    plan = plan_of(opened, _needed(arguments, "plan"))
    unit = arguments.get("unit")
    target = _needed(arguments, "target")
    agreed = Agreement(
        plan.id,
        target,
        str(arguments.get("indicator") or _first_indicator(plan, target)),
        None if unit in (None, plan.unit) else unit_of(opened, str(unit)),
        str(arguments.get("text") or ""),
        str(arguments.get("owner") or ""),
        day_of(_needed(arguments, "due")),
    )
    found = agree(opened.store, plan, agreed, by=str(arguments.get("by") or ""), at=now())
    return Answer(0, {"ok": True, "action": document_of(found)})


def _first_indicator(plan: Plan, target: str) -> str:
    """The measure of the target that is meant where none is named; "" for no such target."""
    return next((t.indicators[0] for t in plan.targets if t.id == target), "")


def _needed(arguments: dict[str, Any], name: str) -> str:
    if arguments.get(name) is None:
        raise Misuse(f"Thiếu --{name}.")
    return str(arguments[name])


def _move(arguments: dict[str, Any]) -> Answer:
    number = int(_needed(arguments, "id"))
    state = choice_of(ActionState, _needed(arguments, "state"))
    reason, by = str(arguments.get("reason") or ""), str(arguments.get("by") or "")
    try:
        found = move(context.opened().store, number, state, reason=reason, by=by, at=now())
    except NoSuchAction:
        raise Misuse(f"Không có việc số {number}.") from None
    return Answer(0, {"ok": True, "action": document_of(found)})


def _list(arguments: dict[str, Any]) -> Answer:
    day, known_on = day_asked(arguments)
    opened, asked = context.opened(), arguments.get("plan")
    plan = None if asked is None else plan_of(opened, str(asked)).id
    found = in_order(actions(opened.store.cursor(), plan, known_on), day)
    rows = [{**document_of(a), "days_late": a.days_late(day)} for a in found]
    return Answer(0, {"on": day.isoformat(), "actions": rows})


def document_of(action: Action) -> dict[str, Any]:
    """An action as JSON."""
    return {
        "id": action.id,
        "plan": action.plan,
        "target": action.target,
        "indicator": action.indicator,
        "unit": action.unit,
        "text": action.content,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "state": action.state,
        "by": action.moved_by,
        "at": local(action.moved_at).isoformat(timespec="seconds"),
        "reason": action.reason,
    }
