"""Every figure of a file beside what the same unit reported before it, for all units at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from etl.rules.case import Case, Numbers
from etl.rules.groups import Codes
from etl.store.past import Points
from indicators.period import LENGTH, Period, PeriodKind, parse_period
from indicators.statistics.outliers import MAD_TO_SD

DEPTH = 8  # earlier figures looked at: two years of quarters
KINDS = tuple(PeriodKind)
LATEST = 10**6  # more than any ordinal: separates the series of two pairs


def per_year(kind: PeriodKind) -> int:
    """How many periods of a kind a year has."""
    return 12 // LENGTH[kind]


def ordinal(period: Period) -> int:
    """Counts the periods of one kind, so that neighbours differ by one."""
    return period.year * per_year(period.kind) + period.number - 1


def period_at(kind: PeriodKind, number: int) -> str | None:
    """The code of a period by its ordinal; None before the calendar begins."""
    year, index = divmod(number, per_year(kind))
    return Period(year, kind, index + 1).code if year > 0 else None


@dataclass(frozen=True)
class Series:
    """Figures of the file that have a number, in the order of unit, quantity and time.

    ``row``: the entry of each. ``earlier``: the up to eight numbers before it, newest first, nan
    where there are no more; ``ago``: how many periods before they are.
    """

    row: Codes
    value: Numbers
    earlier: Numbers
    ago: Codes
    number: Codes  # which of its kind in the year, from 1

    @cached_property
    def count(self) -> Codes:
        """How many earlier numbers each figure has."""
        found: Codes = np.count_nonzero(~np.isnan(self.earlier), axis=1)
        return found

    @cached_property
    def usual(self) -> Numbers:
        """The median of the earlier numbers."""
        return _median(self.earlier, self.count)

    def recent(self, last: int) -> Numbers:
        """The median of the newest ones only: it keeps up with a series that grows."""
        return _median(self.earlier[:, :last], np.minimum(self.count, last))

    @cached_property
    def noise(self) -> Numbers:
        """Their median distance from it, as a standard deviation."""
        return MAD_TO_SD * _median(np.abs(self.earlier - self.usual[:, None]), self.count)

    def before(self, steps: int) -> Numbers:
        """The figure so many periods before within the same year; nan where there is none."""
        index = steps - 1
        found: Numbers = np.where(
            (self.ago[:, index] == steps) & (self.number > steps), self.earlier[:, index], np.nan
        )
        return found


def _median(numbers: Numbers, count: Codes) -> Numbers:
    """The median of each row whose first ``count`` sorted numbers are not nan."""
    ordered = np.sort(numbers, axis=1)
    last = np.maximum(count - 1, 0)
    low = np.take_along_axis(ordered, (last // 2)[:, None], axis=1)[:, 0]
    high = np.take_along_axis(ordered, (np.maximum(count, 1) // 2)[:, None], axis=1)[:, 0]
    found: Numbers = (low + high) / 2
    return found


def series_of(case: Case) -> Series:
    """The figures of a file and of the warehouse, one behind the other in time."""
    parsed = [parse_period(code) for code in case.periods.ids]
    rows = np.flatnonzero(~np.isnan(case.values))
    pair = case.units.of[rows] * len(case.quantities.ids) + case.quantities.of[rows]
    kind = _spread([KINDS.index(p.kind) for p in parsed], case.periods.of[rows])
    time = _spread([ordinal(p) for p in parsed], case.periods.of[rows])
    here = (pair * len(KINDS) + kind) * LATEST + time
    there, values = _known(case, parsed)
    # A stable sort puts the file before the warehouse, and the first of equal keys is kept.
    keys = np.concatenate([here, there])
    order = np.argsort(keys, kind="stable")
    order = order[np.diff(keys[order], prepend=-1) != 0]
    value = np.concatenate([case.values[rows], values])[order]
    earlier, ago = _windows(keys[order], value)
    mine = np.flatnonzero(order < len(rows))
    row = rows[order[mine]]
    number = _spread([p.number for p in parsed], case.periods.of[row])
    return Series(row, value[mine], earlier[mine], ago[mine], number)


def _spread(numbers: Sequence[int], codes: Codes) -> Codes:
    found: Codes = np.array(numbers, np.int64)[codes]
    return found


def _windows(keys: Codes, value: Numbers) -> tuple[Numbers, Codes]:
    """The figures before each in its own series, and how many periods before."""
    earlier: Numbers = np.full((len(value), DEPTH), np.nan)
    ago: Codes = np.zeros((len(value), DEPTH), np.int64)
    for step in range(1, min(DEPTH, len(value) - 1) + 1):
        same = keys[step:] // LATEST == keys[:-step] // LATEST
        earlier[step:, step - 1] = np.where(same, value[:-step], np.nan)
        ago[step:, step - 1] = np.where(same, keys[step:] - keys[:-step], 0)
    return earlier, ago


def _known(case: Case, parsed: list[Period]) -> tuple[Codes, Numbers]:
    """Keys and values of the figures that the warehouse has of the file's units and quantities."""
    asked = sorted({(KINDS.index(p.kind), ordinal(p) - back) for p in parsed for back in BACK})
    named = {period_at(KINDS[kind], number): (kind, number) for kind, number in asked}
    named.pop(None, None)
    codes = [code for code in named if code is not None]
    points: Points = case.past.points(case.units.ids, case.quantities.ids, codes)
    kind = _spread([named[code][0] for code in codes], points.period)
    time = _spread([named[code][1] for code in codes], points.period)
    pair = points.unit * len(case.quantities.ids) + points.quantity
    return (pair * len(KINDS) + kind) * LATEST + time, points.value


BACK = range(DEPTH + 1)
