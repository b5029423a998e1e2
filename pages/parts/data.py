"""Results for pages, kept until the data or the data files change; the only cache there is."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from etl.context import opened, today
from etl.results import Picture, picture
from indicators.period import parse_period
from pages.parts.view import View

KEPT = 200
_kept: OrderedDict[tuple[object, ...], Picture] = OrderedDict()
_guard = Lock()


def picture_of(view: View) -> Picture:
    """The assessed targets of a view. Shared by all sessions, keyed by the data version."""
    context = opened()
    day = today()
    key = (view.plan, view.period, view.unit, day, context.store.version(), hash(context.stamp))
    with _guard:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = picture(
        context.store,
        context.deployment,
        context.deployment.plans[view.plan],
        parse_period(view.period),
        scope=view.unit,
        today=day,
    )
    with _guard:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
