"""The quality of figures for pages, kept until the data change: once for a province and period."""

from __future__ import annotations

from etl.context import opened
from etl.looked import Looked, look
from etl.quality import Quality, quality
from indicators.period import parse_period
from indicators.quality import Score, together
from pages.parts.data import picture_of
from pages.parts.kept import kept_for_all
from pages.parts.view import View


def quality_of(view: View) -> Quality:
    """Of the whole province of the view's unit, so that every page asks for it only once."""
    root = _root(view)
    return kept_for_all(("quality", root, view.period, view.basis), lambda: _quality(view, root))


def _root(view: View) -> str:
    tree = opened().deployment.units.at(parse_period(view.period).end)
    return next(iter(tree.path(view.unit)), view.unit)


def _quality(view: View, root: str) -> Quality:
    context = opened()
    return quality(
        context.store.cursor(),
        context.deployment,
        root,
        parse_period(view.period),
        today=view.today,
        known_on=view.known_on,
    )


def looked_of(view: View) -> Looked:
    """Of the view's unit and everything below it, in the view's period."""
    key = ("looked", view.plan, view.period, view.unit, view.basis)
    return kept_for_all(key, lambda: _looked(view))


def _looked(view: View) -> Looked:
    period = parse_period(view.period)
    progress = picture_of(view).progress
    return look(quality_of(view), opened().deployment, view.unit, period, progress)


def score_of(view: View) -> Score:
    """The score of a unit, or of all units of an area together."""
    tree = opened().deployment.units.at(parse_period(view.period).end)
    scores = quality_of(view).scores
    return together(scores[u.id] for u in tree.within(view.unit) if u.id in scores)
