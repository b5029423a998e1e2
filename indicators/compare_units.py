"""Two units: the same targets at the same time, beside each other; and which units are alike."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from indicators.assess import Assessment
from indicators.catalogue import IndicatorKind
from indicators.compare import (
    Compared,
    Pair,
    Reason,
    Side,
    is_silent,
    own_of,
    parts_of,
    reason_of,
    side_of,
)
from indicators.judge import Verdict

ALIKE = 5  # units suggested


def compare_units(here: Iterable[Assessment], there: Iterable[Assessment]) -> tuple[Compared, ...]:
    """Every target that says anything of either unit; not those set for named units."""
    others = {a.target.id: own_of(a) for a in there}
    found = [
        (own_of(a), others[a.target.id])
        for a in here
        if a.target.id in others and not (a.target.unit or a.target.sites)
    ]
    return tuple(_compared(*both) for both in found if not all(map(_is_silent, both)))


def _is_silent(a: Assessment) -> bool:
    empty = a.target.each and not a.units and is_silent(a.measure)
    return bool(empty) or (not a.units and is_silent(a.measure))


def _compared(a: Assessment, other: Assessment) -> Compared:
    mine, theirs = parts_of(a), parts_of(other)
    # One unit may be asked by its own measure, the other by its parts: then the whole is compared.
    both = zip(mine, theirs, strict=True) if len(mine) == len(theirs) else [(a, other)]
    pairs = tuple(_pair(*sides) for sides in both)
    return Compared(a, pairs, _verdict(a), _verdict(other))


def _verdict(a: Assessment) -> Verdict | None:
    return side_of(a, is_judged=True).verdict


def _pair(a: Assessment, other: Assessment) -> Pair:
    here, there = side_of(a, is_judged=True), side_of(other, is_judged=True)
    return Pair(a, here, there, _reason(a, here, there))


def _reason(a: Assessment, here: Side, there: Side) -> Reason | None:
    if a.indicator.kind is IndicatorKind.COUNT and not here.total:
        return Reason.COUNTS
    return reason_of(here, there)


def like_units(
    unit: str, sizes: Mapping[str, Decimal | None], others: Sequence[str]
) -> tuple[str, ...]:
    """The other units nearest in size (people, or what most indicators divide by), nearest first.

    Where the size of the unit is not known: none.
    """
    own = sizes.get(unit)
    if own is None:
        return ()
    known = [(abs(size - own), o) for o in others if o != unit and (size := sizes.get(o))]
    return tuple(found for _, found in sorted(known)[:ALIKE])
