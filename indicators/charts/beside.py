"""Two values on one track: a unit's own and that of the whole, with the plan's level for scale."""

from dataclasses import dataclass

from indicators.charts.bullet import place, track
from indicators.footing import Beside


@dataclass(frozen=True)
class Places:
    """Places in per cent of the track; None is not drawn."""

    here: float | None
    whole: float | None
    plan: float | None
    from_zero: bool


def places(found: Beside) -> Places:
    """Where the unit, the whole and the plan stand."""
    rule = found.here.rule
    marks = (found.here.measure.value, found.whole.measure.value, rule.value if rule else None)
    start, end = track(m for m in marks if m is not None)
    here, whole, plan = (None if m is None else place(m, start, end) for m in marks)
    return Places(here, whole, plan, from_zero=start == 0)
