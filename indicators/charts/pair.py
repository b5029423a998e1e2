"""A measure on two sides as marks on one track, with the plan's level for scale."""

from dataclasses import dataclass

from indicators.charts.bullet import place, track
from indicators.compare import Pair


@dataclass(frozen=True)
class Places:
    """Places in per cent of the track; None is not drawn. ``from_zero``: the track starts at 0."""

    here: float | None
    there: float | None
    plan: float | None
    from_zero: bool


def places(pair: Pair) -> Places:
    """Where both sides and the plan stand; of an "every unit" target there is no such level."""
    plan = pair.a.rule.value if pair.a.rule and not pair.here.total else None
    marks = (pair.here.value, pair.there.value, plan)
    start, end = track(mark for mark in marks if mark is not None)
    here, there, level = (None if m is None else place(m, start, end) for m in marks)
    return Places(here, there, level, from_zero=start == 0)
