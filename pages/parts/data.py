"""Results for pages, kept until the data or the data files change; the only cache there is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from etl.context import opened, today
from etl.results import Picture, Sources, picture, sources
from etl.simulated import is_simulated
from etl.store.connect import Store
from indicators.assess import Assessment
from indicators.evidence import Evidence, evidence
from indicators.period import parse_period
from indicators.ranking import Ranking, rank
from pages.parts.named import are_people_shown
from pages.parts.view import View

T = TypeVar("T")
KEPT = 300
MISSING = object()
_kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
_making: dict[tuple[object, ...], RLock] = {}
_guard = Lock()
_store: list[Store] = []  # the one the results were read from: an assessor may still ask it


def kept(key: tuple[object, ...], make: Callable[[], T]) -> T:
    """As `kept_for_all`, apart for those who may see who sent what and for those who may not.

    For whatever is put together for a reader: HTML and papers hold names, or words for them.
    """
    return kept_for_all((*key, are_people_shown()), make)


def kept_for_all(key: tuple[object, ...], make: Callable[[], T]) -> T:
    """What was made for this key since the data last changed, else made now. For all sessions.

    For results as they come from the store, of which each page tells its reader what it may.
    Of many who ask at once for what is not there yet, one makes it and the others wait for it.
    """
    context = opened()
    full = (*key, today(), context.store.version(), hash(context.stamp))
    with _guard:
        if _store != [context.store]:
            _kept.clear()
            _store[:] = [context.store]
        making = _making.setdefault(full, RLock())
    try:
        with making:
            found = _found(full)
            return cast(T, _keep(full, make()) if found is MISSING else found)
    finally:
        _making.pop(full, None)


def _found(full: tuple[object, ...]) -> object:
    with _guard:
        if full not in _kept:
            return MISSING
        _kept.move_to_end(full)
        return _kept[full]


def _keep(full: tuple[object, ...], made: object) -> object:
    with _guard:
        _kept[full] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


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
