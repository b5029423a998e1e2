"""What the page compares: the way and the other side that the address asks for, and the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.context import opened
from indicators.breakdown import by_alphabet
from indicators.compare import Compared
from indicators.compare_periods import Then, compare_periods, earlier_periods
from indicators.compare_plans import PlanComparison, compare_plans, nearest_plan
from indicators.compare_units import compare_units, like_units
from indicators.period import parse_period
from indicators.plans import Plan
from pages.parts.data import picture_of
from pages.parts.kept import kept_for_all
from pages.parts.unit.data import below
from pages.parts.view import View

PERIOD, UNIT, PLAN = WAYS = ("period", "unit", "plan")


@dataclass(frozen=True)
class Asked:
    """A way of comparing and its other side ("" where there is none); all checked."""

    view: View
    by: str
    other: str

    def link(self, *, by: str = "", other: str = "", **changes: str) -> str:
        """The address of this page with another way, other side or view."""
        return self.view.link("/so-sanh", {"by": by or self.by, "with": other}, **changes)


def asked_of(params: Mapping[str, str], view: View) -> Asked:
    """What the address asks for; whatever is not there becomes the default."""
    by = params.get("by", "")
    by = by if by in WAYS else PERIOD
    others = {PERIOD: periods, UNIT: siblings, PLAN: plans}[by](view)
    other = params.get("with", "")
    usual = {PERIOD: _usual_period, UNIT: _usual_unit, PLAN: _usual_plan}[by]
    return Asked(view, by, other if other in others else usual(view) if others else "")


def periods(view: View) -> list[str]:
    """The earlier periods of the same length, latest first."""
    plan = opened().deployment.plans[view.plan]
    return [period.code for period in earlier_periods(parse_period(view.period), plan)]


def _usual_period(view: View) -> str:
    """A year ago, else the latest."""
    found, year_ago = periods(view), parse_period(view.period).previous_year().code
    return year_ago if year_ago in found else found[0]


def siblings(view: View) -> list[str]:
    """The units of the same kind under the same parent, by name."""
    tree = opened().deployment.units.at(parse_period(view.period).end)
    unit = tree.units.get(view.unit)
    if unit is None or unit.parent is None:
        return []
    same = [tree.units[child] for child in tree.children.get(unit.parent, ())]
    found = [other for other in same if other.kind == unit.kind and other.id != unit.id]
    return [u.id for u in sorted(found, key=lambda other: by_alphabet(other.short_name))]


def alike(view: View) -> tuple[str, ...]:
    """Of them those nearest in size; none where sizes are not known."""
    parent = opened().deployment.units.at(parse_period(view.period).end).units[view.unit].parent
    if parent is None:
        return ()
    parts = below(replace(view, unit=parent)).parts
    sizes: dict[str, Decimal | None] = {part.unit: part.size for part in parts}
    return like_units(view.unit, sizes, siblings(view))


def _usual_unit(view: View) -> str:
    return next(iter(alike(view) or siblings(view)))


def plans(view: View) -> list[str]:
    """Every other plan."""
    return [plan for plan in opened().deployment.plans if plan != view.plan]


def _usual_plan(view: View) -> str:
    found = opened().deployment.plans
    nearest = nearest_plan(found[view.plan], found.values())
    return nearest.id if nearest else ""


def compared(asked: Asked) -> tuple[Compared, ...]:
    """The targets of the view beside another period or another unit."""
    view = asked.view
    key = ("compared", view.plan, view.period, view.unit, view.basis, asked.by, asked.other)
    return kept_for_all(key, lambda: _by_period(asked) if asked.by == PERIOD else _by_unit(asked))


def _by_period(asked: Asked) -> tuple[Compared, ...]:
    view, other = asked.view, parse_period(asked.other)
    now = picture_of(view)
    before = {}
    if opened().deployment.plans[view.plan].first_year <= other.year:
        earlier = picture_of(replace(view, period=other.code)).assessments
        before = {a.target.id: a for a in earlier}
    return compare_periods(now.assessments, Then(other, now.assessor.measure, before))


def _by_unit(asked: Asked) -> tuple[Compared, ...]:
    there = replace(asked.view, unit=asked.other)
    return compare_units(picture_of(asked.view).assessments, picture_of(there).assessments)


def compared_plans(asked: Asked) -> PlanComparison:
    """The plan of the view beside the other one, each assessed at its own unit."""
    view, deployment = asked.view, opened().deployment
    key = ("plans", view.plan, view.period, view.basis, asked.other)
    both = (deployment.plans[view.plan], deployment.plans[asked.other])
    sides = [(plan, _assessed(plan, view)) for plan in both]
    return kept_for_all(key, lambda: compare_plans(*sides, deployment.catalogue.indicators))


def _assessed(plan: Plan, view: View) -> dict[str, object]:
    if not plan.first_year <= parse_period(view.period).year <= plan.last_year:
        return {}
    found = picture_of(replace(view, plan=plan.id, unit=plan.unit)).assessments
    return {a.target.id: a for a in found}
