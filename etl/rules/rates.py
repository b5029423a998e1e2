"""Rates that a file states beside their numerator and denominator (rules of kind ``rate``)."""

import re
from collections.abc import Iterator
from fractions import Fraction

from etl.findings import Finding
from etl.numbers import DECIMALS
from etl.rules.case import Case, said
from indicators.rules import Rule, RuleKind

_DECIMALS = re.compile(r"[.,](?P<decimals>[0-9]+)[^0-9]*$")
Rows = dict[tuple[str, str, str], int]


def rates(case: Case) -> Iterator[Finding]:
    """A finding for each rate further from its parts than half of its last printed digit."""
    here = set(case.quantities.ids)
    rules = [r for r in case.deployment.catalogue.rules.values() if r.kind is RuleKind.RATE]
    rules = [rule for rule in rules if {*rule.quantities} <= here]
    if not rules:
        return
    e = case.entries
    at = {cell: i for i, cell in enumerate(zip(e.unit, e.period, e.quantity, strict=True))}
    for rule in rules:
        for (unit, period, quantity), i in at.items():
            if quantity == rule.left[0]:
                yield from _compare(case, rule, i, [at.get((unit, period, q)) for q in rule.right])


def _compare(case: Case, rule: Rule, i: int, parts: list[int | None]) -> Iterator[Finding]:
    stated = case.entries.figure[i].value
    numerator, denominator = (None if row is None else case.exact(row) for row in parts)
    if stated is None or numerator is None or not denominator:
        return
    computed = Fraction(numerator) / Fraction(denominator) * rule.factor
    if abs(Fraction(stated) - computed) > half_digit(case.entries.raw[i]):
        facts = {
            "computed": said(float(computed)),
            "numerator": said(numerator),
            "denominator": said(denominator),
        }
        yield case.finding("rate-differs", i, **facts)


def half_digit(raw: str) -> Fraction:
    """Half of the last digit of a number as printed: "95,0 %" may be anything within 0,05.

    Of a computed cell no more digits count than are stored.
    """
    match = _DECIMALS.search(raw)
    digits = min(len(match["decimals"]), DECIMALS) if match else 0
    return Fraction(1, 2 * 10**digits)
