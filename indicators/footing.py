"""On what footing a unit stands towards a plan: its own target, or only beside the whole.

A province's 36,5 beds per 10 000 is no target for one of its districts: hospitals stand where
they stand. A verdict is given only to the unit the plan is for, and where a target says "each".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment
from indicators.judge import direction
from indicators.measure import Status
from indicators.plans import Plan
from indicators.units import UnitTree


@dataclass(frozen=True)
class Beside:
    """A unit's value beside that of the plan's own unit; no verdict of its own."""

    here: Assessment
    whole: Assessment

    @property
    def difference(self) -> Fraction | None:
        """Value here minus value of the whole; None while either is unknown."""
        here, whole = self.here.measure.value, self.whole.measure.value
        return None if here is None or whole is None else here - whole

    @property
    def is_better(self) -> bool | None:
        """Whether the value here is on the better side of the whole; None where that means nothing."""
        sign, difference = direction(self.here.test), self.difference
        return None if not sign or not difference else sign * difference > 0


@dataclass(frozen=True)
class Footing:
    """The targets of a plan for one unit: judged, beside the whole, without a value in principle.

    ``absent``: nobody reports it at this level; ``rare``: only known for a longer period.
    """

    judged: tuple[Assessment, ...]
    beside: tuple[Beside, ...]
    absent: tuple[Assessment, ...]
    rare: tuple[Assessment, ...]

    @property
    def has_figures(self) -> bool:
        """Whether anything at all is known."""
        units = [u for a in self.judged for u in a.units]
        every = [*self.judged, *units, *(b.here for b in self.beside)]
        return any(a.measure.value is not None for a in every)


def footing(
    here: Iterable[Assessment],
    whole: Iterable[Assessment],
    *,
    plan: Plan,
    tree: UnitTree,
    unit: str,
) -> Footing:
    """Sort the assessments made for ``unit``, given those of the plan's own unit."""
    of_whole = {a.target.id: a for a in whole}
    judged = [own for a in here if (own := _own(a, plan, tree, unit)) is not None]
    settled = {a.target.indicator for a in judged if a.scope == unit and a.target.each}
    rest = [
        a
        for a in here
        if not (a.target.each or a.target.unit or a.target.sites)
        and unit != plan.unit
        and a.target.indicator not in settled
    ]
    known = [a for a in rest if a.measure.status in (Status.VALUE, Status.NO_DATA, Status.NOTHING)]
    return Footing(
        tuple(judged),
        tuple(Beside(a, of_whole[a.target.id]) for a in known),
        tuple(a for a in rest if a.measure.status is Status.NOT_APPLICABLE),
        tuple(a for a in rest if a.measure.status is Status.TOO_RARE),
    )


def _own(a: Assessment, plan: Plan, tree: UnitTree, unit: str) -> Assessment | None:
    """The assessment that may carry a verdict for the unit, or None."""
    kind = tree.units[unit].kind if unit in tree.units else None
    if not a.target.each:
        return a if plan.asks(a.target, unit, kind) or unit == plan.unit else None
    if kind in a.target.each:
        return a.units[0] if a.units else None
    reporting = [u for u in a.units if u.measure.status is not Status.NOT_APPLICABLE]
    return a if reporting else None
