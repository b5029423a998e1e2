"""The standing of an area under the plan of the view, or an honest sentence why there is none."""

from __future__ import annotations

from etl.context import opened
from etl.template import reporting_units
from indicators.period import parse_period, period_inside
from indicators.text import lower_first, say
from indicators.units import Unit
from pages.parts.html import e
from pages.parts.unit.data import footing_of
from pages.parts.unit.standing import beside_rows, judged_rows
from pages.parts.view import View


def standing_html(unit: Unit, view: View, place: str = "") -> str:
    """Verdict rows, the place among like units, comparison rows; else a notice why there is none."""
    deployment = opened().deployment
    plan = deployment.plans[view.plan]
    tree = deployment.units.at(parse_period(view.period).end)
    if plan.unit not in tree.path(unit.id):
        return notice(say("unit.other_plan", view.language, plan=plan.short_vi))
    found = footing_of(view)
    empty = "" if found.has_figures else no_figures(unit, view)
    whole, name = lower_first(tree.units[plan.unit].name), lower_first(unit.name)
    judged = judged_rows(found, name, view, deployment.catalogue)
    if empty:
        return empty + judged
    return judged + place + beside_rows(found, (name, whole), plan, view)


def no_figures(unit: Unit, view: View) -> str:
    """That nothing is known, and who would have to report it."""
    deployment, period = opened().deployment, parse_period(view.period)
    text = say(
        "unit.nothing",
        view.language,
        name=lower_first(unit.name),
        period=period_inside(period, view.language),
    )
    who = reporting_units(deployment, unit.id, period)
    names = deployment.units.at(period.end).units
    if not who:
        return notice(text, say("unit.nobody", view.language, name=lower_first(unit.name)))
    listed = ", ".join(names[u].name for u in who[:5]) + (", …" if len(who) > 5 else "")
    return notice(text, say("unit.waiting", view.language, units=listed))


def notice(text: str, more: str = "") -> str:
    """A quiet card with a sentence."""
    small = f"<p>{e(more)}</p>" if more else ""
    return f'<section class="vd-card vd-notice"><b>{e(text)}</b>{small}</section>'
