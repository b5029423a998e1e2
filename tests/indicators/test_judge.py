"""Judging: one function, on unrounded values, and only what holds whatever the missing report."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import IndicatorKind, Polarity
from indicators.judge import (
    UNJUDGED,
    Rule,
    Standing,
    Verdict,
    difference,
    direction,
    gap,
    judge,
    judge_each,
    meets,
    rule_for,
    worst,
)
from indicators.matching import Coverage
from indicators.measure import Bounds, Measure, Status
from indicators.plan_reading import test_of as comparison_of
from indicators.plans import TESTS, Comparator, Path, Target
from tests.indicators.small import world

FINAL = Standing(final=True, due=True)
ONE = frozenset({"a"})
BEST_LAST = ("at_risk", "behind", "on_track", "met", "exceeded")
UP, DOWN = (Comparator.AT_LEAST, Comparator.MORE), (Comparator.AT_MOST, Comparator.LESS)


def complete(value: object) -> Measure:
    """A measure with nothing missing."""
    return Measure("x", "2021", Status.VALUE, Fraction(str(value)))


def partial(low: object, high: object, value: object = 0) -> Measure:
    """A measure with one unit missing."""
    ends = [None if end is None else Fraction(str(end)) for end in (low, high)]
    found = complete(value)
    return replace(found, coverage=Coverage(expected=ONE), bounds=Bounds(*ends))


def rule(test: str, value: object, margin: object = None) -> Rule:
    """A rule."""
    extra = None if margin is None else Fraction(str(margin))
    return Rule(Comparator(test), Fraction(str(value)), extra)


def target(comparator: Comparator, value: str | None = None, **more: object) -> Target:
    """A target of 'insurance'."""
    number = None if value is None else Decimal(value)
    found = Target("t", "t", "I", "x", "insurance", comparator, "%", Path.LEVEL, number)
    return replace(found, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "actual", "value", "polarity", "is_met"),
    [
        ("infant mortality", "13.9", "11", "lower", False),
        ("under-5 mortality", "22.3", "16", "lower", False),
        ("maternal mortality", "46", "52", "lower", True),
        ("doctors", "9.81", "9", "higher", True),
        ("beds", "30.73", "25", "higher", True),
        ("stations with doctor", "87.7", "90", "higher", False),
    ],
)
def test_a_bare_value_is_read_by_polarity_and_not_as_a_ratio(
    name: str, actual: str, value: str, polarity: str, is_met: bool
) -> None:
    indicator = replace(world().catalogue.indicators["insurance"], polarity=Polarity(polarity))
    test = comparison_of(target(Comparator.BARE, value), indicator)
    found = judge(complete(actual), Rule(test, Fraction(value)), FINAL)
    assert found is (Verdict.MET if is_met else Verdict.NOT_MET), name


def test_health_insurance_above_80_is_met() -> None:
    assert judge(complete("90.85"), rule(">", 80), FINAL) is Verdict.MET


@pytest.mark.parametrize(
    ("test", "below", "tie", "above"),
    [
        (">=", False, True, True), (">", False, False, True), ("<=", True, True, False),
        ("<", True, False, False), ("=", False, True, False),
    ],
)  # fmt: skip
def test_a_tie_meets_what_is_not_strict(test: str, below: bool, tie: bool, above: bool) -> None:
    values = (Fraction("94.999999999"), Fraction(95), Fraction("95.000000001"))
    assert [meets(v, Comparator(test), Fraction(95)) for v in values] == [below, tie, above]


def test_every_test_has_a_direction() -> None:
    assert [direction(test) for test in TESTS] == [1, 1, -1, -1, 0]


def test_bare_of_neither_polarity_is_an_exact_value() -> None:
    indicator = replace(world().catalogue.indicators["insurance"], polarity=Polarity.NEITHER)
    assert comparison_of(target(Comparator.BARE, "5"), indicator) is Comparator.EQUAL


def test_what_is_written_and_how_it_is_read_come_before_polarity() -> None:
    indicator = world().catalogue.indicators["insurance"]
    assert comparison_of(target(Comparator.LESS, "5"), indicator) is Comparator.LESS
    read = target(Comparator.BARE, "5", read_as=Comparator.AT_MOST)
    assert comparison_of(read, indicator) is Comparator.AT_MOST


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("95", "met"),
        ("99.7", "met"),
        ("99.75", "exceeded"),
        ("130", "exceeded"),
        ("94.99", "not_met"),
    ],
)
def test_exceeded_begins_at_the_margin(value: str, verdict: str) -> None:
    assert judge(complete(value), rule(">=", 95, "4.75"), FINAL) == verdict


def test_exceeded_is_downward_where_less_is_better() -> None:
    assert judge(complete(9), rule("<=", 10, 1), FINAL) is Verdict.EXCEEDED
    assert judge(complete("9.1"), rule("<=", 10, 1), FINAL) is Verdict.MET
    assert judge(complete(10), rule("=", 10, 1), FINAL) is Verdict.MET


@pytest.mark.parametrize(
    ("value", "best_step", "verdict"),
    [("93", None, "on_track"), ("92", None, "behind"), ("92", "1.5", "behind"), ("92", "1.4", "at_risk"),
     ("95", None, "met")],
)  # fmt: skip
def test_before_the_deadline_a_value_is_set_against_where_it_should_be(
    value: str, best_step: str | None, verdict: str
) -> None:
    step = None if best_step is None else Fraction(best_step)
    standing = Standing(False, True, Fraction(93), step, Fraction(2), path=Path.LINEAR)
    assert judge(complete(value), rule(">=", 95), standing) == verdict


def test_before_the_deadline_without_expectation_it_is_not_yet_met() -> None:
    waiting = Standing(final=False, due=True)
    assert judge(complete(90), rule(">=", 95), waiting) is Verdict.NOT_YET_MET
    assert (
        judge(complete(90), rule("=", 95), replace(waiting, expected=Fraction(95))) == "not_yet_met"
    )


@pytest.mark.parametrize(
    ("status", "final", "due", "verdict"),
    [
        (Status.NO_DATA, False, False, "not_due"),
        (Status.NO_DATA, False, True, "no_data"),
        (Status.NO_DATA, True, True, "no_data"),
        (Status.TOO_RARE, False, True, "not_due"),
        (Status.TOO_RARE, True, True, "no_data"),
        (Status.NOT_APPLICABLE, False, True, "no_data"),
    ],
)
def test_without_a_value_nothing_is_said_about_the_target(
    status: Status, final: bool, due: bool, verdict: str
) -> None:
    found = judge(Measure("x", "2021", status), rule(">=", 95), Standing(final, due))
    assert found == verdict
    assert found in UNJUDGED


def test_without_a_baseline_a_relative_target_is_not_judged() -> None:
    assert judge(complete(5), None, FINAL) is Verdict.NO_BASELINE


def test_bounds_come_before_the_verdict() -> None:
    found = partial("80.29", "94.57", "93.67")
    assert judge(found, rule(">=", 95), FINAL) is Verdict.NOT_MET
    assert judge(found, rule(">=", 80), FINAL) is Verdict.MET
    assert judge(found, rule(">=", 93), FINAL) is Verdict.PARTIAL


def test_without_bounds_anything_is_possible() -> None:
    bare = replace(partial(0, 0), bounds=None)
    assert judge(bare, rule(">=", 95), FINAL) is Verdict.PARTIAL
    assert judge(partial(5, None), rule("<=", 4), FINAL) is Verdict.NOT_MET
    assert judge(partial(5, None), rule(">=", 4), FINAL) is Verdict.MET


def test_one_event_is_enough_to_miss_zero_events() -> None:
    assert judge(partial(1, None, 1), rule("=", 0), FINAL) is Verdict.NOT_MET
    assert judge(partial(0, None, 0), rule("=", 0), FINAL) is Verdict.PARTIAL


def test_an_exact_value_between_the_bounds_may_still_be_hit() -> None:
    assert judge(partial(90, 100, 95), rule("=", 95), FINAL) is Verdict.PARTIAL
    assert judge(partial(90, 94, 92), rule("=", 95), FINAL) is Verdict.NOT_MET


def test_of_two_good_or_two_slow_verdicts_the_milder_is_safe() -> None:
    assert judge(partial(95, 100), rule(">=", 95, 4), FINAL) is Verdict.MET
    running = Standing(False, True, Fraction(93), Fraction(1), Fraction(2), path=Path.LINEAR)
    assert judge(partial(90, "92.9"), rule(">=", 94), running) is Verdict.BEHIND


def test_a_missing_reporting_period_is_partial_though_every_unit_is_there() -> None:
    hole = replace(complete(50), missing_periods=("2021-Q2",))
    assert judge(hole, rule(">=", 95), FINAL) is Verdict.PARTIAL


NUMBER = st.fractions(-50, 150, max_denominator=50)
STANDINGS = st.builds(
    Standing,
    st.booleans(),
    st.just(True),
    st.none() | NUMBER,
    st.none() | NUMBER,
    st.sampled_from([Fraction(0), Fraction(2)]),
)
RULES = st.builds(Rule, st.sampled_from(TESTS[:4]), NUMBER, st.none() | st.fractions(1, 9))


def rank(verdict: Verdict) -> int:
    """From worst to best; the two "not met" are worse than anything before the deadline."""
    return BEST_LAST.index(verdict) if verdict in BEST_LAST else -1


@given(RULES, STANDINGS, NUMBER, NUMBER)
def test_a_better_value_never_gets_a_worse_verdict(
    rule: Rule, standing: Standing, one: Fraction, other: Fraction
) -> None:
    worse, better = sorted((one, other), key=lambda value: direction(rule.test) * value)
    verdicts = [judge(complete(value), rule, standing) for value in (worse, better)]
    assert rank(verdicts[0]) <= rank(verdicts[1])


@given(
    st.builds(Rule, st.sampled_from(TESTS), NUMBER, st.none() | st.fractions(1, 9)), STANDINGS,
    st.lists(NUMBER, min_size=2, max_size=2), st.lists(NUMBER, max_size=9),
)  # fmt: skip
def test_a_verdict_under_bounds_holds_for_whatever_the_missing_report(
    rule: Rule, standing: Standing, ends: list[Fraction], completions: list[Fraction]
) -> None:
    low, high = sorted(ends)
    said = judge(partial(low, high, low), rule, standing)
    milder = {Verdict.MET: {"met", "exceeded"}, Verdict.BEHIND: {"behind", "at_risk"}}
    if said is Verdict.PARTIAL:
        return
    for value in [low, high, *(v for v in completions if low <= v <= high)]:
        assert judge(complete(value), rule, standing) in milder.get(said, {said})


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ("met exceeded", "met"), ("met no_data", "no_data"), ("exceeded not_met", "not_met"),
        ("not_met no_data", "not_met"), ("on_track behind", "behind"), ("exceeded", "exceeded"),
    ],
)  # fmt: skip
def test_where_both_must_pass_the_worse_decides(verdicts: str, verdict: str) -> None:
    assert worst(map(Verdict, verdicts.split())) == verdict


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ("met met", "met"), ("met exceeded", "met"), ("exceeded exceeded", "exceeded"), ("met on_track", "on_track"),
        ("on_track", "on_track"), ("met not_met", "not_met"), ("met no_data", "partial"), ("no_data no_data", "no_data"),
        ("not_due no_data", "not_due"), ("met not_due", "not_due"), ("no_data not_met", "not_met"), ("met at_risk", "at_risk"), ("", "no_data"),
    ],
)  # fmt: skip
def test_every_unit_means_every_unit(verdicts: str, verdict: str) -> None:
    assert judge_each(map(Verdict, verdicts.split())) == verdict


def test_every_verdict_has_a_place_in_the_order() -> None:
    assert {worst([v]) for v in Verdict} == set(Verdict)


def made(found: Target, baseline: str | None = None) -> Rule | None:
    """The rule of a target with a margin of 5 %."""
    indicator = world().catalogue.indicators["insurance"]
    before = None if baseline is None else Fraction(baseline)
    test = comparison_of(found, indicator)
    return rule_for(found, test, baseline=before, margin_percent=5)


def test_maintain_means_the_value_from_before_or_the_one_written() -> None:
    keep = target(Comparator.MAINTAIN, read_as=Comparator.AT_LEAST)
    assert made(keep, "97") == rule(">=", 97, "4.85")
    assert made(keep) is None
    level = target(Comparator.MAINTAIN, "95", read_as=Comparator.MORE)
    assert made(level) == rule(">", 95, "4.75")


def test_the_margin_is_the_one_of_the_target_or_a_share_of_it() -> None:
    assert made(target(Comparator.AT_LEAST, "90", exceeded_by=Decimal(2))) == rule(">=", 90, 2)
    assert made(target(Comparator.AT_MOST, "-10")) == rule("<=", -10, "0.5")
    assert made(target(Comparator.AT_MOST, "0")) == rule("<=", 0)  # nothing is far beyond zero


def test_the_difference_is_in_the_unit_of_the_indicator() -> None:
    assert difference(Fraction("13.9"), Fraction(11)) == Fraction("2.9")


def test_a_gap_is_counted_in_what_is_lacking() -> None:
    catalogue = world().catalogue
    beds = Measure("b", "2021", Status.VALUE, Fraction(18), Decimal(180), Decimal(100_000))
    assert gap(catalogue.indicators["beds_per_10k"], beds, rule(">=", 20)) == 20
    count = Measure("b", "2021", Status.VALUE, Fraction(180), Decimal(180))
    assert gap(catalogue.indicators["beds"], count, rule(">=", 200)) == 20
    assert gap(catalogue.indicators["beds"], count, rule("<=", 150)) == 30
    assert gap(catalogue.indicators["beds"], count, rule("=", 150)) == -30
    lower = replace(catalogue.indicators["beds"], polarity=Polarity.LOWER)
    assert gap(lower, count, rule("=", 150)) == 30


def test_without_value_or_of_a_reported_figure_there_is_no_gap() -> None:
    insurance = world().catalogue.indicators["insurance"]
    half = Measure("i", "2021", Status.NO_DATA, None, Decimal(900), None)
    assert gap(insurance, half, rule(">=", 95)) is None
    survey = replace(insurance, kind=IndicatorKind.REPORTED)
    whole = Measure("i", "2021", Status.VALUE, Fraction(90), Decimal(90))
    assert gap(survey, whole, rule(">=", 95)) is None
