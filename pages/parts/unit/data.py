"""Results for the unit page, kept until the data change."""

from __future__ import annotations

from dataclasses import replace

from etl.context import opened
from etl.record import Record, record
from indicators.breakdown import Breakdown, breakdown
from indicators.footing import Footing, footing
from indicators.period import parse_period
from pages.parts.data import picture_of
from pages.parts.kept import kept_for_all
from pages.parts.view import View


def footing_of(view: View) -> Footing:
    """The targets of the view's plan for its unit: judged, or beside the plan's own unit."""
    deployment = opened().deployment
    plan = deployment.plans[view.plan]
    whole = picture_of(replace(view, unit=plan.unit)).assessments
    tree = deployment.units.at(parse_period(view.period).end)
    here = picture_of(view).assessments
    return footing(here, whole, plan=plan, tree=tree, unit=view.unit)


def below(view: View) -> Breakdown:
    """The areas below the view's unit under the indicators of its plan."""
    key = ("below", view.plan, view.period, view.unit, view.basis)
    return kept_for_all(key, lambda: _below(view))


def _below(view: View) -> Breakdown:
    picture = picture_of(view)
    return breakdown(picture.assessor, picture.assessments)


def record_of(view: View) -> Record:
    """The reporting record of the view's unit."""
    key = ("record", view.period, view.unit, view.basis)
    return kept_for_all(key, lambda: _record(view))


def _record(view: View) -> Record:
    context = opened()
    cur = context.store.cursor()
    last = parse_period(view.period)
    return record(cur, context.deployment, view.unit, last, view.known_on)
