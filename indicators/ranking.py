"""Ranking: which units below a scope make up its gap, in beds, doctors and people (methods 3.11)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from indicators.assess import Assessment, Assessor
from indicators.catalogue import Indicator, IndicatorKind
from indicators.contributions import of_one_role
from indicators.judge import direction
from indicators.measure import Status
from indicators.plans import Target

ZERO = Fraction(0)


@dataclass(frozen=True)
class Rank:
    """One unit: its assessment, what it lacks (below 0: to spare), its share of all that is lacking."""

    unit: str
    assessment: Assessment
    gap: Fraction | None
    share: Fraction | None

    @property
    def amount(self) -> Fraction | None:
        """What orders units: the gap; where nothing is counted, the distance from the target."""
        difference = self.assessment.difference
        if self.gap is not None or difference is None:
            return self.gap
        return -direction(self.assessment.test) * difference or abs(difference)


@dataclass(frozen=True)
class Ranking:
    """Units, most lacking first, unknown last. ``rest``: of the whole's gap, what no unit explains."""

    ranks: tuple[Rank, ...] = ()
    lacking: Fraction = ZERO
    rest: Fraction | None = None

    @property
    def whole(self) -> Fraction | None:
        """The gap of the whole: that of all units and the rest."""
        if self.rest is None:
            return None
        return sum((r.gap for r in self.ranks if r.gap is not None), ZERO) + self.rest

    @property
    def unknown(self) -> tuple[Rank, ...]:
        """Units expected to report that have no value."""
        return tuple(r for r in self.ranks if r.assessment.measure.value is None)

    @property
    def worst(self) -> tuple[Rank, ...]:
        """Units that lack something."""
        return tuple(r for r in self.ranks if r.gap is not None and r.gap > 0)

    def share_of_first(self, count: int) -> Fraction | None:
        """What part of all that is lacking the first units lack."""
        return sum((r.gap or ZERO for r in self.worst[:count]), ZERO) / self.lacking or None


def rank(assessor: Assessor, target: Target, indicator: Indicator, whole: Assessment) -> Ranking:
    """The units that a target names each of; else the children of the scope that are expected."""
    if indicator.kind in (IndicatorKind.SHARE_OF_UNITS, IndicatorKind.COUNT):
        return Ranking()  # how many of all is a target for the whole, of no unit below
    if _names_each(assessor, target):
        named = [u for u in whole.units if u.measure.status in (Status.VALUE, Status.NO_DATA)]
        return ranking_of(named, None) if len(named) > 1 else Ranking()
    tree = assessor.deployment.units.at(assessor.period.end)
    # Of several measures that must all pass, the one that is looked at.
    part = next(m for m in target.measures if m.indicator == indicator.id)
    asked = (
        assessor.assess_group(part, "area", unit) for unit in tree.children.get(assessor.scope, ())
    )
    due = [a for a in asked if a.measure.status in (Status.VALUE, Status.NO_DATA)]
    kept = of_one_role({a.scope: a.measure.role for a in due}, whole.measure.role)
    parts = [a for a in due if a.scope in kept]
    # One unit beside others that lack the other half of the ratio is no ranking.
    return ranking_of(parts, whole.gap) if len(parts) > 1 else Ranking()


def _names_each(assessor: Assessor, target: Target) -> bool:
    """Whether hospitals or centres are asked one by one: no district stands for them."""
    kinds = assessor.deployment.catalogue.kinds
    return bool(target.each) and not target.also and not any(kinds[k].area for k in target.each)


def ranking_of(assessments: Iterable[Assessment], whole: Fraction | None) -> Ranking:
    """Assessments of the parts, ranked against the gap of the whole."""
    found = list(assessments)
    lacking = sum((a.gap for a in found if a.gap is not None and a.gap > 0), ZERO)
    ranks = [Rank(a.scope, a, a.gap, _share(a.gap, lacking)) for a in found]
    known = [r.gap for r in ranks if r.gap is not None]
    rest = None if whole is None or not known else whole - sum(known, ZERO)
    return Ranking(tuple(sorted(ranks, key=_order)), lacking, rest)


def _share(gap: Fraction | None, lacking: Fraction) -> Fraction | None:
    return gap / lacking if gap is not None and gap > 0 and lacking else None


def _order(rank: Rank) -> tuple[bool, Fraction, str]:
    return rank.amount is None, -(rank.amount or ZERO), rank.unit


class Only(StrEnum):
    """Which units of a ranking are looked at."""

    ALL = "all"
    LACKING = "lacking"
    SILENT = "silent"  # no figure


class Order(StrEnum):
    """By what units are sorted; each also the other way round."""

    GAP = "gap"
    VALUE = "value"
    NAME = "name"


def chosen(found: Ranking, only: Only) -> tuple[Rank, ...]:
    """The units that are looked at, in the order of the ranking."""
    if only is Only.SILENT:
        return found.unknown
    return found.ranks if only is Only.ALL else lacking_of(found)


def lacking_of(found: Ranking) -> tuple[Rank, ...]:
    """Units that lack something, counted or only in distance."""
    return tuple(r for r in found.ranks if r.amount is not None and r.amount > 0)


def ordered(
    ranks: Iterable[Rank], order: Order, names: Mapping[str, str], *, backwards: bool = False
) -> list[Rank]:
    """Units sorted: gaps and values from the largest, names from A; unknown ones always last."""
    if order is Order.NAME:
        return sorted(ranks, key=lambda r: alphabetical(names[r.unit]), reverse=backwards)
    ranks = tuple(ranks)
    keys = {r.unit: r.amount if order is Order.GAP else r.assessment.measure.value for r in ranks}
    known = [r for r in ranks if keys[r.unit] is not None]
    silent = [r for r in ranks if keys[r.unit] is None]
    return sorted(known, key=lambda r: keys[r.unit] or ZERO, reverse=not backwards) + silent


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def alphabetical(name: str) -> tuple[list[int], str]:
    """Where a Vietnamese name stands: letters first (a, ă, â, b …), tones only between equals."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c not in TONES)
    letters = unicodedata.normalize("NFC", plain)
    return [ALPHABET.find(c) + 1 for c in letters], name
