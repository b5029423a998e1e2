"""The quality of the figures of one scope in one period: what a page shows, worst first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from etl.doubts import Doubt
from etl.progress import Progress, Report
from etl.quality import Quality, Sent
from etl.rules.levels import Comparison
from indicators.deployment import Deployment
from indicators.period import Period, parse_period
from indicators.quality import Alarms, People, Score, Share, alarms_of, people_reported, together
from indicators.units import UnitTree

MORE_THAN_CHANCE = 2  # times what is expected


@dataclass(frozen=True)
class Gap:
    """Figures that a received form asks for and that the same units did not give."""

    form: str
    quantities: tuple[str, ...]
    units: tuple[str, ...]
    asked: int  # received forms that ask for them


@dataclass(frozen=True)
class Looked:
    """Of one scope and period: reports, doubts, levels, gaps; the scores are of twelve months."""

    progress: Progress
    people: People
    doubts: tuple[Doubt, ...]  # a reason is wanted
    unusual: tuple[Doubt, ...]  # only outside the usual noise
    alarms: Alarms
    compared: tuple[Comparison, ...]
    gaps: tuple[Gap, ...]
    cells: Share  # figures given, of those that the received forms ask for
    scores: tuple[tuple[str, Score], ...]  # lowest first

    @property
    def late(self) -> tuple[Report, ...]:
        """The latest report of each unit that sent one late, longest first."""
        found: dict[str, Report] = {}
        for report in self.progress.received:
            known = found.get(report.unit)
            if report.days_late and (known is None or report.days_late > known.days_late):
                found[report.unit] = report
        return tuple(sorted(found.values(), key=lambda r: (-r.days_late, r.unit)))

    @property
    def shares(self) -> dict[str, Share]:
        """How much is as it should be, by what is looked at; of nothing where nothing is known."""
        progress, compared = self.progress, self.compared
        return {
            "units": Share(progress.units_done, progress.units_due),
            "on_time": Share(len(progress.on_time), len(progress.reports)),
            "cells": self.cells,
            "levels": Share(len(compared) - len(self.differing), len(compared)),
        }

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """Two levels that report different figures."""
        return tuple(c for c in self.compared if not c.agrees)

    @property
    def has_trend(self) -> bool:
        """Whether more is unusual than chance makes: most series then really rise or fall."""
        return len(self.unusual) > MORE_THAN_CHANCE * self.alarms.listed

    @property
    def whole(self) -> Score:
        """The score of the scope: of all its units together."""
        return together(score for _, score in self.scores)


def look(
    found: Quality, deployment: Deployment, scope: str, period: Period, progress: Progress
) -> Looked:
    """What is known about the figures of the units in ``scope`` for the time of ``period``."""
    tree = deployment.units.at(period.end)
    inside = {unit.id for unit in tree.within(scope)}
    codes = {code for code in _codes(found) if _is_within(parse_period(code), period)}
    doubts = [d for d in found.doubts if d.unit in inside and d.period in codes]
    sent = [s for s in found.sent if s.report.unit in inside and s.report.period in codes]
    earlier: Counter[int] = Counter()
    for (unit, code), counts in found.earlier.items():
        if unit in inside and code in codes:
            earlier.update(counts)
    compared = (c for c in found.compared if c.period in codes and c.area in inside)
    asked, lacking = (sum(n) for n in zip(*map(_cells, sent), strict=True)) if sent else (0, 0)
    return Looked(
        progress,
        _people(found, deployment, tree, scope, progress),
        tuple(sorted((d for d in doubts if d.asks), key=_order)),
        tuple(sorted((d for d in doubts if not d.asks), key=_order)),
        alarms_of(earlier),
        tuple(compared),
        gaps_of(sent),
        Share(asked - lacking, asked),
        tuple(sorted(((u, s) for u, s in found.scores.items() if u in inside), key=_lowest)),
    )


def _codes(found: Quality) -> set[str]:
    return {s.report.period for s in found.sent} | {code for _, code in found.earlier}


def _is_within(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _order(doubt: Doubt) -> tuple[bool, str, str, str]:
    """Without a reason first, then by rule and unit."""
    return bool(doubt.reason), doubt.code, doubt.unit, doubt.quantity


def _lowest(item: tuple[str, Score]) -> tuple[Fraction, str]:
    return item[1].value or Fraction(0), item[0]


def _cells(sent: Sent) -> tuple[int, int]:
    """Figures asked for and not given, of a report that came."""
    return (sent.asked, len(sent.lacking)) if sent.report.received else (0, 0)


def gaps_of(sent: Iterable[Sent]) -> tuple[Gap, ...]:
    """Figures left out of received forms, the most figures first; those of the same units as one."""
    received = [one for one in sent if one.report.received is not None]
    asked = Counter(one.report.form for one in received)
    lacking: dict[tuple[str, str], dict[str, None]] = {}
    for one in received:
        for quantity in one.lacking:
            units = lacking.setdefault((one.report.form, quantity), {})
            units[one.report.unit] = None
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (form, quantity), units in lacking.items():
        alike.setdefault((form, tuple(units)), []).append(quantity)
    gaps = [Gap(form, tuple(q), units, asked[form]) for (form, units), q in alike.items()]
    return tuple(sorted(gaps, key=lambda gap: (-len(gap.units) * len(gap.quantities), gap.form)))


def _people(
    found: Quality, deployment: Deployment, tree: UnitTree, scope: str, progress: Progress
) -> People:
    """The areas directly below with their people, and those in which any report is missing."""
    kinds = deployment.catalogue.kinds
    areas = [u for u in tree.children.get(scope, ()) if kinds[tree.units[u].kind].area]
    silent = {report.unit for report in progress.missing}
    due = {report.unit for report in progress.reports}
    under = {area: {unit.id for unit in tree.within(area)} for area in areas}
    asked = {area: units for area, units in under.items() if units & due}
    people = {area: _size(area, units, found.sizes, tree) for area, units in asked.items()}
    return people_reported(people, [area for area, units in asked.items() if units & silent])


def _size(
    area: str, units: Iterable[str], sizes: Mapping[str, object], tree: UnitTree
) -> Fraction | None:
    """What the units standing directly in an area report; failing that, what all below it do."""
    direct = [u for u in units if u in sizes and tree.units[u].parent == area]
    counted = direct or [u for u in units if u in sizes]
    return sum((Fraction(str(sizes[u])) for u in counted), Fraction(0)) if counted else None
