"""Rows that seem shifted by a column: every value fits its neighbour's history far better."""

from collections import Counter
from collections.abc import Iterator
from math import log10
from statistics import fmean

import numpy as np

from etl.findings import Finding
from etl.rules.case import Case
from etl.rules.series import Series
from indicators.statistics.outliers import MIN_HISTORY

ALIKE = 3  # values that must fit the neighbour
OFF, FITS = 0.5, 0.15  # mean distance from the usual value, in powers of ten: 3 times, 1.4 times
DOUBTED = 0.3  # twice or half the usual value: a row with none of these is not looked at
RowAt = tuple[str | None, int]


def shifted(case: Case, series: Series) -> Iterator[tuple[set[int], Finding]]:
    """Rows whose values, moved one column to the left or right, are what the unit always reports."""
    for cells in _suspects(case, series).values():
        ordered = sorted(cells, key=lambda k: case.entries.column[int(series.row[k])])
        rows = [int(series.row[k]) for k in ordered]
        logs = [log10(series.value[k]) for k in ordered]
        usual = [log10(series.usual[k]) for k in ordered]
        for step, side in ((1, "←"), (-1, "→")):
            if _fits(logs, usual, step):
                headings = case.finding("row-shifted", rows[0], count=len(rows), side=side)
                yield set(rows), headings
                break


def _suspects(case: Case, series: Series) -> dict[RowAt, list[int]]:
    """Rows of a sheet in which several values are far from usual, with all their values."""
    usable = (series.count >= MIN_HISTORY) & (series.value > 0) & (series.usual > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        off = usable & (np.abs(np.log10(series.value) - np.log10(series.usual)) > DOUBTED)
    doubted = Counter(_row_of(case, series, k) for k in np.flatnonzero(off).tolist())
    rows: dict[RowAt, list[int]] = {at: [] for at, many in doubted.items() if many >= ALIKE}
    if rows:
        for k in np.flatnonzero(usable).tolist():
            at = _row_of(case, series, k)
            if at in rows:
                rows[at].append(k)
    return rows


def _row_of(case: Case, series: Series, k: int) -> RowAt:
    i = int(series.row[k])
    return case.entries.sheet[i], case.entries.row[i]


def _fits(values: list[float], usual: list[float], step: int) -> bool:
    """Whether the values fit the usual ones ``step`` columns to the left, and not their own."""
    if step > 0:
        pairs = list(zip(values[step:], usual[step:], usual[:-step], strict=True))
    else:
        pairs = list(zip(values[:step], usual[:step], usual[-step:], strict=True))
    if len(pairs) < ALIKE:
        return False
    own = fmean(abs(value - mine) for value, mine, _ in pairs)
    other = fmean(abs(value - theirs) for value, _, theirs in pairs)
    return own > OFF and other < FITS
