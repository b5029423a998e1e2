"""What stands beside a verdict, from figures; and what is not said where it would mislead."""

from dataclasses import replace
from fractions import Fraction

import pytest

from indicators.assess import Assessment
from indicators.chance import Method as IntervalMethod
from indicators.deployment import Deployment
from indicators.evidence import Evidence, LastYear, Pace, Way, evidence, last_year_of, pace_of
from indicators.expect import Method
from indicators.judge import Verdict
from indicators.measure import Bounds
from indicators.statistics.funnel import Place
from indicators.statistics.gap_closed import GapClosed, GapState
from indicators.statistics.trend import Trend
from indicators.variation import ChartState
from tests.indicators.figures import assess_facts, facts
from tests.indicators.lucky import lucky_world
from tests.indicators.small import world

CENTRES = ("t1", "t2", "t3")


def stated(
    target_id: str,
    text: str,
    period: str = "2021-Q3",
    *,
    scope: str = "p",
    of: Deployment | None = None,
) -> tuple[Assessment, Evidence]:
    """A target of the small plan and its evidence."""
    asked = assess_facts(of or world(), facts(text), period, scope=scope)
    found = asked.assess(asked.plan.target(target_id))
    return found, evidence(found, asked)


def insured(**shares: int) -> str:
    """Insurance of the three centres: q3=90 is 90 % in 2021-Q3, y4=88 in 2020-Q4."""
    return "\n".join(
        f"{t} {2021 if when[0] == 'q' else 2020}-Q{when[1]} insured={share} population=100"
        for when, share in shares.items()
        for t in CENTRES
    )


SLOW = insured(y1=84, y2=85, y3=86, y4=87, q1=87, q2=88, q3=88)


def test_the_way_to_the_target_and_to_where_it_should_be_by_now() -> None:
    _, found = stated("insurance", SLOW)  # 87 before, 91 asked, 90 by now
    assert found.gap_closed == Way(GapClosed(GapState.MEASURED, Fraction(25)))
    assert found.so_far == Way(GapClosed(GapState.MEASURED, Fraction(100, 3)))
    assert not found.partial


def test_a_cumulative_way_starts_in_january() -> None:
    text = "\n".join(f"{t} 2021-Q{q} immunised=20 children=100" for t in CENTRES for q in (1, 2, 3))
    _, found = stated("immunisation", text)
    assert found.gap_closed.closed.percent == Fraction(6000, 95)
    assert found.so_far.closed.percent == 100 * Fraction(60) / Fraction("71.25")


def test_a_level_is_seen_from_the_value_before_the_plan() -> None:
    before = "".join(f"h{n} 2020-Q4 beds=1\n" for n in range(4)) + insured(y4=1)
    now = "".join(f"h{n} 2021-Q3 beds=2\n" for n in range(4)) + insured(q3=1)
    small = (before + "\n" + now).replace("population=100", "population=1000")
    a, found = stated("beds", small)
    assert a.baseline is None and found.gap_closed.closed.percent == 200


@pytest.mark.parametrize(
    ("target_id", "text", "state"),
    [
        ("insurance", insured(q3=90), "no_baseline"),
        ("insurance", insured(y4=87), "no_value"),
        ("keep", "".join(f"h{n} 2021-Q3 beds=9\n" for n in range(4)), "no_value"),
        ("insurance", insured(y4=91, q3=90), "no_gap"),
        ("insurance", insured(y4=95, q3=90), "maintaining"),
    ],
)
def test_where_no_way_can_be_told_the_reason_is(target_id: str, text: str, state: str) -> None:
    _, found = stated(target_id, text)
    assert found.gap_closed == Way(GapClosed(GapState(state)))


def test_nothing_is_compared_across_a_change_of_the_definition() -> None:
    text = insured(y1=20, y2=19, y3=18, y4=17, q1=16, q2=15, q3=14)
    a, found = stated("redefined", text, of=lucky_world())
    assert a.breaks and found.gap_closed.closed.state is GapState.NO_BASELINE
    assert found.pace == Pace(required=Fraction(-4))
    assert found.last_year == LastYear(in_points=True) and found.mix is None
    assert found.trend is not None and found.trend.points == 1
    assert [p.period.code for p in found.chart.points] == ["2021-Q1", "2021-Q2", "2021-Q3"]
    assert found.estimate is not None  # of the value itself


