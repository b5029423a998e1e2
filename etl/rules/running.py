"""Cumulative figures where single periods are meant, and the reverse (methods 3.11).

A flow is reported for its own period. Figures that never fall within a year and grow as sums do
are probably counted from January on; asked for a whole file, a column, a unit, then a single cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.findings import Finding
from etl.rules.case import Case, Numbers, said
from etl.rules.groups import Codes
from etl.rules.series import DEPTH, Series
from indicators.catalogue import Behaviour
from indicators.statistics.outliers import DOUBTFUL, FLOOR, MIN_HISTORY

ALIKE = 6  # figures that must move the same way: by chance once in 64
AGAINST = 0.05  # of them may move the other way
GROWTH = (0.75, 1.5)  # of what one more period adds to the sum of those before, at least and most
USUAL = 1.3  # times the usual figures: below it this is an ordinary period after a poor one
OF_SUM = 0.6  # of what the sum of so many usual periods would be, at the least
NEAR = 0.15  # of the sum that a single figure must meet
Flags = NDArray[np.bool_]
Explained = Iterator[tuple[set[int], Finding]]


def running(case: Case, series: Series) -> Explained:
    """Figures that look cumulative, and single ones after cumulative ones."""
    flows = _flows(case, series)
    if flows is None:
        return
    done = np.zeros(len(flows.row), bool)
    for code, is_found in (
        ("looks-cumulative", Group.is_running),
        ("looks-single", Group.is_single),
    ):
        for of in flows.groupings:
            group = Group(flows, of)
            found = is_found(group)[of] & flows.has_before & ~done
            yield from _say_groups(case, flows, of, found, code)
            done |= found
    for k in np.flatnonzero(flows.meets_sum & ~done).tolist():
        yield from _say_groups(case, flows, np.arange(len(done)), np.arange(len(done)) == k, CELL)


CELL = "looks-cumulative"


def _say_groups(case: Case, flows: "Flows", of: Codes, found: Flags, code: str) -> Explained:
    for number in np.unique(of[found]).tolist():
        members = np.flatnonzero(found & (of == number))
        rows = flows.row[members].tolist()
        ratio = flows.value[members].sum() / flows.before[members].sum()
        facts = {"count": len(rows), "ratio": said(float(ratio), 3)}
        yield set(rows), case.finding(code, case.first_of(rows), **facts)


@dataclass(frozen=True)
class Flows:
    """The flows of a file after the first period of a year, beside the periods before."""

    row: Codes
    value: Numbers
    number: Codes
    steps: Codes  # the unbroken periods of the year before it: a file may begin in its middle
    before: Numbers  # the period before in the same year, and the one before that
    earlier: Numbers
    to_date: Numbers  # the sum of the year so far, nan where a period is missing
    usual: Numbers
    noise: Numbers
    has_usual: Flags
    groupings: tuple[Codes, ...]

    @cached_property
    def has_before(self) -> Flags:
        """Whether there is a period before to compare with."""
        found: Flags = ~np.isnan(self.before)
        return found

    @cached_property
    def meets_sum(self) -> Flags:
        """Single figures that are the sum of the year so far and one usual period more."""
        with np.errstate(invalid="ignore"):
            added = np.abs(self.value - self.to_date - self.usual)
            carried = np.abs(self.before - (self.number - 1) * self.usual)
            onward = np.abs(self.value - self.before - self.usual)
            is_sum = added <= NEAR * self.value
            is_onward = (carried <= NEAR * self.before) & (onward <= NEAR * self.value)
            far = self.value - self.usual > DOUBTFUL * np.maximum(self.noise, FLOOR * self.usual)
            found: Flags = self.has_usual & (self.usual >= 1) & far & (is_sum | is_onward)
        return found


def _flows(case: Case, series: Series) -> Flows | None:
    quantity = case.quantities.of[series.row]
    flow = np.array([q.behaviour is Behaviour.FLOW for q in case.specs])[quantity]
    at = np.flatnonzero(flow & (series.number > 1))
    if not len(at):
        return None
    before = [series.before(step) for step in range(1, DEPTH + 1)]
    row = series.row[at]
    period = case.periods.of[row]
    groupings = (
        period,
        period * len(case.quantities.ids) + case.quantities.of[row],
        period * len(case.units.ids) + case.units.of[row],
    )
    return Flows(
        row=row,
        value=series.value[at],
        number=series.number[at],
        steps=np.cumprod(~np.isnan(np.stack(before, axis=1)), axis=1).sum(axis=1)[at],
        before=before[0][at],
        earlier=before[1][at],
        to_date=_to_date(before, series.number)[at],
        usual=series.usual[at],
        noise=series.noise[at],
        has_usual=series.count[at] >= MIN_HISTORY,
        groupings=tuple(pd.factorize(codes)[0] for codes in groupings),
    )


def _to_date(before: list[Numbers], number: Codes) -> Numbers:
    """The sum of the periods of the year before each; nan where one is missing or too far back."""
    wanted = number[:, None] > np.arange(1, len(before) + 1)
    found: Numbers = np.where(wanted, np.stack(before, axis=1), 0.0).sum(axis=1)
    return np.where(number - 1 > len(before), np.nan, found)


@dataclass(frozen=True)
class Group:
    """Sums and directions of the flows of one file, column or unit in one period."""

    flows: Flows
    of: Codes

    def is_running(self) -> Flags:
        """Nearly nothing fell, all together grew as a sum does, and beyond what is usual."""
        f = self.flows
        grows = self._grows(f.value, f.before, f.steps) | self._grows(
            f.value, f.before, f.number - 1
        )
        usual = self._sum(np.where(f.has_usual & f.has_before, f.usual, 0.0))
        value = self._sum(np.where(f.has_usual & f.has_before, f.value, 0.0))
        sums = np.maximum(OF_SUM * (1 + GROWTH[0] * self._per_group(f.steps)), USUAL)
        found: Flags = grows & ((usual == 0) | (value > sums * usual))
        return found

    def is_single(self) -> Flags:
        """Nearly everything fell back to one period's share after two that grew as sums do."""
        f = self.flows
        grew = self._grows(f.before, f.earlier, f.number - 2)
        fell = self._all_above(f.before, f.value)
        share = self._both(f.value, f.before)
        number = self._per_group(f.number)
        single = share[1] * GROWTH[1] / np.maximum(number - 1, 1)
        found: Flags = grew & fell & (share[0] <= single)
        return found

    def _grows(self, new: Numbers, old: Numbers, steps: Codes) -> Flags:
        """Nearly everything rose, and all together as by one period after so many."""
        upper, lower = self._both(new, old)
        least, most = (1 + growth / np.maximum(self._per_group(steps), 1) for growth in GROWTH)
        as_sums = (upper >= lower * least) & (upper <= lower * most)
        found: Flags = self._all_above(new, old) & as_sums
        return found

    def _all_above(self, upper: Numbers, lower: Numbers) -> Flags:
        with np.errstate(invalid="ignore"):
            up, down = self._sum(upper > lower), self._sum(upper < lower)
        found: Flags = (up + down >= ALIKE) & (down <= AGAINST * (up + down))
        return found

    def _both(self, new: Numbers, old: Numbers) -> tuple[Numbers, Numbers]:
        known = ~np.isnan(new) & ~np.isnan(old)
        return self._sum(np.where(known, new, 0.0)), self._sum(np.where(known, old, 0.0))

    def _sum(self, numbers: Numbers | Flags) -> Numbers:
        return np.bincount(self.of, numbers.astype(float)).astype(float)

    def _per_group(self, numbers: Codes) -> Codes:
        """The largest number of each group; which period of the year it is, is the same for all."""
        found: Codes = np.zeros(int(self.of.max()) + 1, np.int64)
        np.maximum.at(found, self.of, numbers)
        return found
