"""The parts of an area side by side: every child area with its value of every indicator."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.assess import Assessment, Assessor
from indicators.catalogue import Indicator
from indicators.judge import Verdict, direction
from indicators.measure import Measure


@dataclass(frozen=True)
class Part:
    """One area: its size (the denominator most indicators share) and its measures by indicator."""

    unit: str
    size: Decimal | None
    measures: dict[str, Measure]
    verdicts: dict[str, Verdict]  # only where the plan sets a target for each unit

    @property
    def has_figures(self) -> bool:
        """Whether any value is known."""
        return any(m.value is not None for m in self.measures.values())


@dataclass(frozen=True)
class Breakdown:
    """The child areas of a scope, the indicators that say anything about them, and the worst."""

    parts: tuple[Part, ...]
    indicators: tuple[Indicator, ...]
    size: str | None  # the quantity that ``Part.size`` counts
    worst: dict[str, str]  # indicator to the unit with the worst value

    @property
    def known(self) -> int:
        """How many areas have any figure."""
        return sum(part.has_figures for part in self.parts)


def breakdown(assessor: Assessor, assessments: Sequence[Assessment]) -> Breakdown:
    """Every child area of the assessor's scope under the indicators that lead or judge each area.

    ``indicators`` keeps those of which any area has a value.
    """
    kinds = assessor.deployment.catalogue.kinds
    tree = assessor.deployment.units.at(assessor.period.end)
    children = tree.children.get(assessor.scope, ())
    areas = [unit for unit in children if kinds[tree.units[unit].kind].area]
    shown = [a for a in assessments if a.target.headline or _judges_any(a, areas)]
    indicators = list(dict.fromkeys(a.indicator for a in shown if not a.also))
    size = shared_denominator(indicators)
    parts = tuple(_part(unit, assessor, indicators, assessments, size) for unit in areas)
    telling = [i for i in indicators if any(_has_value(p, i.id) for p in parts)]
    worst = {i.id: unit for i in telling if (unit := _worst(i.id, parts, assessments))}
    ordered = sorted(parts, key=lambda part: by_alphabet(tree.units[part.unit].short_name))
    return Breakdown(tuple(ordered), tuple(telling), size, worst)


def by_alphabet(name: str) -> tuple[str, str]:
    """Sorts names as a Vietnamese list does: Đ after D, tones only between equals."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d~"))
    return "".join(c for c in letters if not unicodedata.combining(c)), name


def shared_denominator(indicators: Sequence[Indicator]) -> str | None:
    """The quantity most indicators are divided by: the people of an area."""
    counts = Counter(i.denominator[0] for i in indicators if len(i.denominator) == 1)
    return counts.most_common(1)[0][0] if counts else None


def _part(
    unit: str,
    assessor: Assessor,
    indicators: Sequence[Indicator],
    assessments: Sequence[Assessment],
    size: str | None,
) -> Part:
    measures = {
        i.id: assessor.measure_group(i, assessor.period, "area", unit)
        for i in indicators
        if i.condition is None
    }
    sizes = [measures[i.id].denominator for i in indicators if i.denominator == (size,)]
    known = next((s for s in sizes if s is not None), None)
    return Part(unit, known, measures, _verdicts(unit, assessments))


def _verdicts(unit: str, assessments: Sequence[Assessment]) -> dict[str, Verdict]:
    return {a.indicator.id: u.verdict for a in assessments for u in a.units if u.scope == unit}


def _judges_any(a: Assessment, areas: Sequence[str]) -> bool:
    return any(u.scope in areas for u in a.units)


def _has_value(part: Part, indicator: str) -> bool:
    return indicator in part.measures and part.measures[indicator].value is not None


def _worst(indicator: str, parts: Sequence[Part], assessments: Sequence[Assessment]) -> str | None:
    """The unit with the worst value; None where no side is worse or all are alike."""
    sign = next(direction(a.test) for a in assessments if a.indicator.id == indicator)
    found = [
        (sign * value, part.unit)
        for part in parts
        if indicator in part.measures and (value := part.measures[indicator].value) is not None
    ]
    return min(found)[1] if sign and len({value for value, _ in found}) > 1 else None