def test_of_a_ceiling_no_pace_is_required() -> None:
    text = "\n".join(f"{u} 2021-Q1 visits=100" for u in (*CENTRES, "h0", "h1", "h2", "h3"))
    _, found = stated("ceiling", text, "2021-Q1", of=lucky_world())
    assert found.pace == Pace() and found.projection is None and found.season is None
    assert found.gap_closed.closed.state is GapState.MAINTAINING
    assert found.chart.state is ChartState.STARTS_AGAIN


@pytest.mark.parametrize(("before", "percent"), [(81, 90), (95, 100)])
def test_an_exact_target_is_approached_from_either_side(before: int, percent: int) -> None:
    now = 90 if before == 81 else 91
    _, found = stated("exact", insured(y4=before, q3=now), of=lucky_world())
    assert found.gap_closed.closed.percent == percent
    assert found.pace == Pace(required=Fraction(91 - now))


def test_a_ceiling_for_the_year_is_kept_and_not_approached() -> None:
    text = "\n".join(f"{u} 2021-Q1 visits=100" for u in (*CENTRES, "h0", "h1", "h2", "h3"))
    _, found = stated("budget", text, "2021-Q1", of=lucky_world())
    assert found.gap_closed.closed.state is GapState.MAINTAINING


def without(text: str, unit: str, period: str) -> str:
    """The figures without those of a unit in a period."""
    return "\n".join(x for x in text.splitlines() if not x.startswith(f"{unit} {period}"))


def test_while_a_unit_is_missing_the_way_has_its_bounds() -> None:
    a, found = stated("insurance", without(SLOW, "t3", "2021-Q3"))
    assert found.partial and found.gap_closed.closed == GapClosed(GapState.PARTIAL, Fraction(25))
    assert a.measure.bounds == Bounds(Fraction(176, 3), Fraction(92))
    assert found.gap_closed.low == 25 * (Fraction(176, 3) - 87)
    assert found.gap_closed.high == 125


def test_bounds_of_the_way_are_in_order_where_less_is_better() -> None:
    text = insured(y4=20, q3=15)
    _, found = stated("thin", without(text, "t3", "2021-Q3"), of=lucky_world())
    low, high = found.gap_closed.low, found.gap_closed.high
    assert found.gap_closed.closed.percent == 50
    assert low is not None and high is not None and low < 50 < high


def test_more_than_ever_done_is_never_achieved() -> None:
    a, found = stated("insurance", SLOW)
    assert a.verdict is Verdict.AT_RISK
    assert found.pace == Pace(required=Fraction(3), best=Fraction(1), never_achieved=True)
    _, fast = stated("insurance", insured(y1=80, y2=84, y3=86, y4=87, q1=87, q2=88, q3=88))
    assert fast.pace == Pace(required=Fraction(3), best=Fraction(4), never_achieved=False)


def test_downward_paces_are_below_zero() -> None:
    text = insured(y1=20, y2=19, y3=18, y4=17, q1=16, q2=15, q3=14)
    _, found = stated("thin", text, of=lucky_world())
    assert found.pace == Pace(required=Fraction(-4), best=Fraction(-1), never_achieved=True)


def test_two_steps_are_not_enough_history() -> None:
    _, found = stated("insurance", insured(q1=87, q2=88, q3=88))
    assert found.pace == Pace(required=Fraction(3))


def test_a_pace_always_away_from_the_target_cannot_keep_what_is_met() -> None:
    falling = insured(y1=99, y2=98, y3=97, y4=96, q1=95, q2=94, q3=93)
    _, met = stated("insurance", falling)
    assert met.pace.never_achieved is False
    _, missed = stated("insurance", insured(y1=95, y2=94, y3=93, y4=92, q1=91, q2=90, q3=89))
    assert missed.pace.never_achieved is True


