"""Targets of the shipped plans as short rows, and who is asked for their figures."""

from datetime import date
from functools import cache
from pathlib import Path

from indicators.deployment import load_deployment

DATA = Path(__file__).resolve().parents[2] / "data"


@cache
def deployment():
    return load_deployment(DATA)


def plan(plan_id):
    return deployment().plans[plan_id]


def row(plan_id, t):
    """Section, comparator, value, deadline or year compared with, scope, headline."""
    scope = t.each or t.sites or t.unit or plan(plan_id).unit
    return (t.section, t.comparator, t.value, t.deadline or t.baseline_period, scope, t.headline)


def asked_of_nobody(plan_id):
    """(target, unit, quantity) where no unit in the scope has the quantity on a form."""
    found = plan(plan_id)
    tree = deployment().units.at(date(found.last_year, 12, 31))
    return [
        (t.id, place, quantity)
        for t in found.targets
        for place in _places(t, found, tree)
        for indicator in t.indicators
        for quantity in deployment().catalogue.indicators[indicator].quantities
        if not any(_reports(unit, quantity, tree) for unit in tree.within(place))
    ]


def _places(t, found, tree):
    if not t.each:
        return t.sites or (t.unit or found.unit,)
    return [u.id for u in tree.within(found.unit) if u.kind in t.each]


def _reports(unit, quantity, tree):
    path = tree.path(unit.id)
    return deployment().catalogue.form_of(unit.kind, quantity, path) is not None
