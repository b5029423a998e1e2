"""The outlook: sure, possible, not to be told; the range in words; never a verdict."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessment
from indicators.expect import Projection
from indicators.judge import Rule, Standing, Verdict, meets
from indicators.outlook import Outlook, outlook, outlook_text, prospect
from indicators.period import parse_period
from indicators.plans import Comparator
from tests.indicators.test_compare import assessed, each, measured, partial

YEAR = parse_period("2021")


def heading(low: int | None, high: int | None, value: int = 88) -> Assessment:
    """A target of at least 90 whose value is heading to a range."""
    ends = (None if end is None else Fraction(end) for end in (low, high))
    return assessed(
        measured(value), Verdict.BEHIND, projection=Projection(Fraction(91), *ends), deadline=YEAR
    )


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (91, 95, (True, True)),
        (90, 90, (True, True)),
        (85, 95, (False, True)),
        (80, 89, (False, False)),
        (None, None, None),
    ],
)
def test_both_ends_make_it_sure_one_makes_it_possible(
    low: int | None, high: int | None, expected: tuple[bool, bool] | None
) -> None:
    assert prospect(heading(low, high)) == expected


def test_units_that_are_missing_widen_the_range() -> None:
    a = replace(heading(91, 92), measure=partial(88, 86, 89))
    assert prospect(a) == (False, True)  # 89 to 93
    unbounded = replace(a.measure, bounds=None)
    assert prospect(replace(a, measure=unbounded)) is None


def test_past_the_deadline_it_is_as_judged() -> None:
    done = Standing(final=True, due=True)
    for verdict, met in ((Verdict.MET, True), (Verdict.NOT_MET, False), (Verdict.PARTIAL, False)):
        assert prospect(assessed(measured(1), verdict, standing=done)) == (met, met)


def test_of_measures_that_must_all_pass_all_have_to() -> None:
    sure, able = heading(91, 95), heading(85, 95)
    assert prospect(replace(sure, also=(sure, able))) == (False, True)
    assert prospect(replace(sure, also=(sure, heading(None, None)))) is None
    assert prospect(each(Verdict.MET, Verdict.BEHIND)) is None


def test_an_exact_target_may_be_hit_within_the_range_only() -> None:
    a = replace(heading(85, 95), test=Comparator.EQUAL, rule=Rule(Comparator.EQUAL, Fraction(90)))
    assert prospect(a) == (False, True)
    assert prospect(replace(a, rule=Rule(Comparator.EQUAL, Fraction(99)))) == (False, False)


def test_the_whole_is_counted_and_said() -> None:
    found = outlook([heading(91, 95), heading(85, 95), heading(80, 82), heading(None, None)])
    assert found == Outlook(1, 2, 3, 1, in_year=True)
    assert outlook_text(found) == (
        "Dự báo cuối năm theo nhịp đã có: đạt 1–2 trong 3 chỉ tiêu dự báo được, 1 chưa dự báo được."
    )
    later = replace(heading(91, 95), deadline=parse_period("2025"))
    assert "đến thời hạn" in outlook_text(outlook([later]))
    assert "1 of the 1" in outlook_text(outlook([later]), "en")


def test_there_is_none_at_the_end_or_where_nothing_can_be_told() -> None:
    done = Standing(final=True, due=True)
    assert outlook([assessed(measured(95), standing=done)]) is None
    assert outlook([heading(None, None)]) is None and outlook([]) is None
    assert outlook_text(None) == ""


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_every_value_within_a_sure_range_is_met(one: int, other: int, between: int) -> None:
    low, high = sorted((one, other))
    found = prospect(heading(low, high))
    assert found is not None and found[0] <= found[1]
    inside = min(max(between, low), high)
    if found[0]:
        assert meets(Fraction(inside), Comparator.AT_LEAST, Fraction(90))
    if not found[1]:
        assert not meets(Fraction(inside), Comparator.AT_LEAST, Fraction(90))