def test_at_the_deadline_nothing_is_required_any_more() -> None:
    _, found = stated("insurance", SLOW + "\n" + insured(q4=88), "2021-Q4")
    assert found.pace == Pace(best=Fraction(1))
    _, short = stated("insurance", insured(q4=88), "2021-Q4")
    assert short.pace == Pace()


def test_never_achieved_holds_only_within_both_bounds() -> None:
    a, _ = stated("insurance", SLOW)
    missing = replace(a.measure, missing_periods=("2021-Q3",))

    def told(low: int | None, high: int | None) -> bool | None:
        ends = [None if end is None else Fraction(end) for end in (low, high)]
        return pace_of(replace(a, measure=replace(missing, bounds=Bounds(*ends)))).never_achieved

    assert (told(80, 89), told(80, 90), told(90, 92)) == (True, None, False)
    assert (told(80, None), told(None, None)) == (None, None)
    assert pace_of(replace(a, measure=missing)).never_achieved is None


def test_a_projection_says_how_it_is_made_and_stays_possible() -> None:
    _, found = stated("insurance", insured(y4=60, q3=97))
    assert found.projection is not None
    assert (found.projection.value, found.projection.method) == (100, Method.PACE)
    assert (found.projection.low, found.projection.high) == (None, None)


def test_earlier_years_say_how_a_year_runs() -> None:
    season = {"2020-Q1": 10, "2020-Q2": 20, "2020-Q3": 20, "2020-Q4": 50, "2021-Q1": 12}
    text = "\n".join(
        f"{t} {period} immunised={count} children=100"
        for t in CENTRES
        for period, count in season.items()
    )
    a, found = stated("immunisation", text, "2021-Q1")
    assert found.season is not None and found.season.projection is not None
    assert found.season.shares == tuple(Fraction(n, 10) for n in (1, 2, 2, 5))
    assert found.season.expected == Fraction("9.5") < a.measure.value  # type: ignore[operator]
    # 120 % of the cohort is not possible in an indicator that ends at 100.
    assert (found.season.projection.value, found.season.projection.method) == (100, Method.SEASONAL)
    assert a.projection is not None and a.projection.method is Method.CUMULATIVE
    assert stated("insurance", SLOW)[1].season is None
    holed = "\n".join(line for line in text.splitlines() if "2020-Q2" not in line)
    assert stated("immunisation", holed, "2021-Q1")[1].season is None


def test_last_year_is_told_in_points_where_the_unit_is_a_share() -> None:
    _, found = stated("insurance", insured(y3=86, q3=88))
    assert found.last_year == LastYear(Fraction(86), Fraction(2), None, True)
    beds = "".join(f"h{n} 2020-Q3 beds=4\nh{n} 2021-Q3 beds=5\n" for n in range(4))
    _, counted = stated("beds", beds + insured(y3=1, q3=1))
    assert counted.last_year.percent == 25 and not counted.last_year.in_points
    assert counted.last_year.change == Fraction(10000 * 4, 300)
    assert stated("insurance", insured(q3=88))[1].last_year == LastYear(in_points=True)


def test_from_nothing_there_is_no_relative_change() -> None:
    beds = "".join(f"h{n} 2020-Q3 beds=0\nh{n} 2021-Q3 beds=5\n" for n in range(4))
    _, found = stated("beds", beds + insured(y3=1, q3=1))
    assert found.last_year.percent is None and found.last_year.change is not None


def test_while_a_unit_is_missing_last_year_is_that_of_the_same_units() -> None:
    low = "t3 2020-Q3 insured=20 population=100\n"
    text = insured(y3=86, q3=88).replace("t3 2020-Q3 insured=86 population=100\n", low)
    a, found = stated("insurance", without(text, "t3", "2021-Q3"))
    assert a.measure.value == 88 and found.last_year.value == 64
    assert found.last_year.change == 2  # 86 to 88 in t1 and t2, and not 64 to 88
    assert found.mix is not None and (found.mix.units, found.mix.of) == (2, 3)
    assert last_year_of(a).change is None


