"""Two periods, two units, two plans: what compares, which way it goes, and why it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessment
from indicators.breaks import SeriesBreak
from indicators.catalogue import Chance, Indicator, IndicatorKind, Window
from indicators.compare import Pair, Reason, Turn, count_turns, worst_turned_first
from indicators.compare_periods import Then, compare_periods, earlier_periods
from indicators.compare_plans import Difference, compare_plans, nearest_plan
from indicators.compare_units import compare_units, like_units
from indicators.judge import Rule, Standing, Verdict
from indicators.matching import Coverage
from indicators.measure import Bounds, Measure, Status
from indicators.period import Period, parse_period
from indicators.plans import Comparator, Path, Plan, Target
from tests.indicators.small import world

WORLD = world()
PLAN = WORLD.plans["plan"]
SHARE = WORLD.catalogue.indicators["insurance"]
NOW, THEN = parse_period("2021-Q3"), parse_period("2020-Q3")


def measured(value: int | None, **more: object) -> Measure:
    """A measure with a value, or without one."""
    status = Status.NO_DATA if value is None else Status.VALUE
    shown = None if value is None else Fraction(value)
    return Measure("insurance", "2021-Q3", status, shown, **more)  # type: ignore[arg-type]


def partial(value: int, low: int, high: int) -> Measure:
    """A measure of which one of two units is missing."""
    coverage = Coverage(frozenset({"a", "b"}), frozenset({"a"}))
    return measured(value, coverage=coverage, bounds=Bounds(Fraction(low), Fraction(high)))


def assessed(
    found: Measure, verdict: Verdict = Verdict.MET, indicator: Indicator = SHARE, **more: object
) -> Assessment:
    """A target of at least 90 with this measure."""
    test = more.pop("test", Comparator.AT_LEAST)
    a = Assessment(
        PLAN.target("insurance"),
        indicator,
        "p",
        NOW,
        found,
        test,  # type: ignore[arg-type]
        Rule(test, Fraction(90)),  # type: ignore[arg-type]
        verdict,
        Standing(final=False, due=True),
        None,
    )
    return replace(a, **more)  # type: ignore[arg-type]


def pair_of(a: Assessment, before: Measure, then: Period = THEN) -> Pair:
    """The only pair of a target beside an earlier measure."""
    (compared,) = compare_periods([a], Then(then, lambda *_: before, {}))
    return compared.pairs[0]


@pytest.mark.parametrize(
    ("now", "before", "test", "turn"),
    [
        (93, 90, Comparator.AT_LEAST, Turn.BETTER),
        (90, 93, Comparator.MORE, Turn.WORSE),
        (93, 90, Comparator.AT_MOST, Turn.WORSE),
        (90, 93, Comparator.LESS, Turn.BETTER),
        (90, 90, Comparator.AT_MOST, Turn.SAME),
        (93, 90, Comparator.EQUAL, Turn.CHANGED),
        (None, 90, Comparator.AT_LEAST, Turn.UNKNOWN),
        (90, None, Comparator.AT_LEAST, Turn.UNKNOWN),
    ],
)
def test_which_way_it_goes(
    now: int | None, before: int | None, test: Comparator, turn: Turn
) -> None:
    pair = pair_of(assessed(measured(now), test=test), measured(before))
    assert pair.turn is turn
    assert pair.change == (None if turn is Turn.UNKNOWN else Fraction((now or 0) - (before or 0)))


def test_a_side_without_a_figure_says_which() -> None:
    assert pair_of(assessed(measured(None)), measured(90)).reason is Reason.NOT_HERE
    assert pair_of(assessed(measured(90)), measured(None)).reason is Reason.NOT_THERE


@pytest.mark.parametrize(
    ("low", "high", "turn"),
    [(91, 95, Turn.BETTER), (85, 89, Turn.WORSE), (89, 95, Turn.UNKNOWN), (90, 95, Turn.UNKNOWN)],
)
def test_units_that_are_missing_must_not_be_able_to_turn_it_around(
    low: int, high: int, turn: Turn
) -> None:
    pair = pair_of(assessed(partial(92 if turn is not Turn.WORSE else 88, low, high)), measured(90))
    assert pair.turn is turn
    assert (pair.reason is Reason.COVERAGE) == (turn is Turn.UNKNOWN)


def test_without_bounds_a_partial_value_tells_nothing() -> None:
    unbounded = replace(partial(99, 0, 0), bounds=None)
    assert pair_of(assessed(unbounded), measured(90)).reason is Reason.COVERAGE
    upwards = replace(partial(99, 0, 0), bounds=Bounds(Fraction(91), None))
    assert pair_of(assessed(upwards), measured(90)).turn is Turn.BETTER


def test_what_counts_up_only_compares_with_the_same_quarter() -> None:
    target = replace(PLAN.target("insurance"), path=Path.CUMULATIVE)
    so_far = assessed(measured(70), target=target)
    assert pair_of(so_far, measured(60)).turn is Turn.BETTER
    other = pair_of(so_far, measured(40), parse_period("2021-Q2"))
    assert other.reason is Reason.OTHER_QUARTER and other.change is None
    window = assessed(measured(70), indicator=replace(SHARE, window=Window.YEAR_TO_DATE))
    assert pair_of(window, measured(40), parse_period("2021-Q2")).reason is Reason.OTHER_QUARTER
    assert pair_of(assessed(measured(70)), measured(40), parse_period("2021-Q2")).reason is None


def test_a_break_between_is_named_and_one_before_does_not_matter() -> None:
    inside = SeriesBreak(date(2021, 2, 1), "đổi", "changed")
    broken = pair_of(assessed(measured(93), breaks=(inside,)), measured(90))
    assert broken.reason is Reason.BORDERS and broken.broken == inside
    assert broken.change is None and broken.turn is Turn.UNKNOWN
    before = SeriesBreak(date(2020, 2, 1), "đổi", "changed")
    assert pair_of(assessed(measured(93), breaks=(before,)), measured(90)).turn is Turn.BETTER


def test_a_change_within_chance_is_neither_better_nor_worse() -> None:
    counted = replace(SHARE, chance=Chance.PROPORTION)

    def drawn(top: int, bottom: int) -> Measure:
        found = measured(0, numerator=Decimal(top), denominator=Decimal(bottom))
        return replace(found, value=Fraction(100 * top, bottom))

    for now, before, turn in (((56, 70), (48, 80), Turn.BETTER), ((46, 70), (48, 80), Turn.CHANCE)):
        pair = pair_of(assessed(drawn(*now), indicator=counted), drawn(*before))
        assert pair.turn is turn
        # Of a full count luck means nothing: any difference is one.
        assert pair_of(assessed(drawn(*now)), drawn(*before)).turn is Turn.BETTER


def each(*verdicts: Verdict) -> Assessment:
    """An "every unit" target with units that stand like this."""
    units = tuple(
        assessed(measured(1), verdict, scope=f"d{n}") for n, verdict in enumerate(verdicts)
    )
    target = PLAN.target("every-district")
    return assessed(measured(50), Verdict.NOT_MET, target=target, units=units)


def test_every_unit_compares_by_the_share_that_passes_once_all_are_known() -> None:
    now = each(Verdict.MET, Verdict.MET, Verdict.MET, Verdict.NOT_MET)
    then = each(Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.NOT_MET)
    asked = Then(THEN, lambda *_: measured(50), {"every-district": then})
    (compared,) = compare_periods([now], asked)
    assert compared.pairs[0].change == 50 and compared.turn is Turn.BETTER
    assert (compared.pairs[0].here.passing, compared.pairs[0].there.passing) == (3, 1)
    unknown = each(Verdict.MET, Verdict.NO_DATA, Verdict.MET, Verdict.MET)
    (compared,) = compare_periods([unknown], asked)
    assert compared.pairs[0].reason is Reason.UNITS
    (compared,) = compare_periods([now], Then(THEN, lambda *_: measured(50), {}))
    assert compared.pairs[0].reason is Reason.OUTSIDE


def test_measures_that_must_all_pass_are_mixed_where_they_part() -> None:
    first, second = assessed(measured(93)), assessed(measured(80))
    both = replace(first, also=(first, second))
    values = iter([measured(90), measured(85)])
    (compared,) = compare_periods([both], Then(THEN, lambda *_: next(values), {}))
    assert [p.turn for p in compared.pairs] == [Turn.BETTER, Turn.WORSE]
    assert compared.turn is Turn.MIXED and count_turns([compared]) == {Turn.MIXED: 1}


def test_what_got_worse_stands_first_the_worst_verdict_of_it_before() -> None:
    rows = [
        assessed(measured(95), Verdict.MET),
        assessed(measured(80), Verdict.MET),
        assessed(measured(80), Verdict.NOT_MET),
    ]
    found = compare_periods(rows, Then(THEN, lambda *_: measured(90), {}))
    ordered = worst_turned_first(found)
    assert [(c.turn, c.a.verdict) for c in ordered] == [
        (Turn.WORSE, Verdict.NOT_MET),
        (Turn.WORSE, Verdict.MET),
        (Turn.BETTER, Verdict.MET),
    ]


def test_earlier_periods_are_of_the_same_length_from_a_year_before_the_plan() -> None:
    codes = [p.code for p in earlier_periods(NOW, PLAN)]
    assert codes == ["2021-Q2", "2021-Q1", "2020-Q4", "2020-Q3", "2020-Q2", "2020-Q1"]
    nine = [p.code for p in earlier_periods(parse_period("2021-9M"), PLAN)]
    assert nine == ["2020-9M"]
    assert [p.code for p in earlier_periods(parse_period("2021"), PLAN)] == ["2020"]


def test_two_units_compare_by_value_and_counts_do_not() -> None:
    here, there = assessed(measured(80), Verdict.NO_TARGET), assessed(measured(90), scope="q")
    (compared,) = compare_units([here], [there])
    assert compared.turn is Turn.WORSE and compared.here is None
    count = replace(SHARE, kind=IndicatorKind.COUNT)
    (compared,) = compare_units([replace(here, indicator=count)], [replace(there, indicator=count)])
    assert compared.pairs[0].reason is Reason.COUNTS
    silent = replace(here, measure=Measure("x", "2021", Status.NOT_APPLICABLE))
    assert compare_units([silent], [silent]) == ()
    assert compare_units([here], []) == ()


@given(st.integers(0, 100), st.integers(0, 100))
def test_two_sides_seen_from_the_other_are_the_mirror(one: int, other: int) -> None:
    a, b = assessed(measured(one)), assessed(measured(other))
    (there,) = compare_units([a], [b])
    (back,) = compare_units([b], [a])
    mirror = {Turn.BETTER: Turn.WORSE, Turn.WORSE: Turn.BETTER, Turn.SAME: Turn.SAME}
    assert back.turn is mirror[there.turn]
    assert there.pairs[0].change == -(back.pairs[0].change or 0)


def test_like_units_are_the_nearest_in_size() -> None:
    sizes = {"a": Decimal(100), "b": Decimal(90), "c": Decimal(500), "d": None}
    assert like_units("a", sizes, ["b", "c", "d"]) == ("b", "c")
    assert like_units("d", sizes, ["a", "b"]) == ()


def plan_of(plan_id: str, *targets: Target, last_year: int = 2021) -> Plan:
    """A plan with these targets."""
    return replace(PLAN, id=plan_id, targets=targets, last_year=last_year)


def asks(value: int | None, comparator: Comparator = Comparator.AT_LEAST) -> Target:
    """A target for the insured."""
    shown = None if value is None else Decimal(value)
    return replace(PLAN.target("insurance"), comparator=comparator, value=shown)


@pytest.mark.parametrize(
    ("here", "there", "more", "differs"),
    [
        (asks(13), asks(12), 1, (Difference.LEVEL,)),
        (asks(12), asks(13), -1, (Difference.LEVEL,)),
        (asks(12), asks(12), 0, ()),
        (asks(9, Comparator.AT_MOST), asks(12, Comparator.AT_MOST), 1, (Difference.LEVEL,)),
        (
            asks(9, Comparator.AT_MOST),
            asks(12),
            0,
            (Difference.LEVEL, Difference.COMPARATOR),
        ),
        (
            asks(None, Comparator.FALLS),
            asks(12, Comparator.LESS),
            0,
            (Difference.LEVEL, Difference.COMPARATOR),
        ),
    ],
)
def test_who_asks_more_and_in_what_they_differ(
    here: Target, there: Target, more: int, differs: tuple[Difference, ...]
) -> None:
    sides = (plan_of("one", here), {}), (plan_of("two", there), {})
    found = compare_plans(*sides, WORLD.catalogue.indicators)
    (pair,) = found.shared
    assert pair.asks_more == more and pair.differences == differs
    assert found.same_level == (Difference.LEVEL not in differs)


def test_what_only_one_plan_has_stands_apart_and_deadlines_differ() -> None:
    beds = PLAN.target("beds")
    one, two = plan_of("one", asks(90), beds), plan_of("two", asks(90), last_year=2025)
    found = compare_plans((one, {}), (two, {}), WORLD.catalogue.indicators)
    assert found.shared[0].differences == (Difference.DEADLINE,)
    assert [a.target.id for a in found.only_here] == ["beds"] and found.only_there == ()
    assert nearest_plan(one, [one, plan_of("none"), two]) is two
    assert nearest_plan(one, [one]) is None
