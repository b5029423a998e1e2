"""Small texts that the parts of the submit page share, as HTML where they carry marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.context import opened
from etl.flips import Flip
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.verdicts import mark

FEW = 3


def names(units: Sequence[str], language: str) -> str:
    """One to three units by name, more as their number."""
    if len(units) > FEW:
        return say("submit.say.units", language, count=format_number(len(units), 0, language))
    known = opened().deployment.units.latest_names
    return ", ".join(known[unit].name for unit in units)


def labels(periods: Iterable[str], language: str) -> str:
    """Periods as people write them."""
    return ", ".join(period_label(parse_period(code), language) for code in periods)


def flip_rows(flips: Sequence[Flip], language: str) -> str:
    """Each verdict that changes: target, plan and periods, old badge, new badge.

    One line where several periods turn alike: a sum since January turns all that follow.
    """
    alike: dict[tuple[object, ...], list[Flip]] = {}
    for flip in flips:
        alike.setdefault((flip.plan, flip.target, flip.old, flip.new), []).append(flip)
    return "".join(_flips(found, language) for found in alike.values())


def _flips(alike: Sequence[Flip], language: str) -> str:
    flip = alike[0]
    plan = opened().deployment.plans[flip.plan].short_vi
    when = labels((one.period for one in alike), language)
    return (
        f'<div class="vd-flip"><div><b>{e(flip.name)}</b>'
        f"<small>{e(plan)} · {e(when)}</small></div>"
        f"<span>{mark(flip.old, language)}</span><i>→</i><span>{mark(flip.new, language)}</span>"
        "</div>"
    )