def test_the_whole_against_its_units_is_to_be_warned_of() -> None:
    """Every district gains a point, and the province loses three: the people moved."""
    text = """
    t1 2020-Q3 insured=450 population=500
    t2 2020-Q3 insured=350 population=500
    t3 2020-Q3 insured=0 population=1
    t1 2021-Q3 insured=273 population=300
    t2 2021-Q3 insured=497 population=700
    t3 2021-Q3 insured=0 population=1
    """
    _, found = stated("insurance", text)
    assert found.mix is not None and found.mix.effect.is_reversed
    assert found.mix.effect.change == found.last_year.change
    assert found.mix.effect.rate > 0 > found.mix.effect.mix


def test_the_districts_hold_the_whole_gap_and_hospitals_of_the_province_the_rest() -> None:
    text = "h0 2021-Q3 beds=2\n" + "".join(f"h{n} 2021-Q3 beds=1\n" for n in (1, 2, 3))
    people = insured(q3=1).replace("population=100", "population=1000")
    a, found = stated("beds", text + people)
    assert a.gap == 1 and found.shares.rest == -2
    assert [s.gap for s in found.shares.units] == [1, 1, 1]
    assert [s.share for s in found.shares.units] == [1, 1, 1]
    assert found.shares.rest_share == -2


def test_every_unit_is_asked_what_the_whole_is_asked() -> None:
    """Of "each district" its own evidence: no units below, no ranking of its own."""
    text = insured(y4=80, q3=88)
    asked = assess_facts(world(), facts(text), "2021-Q3")
    a = asked.assess(asked.plan.target("every-district"))
    assert sum(s.share or 0 for s in evidence(a, asked).shares.units) == 1
    below = evidence(a.units[0], asked)
    assert below.shares.units == () and below.mix is None and below.trend is None
    assert below.gap_closed.closed.state is GapState.NO_BASELINE


def test_chance_stands_beside_parts_and_not_beside_full_counts() -> None:
    text = "\n".join(f"t{n} 2021-Q3 insured={9 + 40 * (n > 2)} population=100" for n in (1, 2, 3))
    _, found = stated("thin", text, of=lucky_world())
    assert found.estimate is not None and found.estimate.method is IntervalMethod.WILSON
    assert {p.unit: p.place for p in found.placed} == {
        "d1": Place.VERY_LOW, "d2": Place.VERY_LOW, "d3": Place.VERY_HIGH,
    }  # fmt: skip
    assert not found.too_few
    _, full = stated("insurance", text, of=lucky_world())
    assert (full.estimate, full.placed, full.trend) == (None, (), None)


def test_fewer_births_than_the_indicator_needs_are_too_few() -> None:
    def too_few(girls: int) -> bool:
        text = "\n".join(f"{t} 2021-Q3 insured=33 population={girls}" for t in CENTRES)
        return stated("boys", text, of=lucky_world())[1].too_few

    assert [too_few(33), too_few(34)] == [True, False]  # 198 and 201 births


def test_a_trend_is_that_of_the_same_quarter_of_five_years() -> None:
    lines = [
        f"{t} {year}-Q3 insured={800 + 20 * (year - 2017)} population=1000"
        for t in CENTRES
        for year in range(2017, 2022)
    ]
    _, found = stated("thin", "\n".join(lines), of=lucky_world())
    assert found.trend is not None
    assert (found.trend.trend, found.trend.points) == (Trend.RISING, 5)
    gap = "\n".join(line for line in lines if not line.startswith("t1 2018"))
    _, short = stated("thin", gap, of=lucky_world())
    assert short.trend is not None
    assert (short.trend.trend, short.trend.points) == (Trend.TOO_FEW, 3)


def test_the_chart_is_that_of_the_history() -> None:
    _, found = stated("insurance", SLOW)
    assert found.chart.state is ChartState.TRENDS and len(found.chart.points) == 7


def test_without_any_figure_nothing_is_said() -> None:
    a, found = stated("insurance", "")
    assert a.verdict is Verdict.NO_DATA
    assert found.pace == Pace() and found.last_year == LastYear(in_points=True)
    assert (found.projection, found.season, found.mix, found.estimate) == (None, None, None, None)
    assert not found.partial and not found.too_few and found.chart.points == ()
