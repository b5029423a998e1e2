"""Figures that are far from what the same unit reported before (methods 3.9): asked, never changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import median

import numpy as np
from numpy.typing import NDArray

from etl.findings import Finding
from etl.rules.case import RATE_SIGNS, Case, said
from etl.rules.running import running
from etl.rules.series import Series, series_of
from etl.rules.shifted import shifted
from indicators.catalogue import Behaviour, Quantity
from indicators.quality import Alarms, alarms_of
from indicators.statistics.outliers import (
    DOUBTFUL,
    FLOOR,
    MIN_HISTORY,
    SLIP_WIDTH,
    STRONG,
    digit_slip,
    is_doubtful,
    modified_z,
)

RATE_STEP = 0.1  # the smallest difference in which rates, scores and weights are reported
JUMP = Fraction(1, 3)  # of a stock from one period to the next (WHO data quality review)
SMALLEST_JUMP = 10  # people, beds: below it a third is one or two of them
BEYOND = 1.5  # times the largest figure so far, or below the smallest divided by it
GENEROUS = 0.98  # screening keeps what exact figures could still find


def against_history(case: Case) -> Iterator[Finding]:
    """One thing about each doubtful figure: the explanation that says most comes first."""
    series = series_of(case)
    explained: set[int] = set()
    for rule in (shifted, running):
        for rows, finding in rule(case, series):
            explained |= rows
            yield finding
    yield from far_off(case, series, explained)


def far_off(case: Case, series: Series, explained: set[int]) -> Iterator[Finding]:
    """Slips of a digit or unit, stocks that jump, and figures outside the usual noise."""
    budget = alarms_in(series)
    for k in np.flatnonzero(doubtful(case, series)).tolist():
        i = int(series.row[k])
        if i not in explained:
            history = [float(each) for each in series.earlier[k][: int(series.count[k])]]
            finding = Doubt(case, i, history, budget).finding()
            if finding is not None:
                yield finding


def doubtful(case: Case, series: Series) -> NDArray[np.bool_]:
    """The figures worth an exact look; every one that is found far off is among them."""
    quantity = case.quantities.of[series.row]
    whole = np.array([q.whole_number for q in case.specs])[quantity]
    stock = np.array([is_counted_stock(q) for q in case.specs])[quantity]
    usual, value, last = series.usual, series.value, series.earlier[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        recent = series.recent(MIN_HISTORY)
        powers = np.abs(np.log10(np.abs(value)) - np.log10(np.abs(recent)))
        noise = np.maximum(series.noise, FLOOR * np.abs(usual))
        score = np.abs(value - usual) / np.maximum(noise, np.where(whole, 1.0, RATE_STEP))
        off = (score > DOUBTFUL * GENEROUS) | (powers > (1 - SLIP_WIDTH) * GENEROUS)
        jumps = stock & (np.abs(value - last) > float(JUMP) * GENEROUS * np.abs(last))
        large = np.abs(value - last) >= SMALLEST_JUMP
    found: NDArray[np.bool_] = ((series.count >= MIN_HISTORY) & off) | (jumps & large)
    return found


def is_counted_stock(quantity: Quantity) -> bool:
    """Beds, doctors, people: what is there at a date. A rate at a date moves as it likes."""
    return quantity.behaviour is Behaviour.STOCK and quantity.whole_number


def alarms_in(series: Series) -> Alarms:
    """How many flags to expect where nothing is wrong, out of how many comparisons."""
    counts = np.bincount(series.count, minlength=1).tolist()
    return alarms_of(dict(enumerate(counts)))


def budget_facts(alarms: Alarms, expected: float) -> dict[str, str]:
    """For the sentence beside the list."""
    return {"comparisons": str(alarms.comparisons), "expected": said(round(expected, 1))}


@dataclass(frozen=True)
class Doubt:
    """One figure and the numbers before it, newest first."""

    case: Case
    row: int
    history: list[float]
    budget: Alarms

    @property
    def quantity(self) -> Quantity:
        """What the figure counts."""
        return self.case.specs[int(self.case.quantities.of[self.row])]

    @property
    def value(self) -> Fraction:
        """The figure, exact."""
        return Fraction(self.case.entries.figure[self.row].value or 0)

    def finding(self) -> Finding | None:
        """What says most about it, or nothing where it is as usual."""
        return self._slip() or self._jump() or self._noise()

    def _slip(self) -> Finding | None:
        is_rate = self.quantity.unit_of_measure in RATE_SIGNS
        newest = self.history[:MIN_HISTORY]  # of a series that grows, older ones are no measure
        slip = digit_slip(self.value, history=newest, is_rate=is_rate)
        if slip is None:
            return None
        code = "measure-slip" if slip.power % 3 == 0 else "digit-slip"
        suggested = Fraction(slip.suggested)
        return self._say(
            code,
            times=said(Decimal(10) ** slip.power),
            usual=said(slip.usual),
            suggestion=said(Decimal(suggested.numerator) / Decimal(suggested.denominator)),
        )

    def _jump(self) -> Finding | None:
        if not is_counted_stock(self.quantity):
            return None
        last = Fraction(self.history[0])
        change = abs(self.value - last)
        if change < SMALLEST_JUMP or change <= JUMP * abs(last):
            return None
        return self._say("stock-jumps", last=said(float(last)))

    def _noise(self) -> Finding | None:
        usual = median(self.history)
        score = modified_z(self.value, history=self.history, step=_step(self.quantity, usual))
        if not is_doubtful(score) or score is None:
            return None
        facts = {
            "usual": said(usual),
            "low": said(min(self.history)),
            "high": said(max(self.history)),
        }
        if score > STRONG and self._is_beyond() and not is_counted_stock(self.quantity):
            return self._say("series-far", **facts, **budget_facts(self.budget, self.budget.asked))
        return self._say("series-unusual", **facts, **budget_facts(self.budget, self.budget.listed))

    def _is_beyond(self) -> bool:
        """Outside everything so far by half; what has only begun has nothing to be outside of."""
        if sum(value != 0 for value in self.history) < MIN_HISTORY:
            return False
        low, high = min(self.history), max(self.history)
        return self.value > BEYOND * high or self.value * BEYOND < low

    def _say(self, code: str, **facts: str) -> Finding:
        return self.case.finding(code, self.row, **facts)


def _step(quantity: Quantity, usual: float) -> float:
    """The least difference that means anything: counts of events vary by their square root."""
    if not quantity.whole_number:
        return RATE_STEP
    return max(1.0, sqrt(abs(usual))) if quantity.behaviour is Behaviour.FLOW else 1.0
