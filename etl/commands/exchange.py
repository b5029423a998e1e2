"""What goes to other systems: a dataValueSet and the units for DHIS2, the calendar of a plan."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, basis_of, moment_of, period_of, plan_of, unit_of
from etl.context import Context
from etl.exchange.calendar import calendar_file
from etl.exchange.dhis2_in import SIMULATED
from etl.exchange.dhis2_out import NoSuchPeriod, ValueSet, as_csv, as_json, units_json, value_set
from etl.store.actions import actions
from etl.store.connect import now
from etl.store.facts import Which
from etl.store.tasks import in_force
from etl.unnamed import action_unnamed
from indicators.actions import Action
from indicators.agenda import OnRecord, agenda
from indicators.period import Period
from indicators.plans import Plan
from indicators.text import say

WRITERS = {"json": as_json, "csv": as_csv}


def dhis2(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The figures of a period as a dataValueSet; what its codes cannot say is told."""
    opened = context.opened()
    period = period_of(_needed(arguments, "period"))
    kind = str(arguments.get("format") or "json")
    if kind not in WRITERS:
        raise Misuse(f"Không có dạng «{kind}»; chọn một trong: {', '.join(WRITERS)}.")
    asked = arguments.get("unit")
    units = None if asked is None else below(unit_of(opened, str(asked)), period, opened)
    which = Which(units, period.code, None, basis_of(arguments))
    try:
        found = value_set(opened.store.cursor(), opened.deployment, period, which)
    except NoSuchPeriod:
        raise Misuse(
            f"DHIS2 không có kỳ 9 tháng; xuất các quý của năm {period.year} thay cho {period.code}."
        ) from None
    document = {
        "rows": len(found.values),
        "not_available": found.not_available,
        "quantities_left": list(found.quantities_left),
        "units_left": list(found.units_left),
        "simulated": any(SIMULATED in value.comment for value in found.values),
        "notes": list(_notes(found)),
    }
    return _made(arguments, document, WRITERS[kind](found))


def _notes(found: ValueSet) -> Iterator[str]:
    """What is not in the file, in sentences."""
    if found.not_available:
        yield f"Chưa có số liệu (“…”), không gửi: {found.not_available} ô."
    if found.quantities_left:
        yield f"Không có mã DHIS2, không gửi: {', '.join(found.quantities_left)}."
    if found.units_left:
        yield f"Đơn vị không có mã DHIS2, không gửi: {', '.join(found.units_left)}."
    if any(SIMULATED in value.comment for value in found.values):
        yield say("simulated.long")


def below(unit: str, period: Period, opened: Context) -> list[str]:
    """A unit and everything below it at the end of a period."""
    return [each.id for each in opened.deployment.units.at(period.end).within(unit)] or [unit]


def org_units(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every unit as DHIS2 metadata."""
    deployment = context.opened().deployment
    return _made(arguments, {"rows": len(deployment.units.ids)}, units_json(deployment))


def calendar(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The deadlines of a plan as a calendar file."""
    opened = context.opened()
    plan = plan_of(opened, _needed(arguments, "plan"))
    moment = moment_of(arguments.get("as_known_on"))
    language = str(arguments.get("language") or "vi")
    named = not arguments.get("without_names")
    told = _as_it_is if named else partial(action_unnamed, language=language)
    content, count = plan_calendar(opened, plan, language, moment, told=told)
    return _made(arguments, {"plan": plan.id, "rows": count}, content)


def _as_it_is(action: Action) -> Action:
    return action


def plan_calendar(
    opened: Context,
    plan: Plan,
    language: str = "vi",
    known_on: datetime | None = None,
    *,
    told: Callable[[Action], Action] = _as_it_is,
) -> tuple[bytes, int]:
    """The calendar file of a plan as known at a moment (None: now), and how many days are in it.

    ``told``: an action as whoever asks may know it.
    """
    cur, moment = opened.store.cursor(), known_on or now()
    found = [told(action) for action in actions(cur, plan.id, known_on)]
    known = OnRecord(in_force(cur, plan.id, known_on), found, context.local(moment).date())
    days = agenda(plan, opened.deployment, known, language)
    return calendar_file(plan.id, plan.name_vi, days, moment, language), len(days)


def _needed(arguments: dict[str, Any], name: str) -> str:
    if arguments.get(name) is None:
        raise Misuse(f"Thiếu --{name}.")
    return str(arguments[name])


def _made(arguments: dict[str, Any], document: dict[str, Any], content: bytes) -> Answer:
    """The answer to an export: what is in the file, and the file."""
    file = str(arguments["output"])
    return Answer(0, {"ok": True, "file": file, **document}, {"output": content})
