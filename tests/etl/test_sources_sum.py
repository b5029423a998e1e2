"""The figures named for a number add up to its numerator and denominator, for the whole demo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from etl import context
from etl.results import Source, picture, sources
from indicators.assess import Assessment
from indicators.catalogue import IndicatorKind
from indicators.period import parse_period
from tests.pages.conftest import demo_file

__all__ = ["demo_file"]


def is_a_sum(a: Assessment, scope: str, code: str) -> bool:
    """Whether the value is one division, or one sum, of figures of the scope and period."""
    own = a.indicator.kind in (IndicatorKind.RATIO, IndicatorKind.COUNT)
    plain = not a.target.sites and not a.target.average and a.scope == scope
    return own and plain and a.measure.period == code and a.measure.numerator is not None


def total(facts: Iterable[Source], side: tuple[str, ...]) -> Fraction:
    """The plain sum of the figures of one side that are in it."""
    found = [f.value for f in facts if f.in_sum and f.quantity in side and f.value is not None]
    return sum(found, Fraction(0))


@pytest.mark.parametrize(
    ("plan", "code", "scope"),
    [
        ("thanh-hoa-2021", "2021-Q3", "thanh-hoa"),
        ("thanh-hoa-2021", "2021", "thanh-hoa"),
        ("thanh-hoa-2021", "2021-Q3", "th-muong-lat"),
        ("nhu-thanh-2021-2025", "2021", "th-nhu-thanh"),
    ],
)
def test_every_number_is_the_sum_of_its_figures(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch, plan: str, code: str, scope: str
) -> None:
    monkeypatch.setenv("VANDAN_DB", str(demo_file))
    opened = context.opened()
    period = parse_period(code)
    known = picture(
        opened.store,
        opened.deployment,
        opened.deployment.plans[plan],
        period,
        scope=scope,
        today=date(2026, 1, 1),
    )
    parts = [part for a in known.assessments for part in (a.also or (a,))]
    checked = 0
    for a in (part for part in parts if is_a_sum(part, scope, code)):
        found = sources(opened.store, opened.deployment, a.indicator.id, scope, period)
        assert total(found.facts, a.indicator.numerator) == a.measure.numerator
        if a.measure.denominator is not None:
            assert total(found.facts, a.indicator.denominator) == a.measure.denominator
        checked += 1
    context.close()
    assert checked > 5
