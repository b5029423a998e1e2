"""Results for pages, each kept until the data or the data files change."""

from __future__ import annotations

from etl.context import opened
from etl.results import Picture, Sources, picture, sources
from etl.simulated import is_simulated
from indicators.assess import Assessment
from indicators.evidence import Evidence, evidence
from indicators.period import parse_period
from indicators.ranking import Ranking, rank
from pages.parts.kept import kept_for_all
from pages.parts.view import View


def picture_of(view: View) -> Picture:
    """The assessed targets of a view."""
    return kept_for_all(
        ("picture", view.plan, view.period, view.unit, view.basis), lambda: _picture(view)
    )


def _picture(view: View) -> Picture:
    context = opened()
    return picture(
        context.store,
        context.deployment,
        context.deployment.plans[view.plan],
        parse_period(view.period),
        scope=view.unit,
        today=view.today,
        known_on=view.known_on,
    )


def ranking_of(view: View, a: Assessment) -> Ranking:
    """Which units below make up the gap of an assessment of the view."""
    key = ("ranking", view.plan, view.period, view.unit, view.basis, a.target.id, a.indicator.id)
    return kept_for_all(key, lambda: rank(picture_of(view).assessor, a.target, a.indicator, a))


def evidence_of(view: View, a: Assessment) -> Evidence:
    """What stands beside an assessment of the view."""
    key = ("evidence", view.plan, view.period, view.unit, view.basis, a.target.id, a.indicator.id)
    return kept_for_all(key, lambda: evidence(a, picture_of(view).assessor))


def sources_of(view: View, a: Assessment) -> Sources:
    """Every figure that the value of an assessment is made of, at the unit it is of."""
    key = ("sources", view.period, view.unit, a.scope, view.basis, a.indicator.id)
    return kept_for_all(key, lambda: _sources(view, a))


def _sources(view: View, a: Assessment) -> Sources:
    context = opened()
    return sources(
        context.store,
        context.deployment,
        a.indicator.id,
        a.scope,
        parse_period(view.period),
        known_on=view.known_on,
        alone=a.scope != view.unit,
    )


def areas_of(view: View) -> list[str]:
    """The unit of the plan and the areas directly below it, for the choice of a unit."""
    deployment = opened().deployment
    unit = deployment.plans[view.plan].unit
    tree = deployment.units.at(parse_period(view.period).end)
    kinds = deployment.catalogue.kinds
    below = [tree.units[child] for child in tree.children.get(unit, ())]
    return [unit, *(child.id for child in below if kinds[child.kind].area)]


def holds_simulated() -> bool:
    """Whether anything in the database is simulated."""
    context = opened()
    return is_simulated(context.store.cursor(), context.deployment)
