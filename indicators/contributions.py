"""Contributions: what the units below a scope add to its gap and to its change (methods 3.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessor
from indicators.catalogue import Indicator, IndicatorKind
from indicators.judge import Rule, gap
from indicators.measure import Measure, Status
from indicators.period import Period
from indicators.roster import Role
from indicators.statistics.mix import MixEffect, Ratio, mix_effect, whole_of

ZERO = Fraction(0)
Parts = Mapping[str, Measure]


@dataclass(frozen=True)
class Share:
    """What one unit lacks (below 0: to spare), and its share of what the whole lacks.

    The share is exact, below 0 for a unit with some to spare, and can be above 1.
    """

    unit: str
    gap: Fraction | None
    share: Fraction | None


@dataclass(frozen=True)
class Shares:
    """The units, most lacking first, unknown last; their gaps and the rest are that of the whole.

    ``rest``: what no unit explains (a provincial hospital, a unit left out of a partial sum).
    """

    units: tuple[Share, ...] = ()
    rest: Fraction | None = None
    rest_share: Fraction | None = None


def parts_of(
    assessor: Assessor, indicator: Indicator, role: Role, period: Period
) -> dict[str, Measure]:
    """The units directly below the scope with figures that are parts of one thing, or due.

    Nothing for what is not a ratio: a target of 20 new stations says nothing of one unit's part.
    Of an earlier period they are the units of now, with what they were wholly made of then.
    """
    if indicator.kind is not IndicatorKind.RATIO:
        return {}
    tree = assessor.deployment.units.at(assessor.period.end)
    measures = {
        unit: assessor.measure_group(indicator, period, "area", unit)
        for unit in tree.children.get(assessor.scope, ())
    }
    due = {u: m for u, m in measures.items() if m.status in (Status.VALUE, Status.NO_DATA)}
    kept = of_one_role({unit: m.role for unit, m in due.items()}, role)
    return {unit: due[unit] for unit in kept} if len(kept) > 1 else {}


def of_one_role(roles: Mapping[str, Role], role: Role) -> list[str]:
    """Units whose figures are parts of one thing: a health centre already holds its communes."""
    same = [unit for unit, own in roles.items() if own is role]
    return same if len(same) > 1 else [u for u, own in roles.items() if own is not role] or same


def shares_of(parts: Parts, *, indicator: Indicator, rule: Rule, whole: Fraction | None) -> Shares:
    """The gap of the whole taken apart: every unit against the value asked of the whole."""
    if whole is None or not parts:
        return Shares()
    lacking = whole if whole > 0 else None
    found = [_share(unit, gap(indicator, part, rule), lacking) for unit, part in parts.items()]
    rest = whole - sum((s.gap for s in found if s.gap is not None), ZERO)
    return Shares(tuple(sorted(found, key=_order)), rest, _part(rest, lacking))


def _share(unit: str, own: Fraction | None, lacking: Fraction | None) -> Share:
    return Share(unit, own, _part(own, lacking))


def _part(own: Fraction | None, lacking: Fraction | None) -> Fraction | None:
    return None if own is None or lacking is None else own / lacking


def _order(share: Share) -> tuple[bool, Fraction, str]:
    return share.gap is None, -(share.gap or ZERO), share.unit


@dataclass(frozen=True)
class Mix:
    """What made a value change, in the unit of the indicator, over the same units both times.

    ``units`` of ``of``: how many of the units of now could be compared.
    """

    effect: MixEffect
    units: int
    of: int


def mix_of(
    before: Parts, after: Parts, *, whole: tuple[Measure, Measure], factor: int
) -> Mix | None:
    """How much of a change is that of the units and how much that of their moving weights.

    ``whole``: before and after. None unless at both times the units make up the whole exactly;
    of a partial whole only units with all figures both times are compared.
    """
    old, new = (_ratios(parts, w) for parts, w in zip((before, after), whole, strict=True))
    same = [unit for unit in new if unit in old]
    if not same:
        return None
    effect = mix_effect({u: old[u] for u in same}, {u: new[u] for u in same})
    scaled = MixEffect(effect.rate * factor, effect.mix * factor)
    return Mix(scaled, len(same), len(after))


def _ratios(parts: Parts, whole: Measure) -> dict[str, Ratio]:
    """The units whose figures are all there; none if they are not what the whole is made of."""
    found = {unit: ratio for unit, part in parts.items() if (ratio := _ratio(part))}
    sides = (whole.numerator, whole.denominator)
    total = whole_of(found) if found else None
    return found if total and (total.numerator, total.denominator) == sides else {}


def _ratio(measure: Measure) -> Ratio | None:
    top, bottom = measure.numerator, measure.denominator
    if not measure.is_whole or top is None or bottom is None or bottom <= 0 or top < 0:
        return None
    return Ratio(top, bottom)
