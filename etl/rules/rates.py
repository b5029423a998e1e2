"""Rates that a file states beside their numerator and denominator: a check, never a fact."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Protocol

from etl.findings import Finding, Place
from etl.numbers import Figure
from etl.rules.case import Case, said, unit_name
from indicators.catalogue import Indicator, IndicatorKind

_DECIMALS = re.compile(r"[.,](?P<decimals>[0-9]+)[^0-9]*$")


class Rate(Protocol):
    """A rate as the file prints it, for one unit and period; ``raw`` shows how many decimals."""

    @property
    def sheet(self) -> str | None: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def indicator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def figure(self) -> Figure: ...
    @property
    def raw(self) -> str: ...


def rates_of(case: Case, stated: Sequence[Rate]) -> Iterator[Finding]:
    """A finding for each rate further from its parts than half of its last printed digit."""
    at = {}
    if stated:
        e = case.entries
        cells = zip(e.unit, e.period, e.quantity, strict=True)
        at = {cell: i for i, cell in enumerate(cells)}
    for rate in stated:
        indicator = case.deployment.catalogue.indicators[rate.indicator]
        parts = _parts(case, at, rate, indicator)
        if parts is not None and rate.figure.value is not None:
            computed = parts[0] / parts[1] * indicator.factor
            if abs(Fraction(rate.figure.value) - computed) > half_digit(rate.raw):
                yield _finding(case, rate, indicator, computed, parts)


def half_digit(raw: str) -> Fraction:
    """Half of the last digit of a number as printed: "95,0 %" may be anything within 0,05."""
    match = _DECIMALS.search(raw)
    return Fraction(1, 2 * 10 ** (len(match["decimals"]) if match else 0))


def _parts(
    case: Case, at: dict[tuple[str, str, str], int], rate: Rate, indicator: Indicator
) -> tuple[Fraction, Fraction] | None:
    """Numerator and denominator of the same unit and period, None where the file lacks either."""
    if indicator.kind is not IndicatorKind.RATIO:
        return None
    sides = [_sum(case, at, rate, names) for names in (indicator.numerator, indicator.denominator)]
    return None if sides[0] is None or not sides[1] else (sides[0], sides[1])


def _sum(
    case: Case, at: dict[tuple[str, str, str], int], rate: Rate, names: tuple[str, ...]
) -> Fraction | None:
    rows = [at.get((rate.unit, rate.period, name)) for name in names]
    values = [None if i is None else case.exact(i) for i in rows]
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _finding(
    case: Case,
    rate: Rate,
    indicator: Indicator,
    computed: Fraction,
    parts: tuple[Fraction, Fraction],
) -> Finding:
    facts = {
        "unit": unit_name(rate.unit, case.deployment),
        "period": rate.period,
        "indicator": indicator.name_vi,
        "computed": said(float(computed)),
        "numerator": said(float(parts[0]), 15),
        "denominator": said(float(parts[1]), 15),
    }
    place = Place(case.file, rate.sheet, rate.row, rate.column)
    return Finding("rate-differs", place, said(rate.figure.value), facts)
