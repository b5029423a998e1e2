"""Where a value should be, how fast it moved, and where it is heading."""

from fractions import Fraction

import pytest

from indicators.catalogue import Polarity
from indicators.expect import (
    Method,
    Point,
    Profile,
    best_step,
    cumulative_steps,
    elapsed_share,
    expected_by_shares,
    expected_now,
    history_of,
    profile_by_shares,
    project,
    quarters_left,
    seasonal_shares,
    steps,
)
from indicators.period import PeriodKind, parse_period
from indicators.plans import Path
from indicators.statistics.gap_closed import gap_closed

YEAR = parse_period("2021")


def point(period: str, value: object) -> Point:
    """A point of a series."""
    return Point(parse_period(period), None if value is None else Fraction(str(value)))


def series(text: str) -> list[Point]:
    """Points "2021-Q1=93 2021-Q2=-"; "-" is a gap."""
    pairs = [pair.split("=") for pair in text.split()]
    return [point(period, None if value == "-" else value) for period, value in pairs]


def expected(path: Path, now: str, target: str = "95", before: Point | None = None) -> object:
    """Where the value should be, for a deadline at the end of 2021."""
    found = expected_now(
        path, target=Fraction(target), baseline=before, now=parse_period(now), deadline=YEAR
    )
    return None if found is None else str(float(found))


BEFORE = point("2020", 92)


@pytest.mark.parametrize(
    ("now", "value"),
    [
        ("2021-Q1", "92.75"),
        ("2021-H1", "93.5"),
        ("2021-Q2", "93.5"),
        ("2021-9M", "94.25"),
        ("2021", "95.0"),
    ],
)
def test_a_linear_path_goes_in_equal_steps(now: str, value: str) -> None:
    assert expected(Path.LINEAR, now, before=BEFORE) == value


def test_a_linear_path_downward() -> None:
    assert expected(Path.LINEAR, "2021-Q2", "9", point("2020", 12)) == "10.5"


def test_without_a_baseline_a_linear_path_expects_nothing() -> None:
    assert expected(Path.LINEAR, "2021-Q1") is None
    assert expected(Path.LINEAR, "2021-Q1", before=point("2020", None)) is None


def test_a_cumulative_cohort_is_expected_to_be_a_quarter_of_the_way_at_q1() -> None:
    found = [expected(Path.CUMULATIVE, now) for now in ("2021-Q1", "2021-Q2", "2021-9M", "2021")]
    assert found == ["23.75", "47.5", "71.25", "95.0"]


def test_a_level_is_expected_all_the_time() -> None:
    assert expected(Path.LEVEL, "2021-Q1") == "95.0"


@pytest.mark.parametrize(
    ("start", "now", "deadline", "share"),
    [
        ("2020", "2021-Q1", "2021", Fraction(1, 4)), ("2020", "2022", "2025", Fraction(2, 5)),
        ("2020", "2019", "2021", Fraction(0)), ("2020", "2030", "2021", Fraction(1)),
        ("2021", "2021", "2021", Fraction(1)), ("2020-Q2", "2020-Q3", "2020", Fraction(1, 2)),
    ],
)  # fmt: skip
def test_the_elapsed_share_is_between_0_and_1(
    start: str, now: str, deadline: str, share: Fraction
) -> None:
    assert elapsed_share(*map(parse_period, (start, now, deadline))) == share


def test_no_step_is_taken_over_a_gap() -> None:
    assert steps(series("2020-Q4=90 2021-Q1=91 2021-Q2=- 2021-Q3=95 2021-Q4=97")) == [1, 2]


def test_monthly_steps_are_told_per_quarter() -> None:
    assert steps(series("2021-01=10 2021-02=11")) == [3]


def test_a_cumulative_series_starts_again_each_january() -> None:
    found = cumulative_steps(
        series("2020-Q3=70 2020-Q4=95 2021-Q1=20 2021-Q2=50 2021-Q3=- 2021-Q4=90")
    )
    assert found == [25, 20, 30]


def test_the_best_step_needs_three() -> None:
    assert best_step(Path.LINEAR, series("2021-Q1=1 2021-Q2=2 2021-Q3=4"), 1) is None
    four = series("2020-Q4=0 2021-Q1=1 2021-Q2=2 2021-Q3=4")
    assert best_step(Path.LINEAR, four, 1) == 2
    assert best_step(Path.LINEAR, four, -1) == -1
    assert best_step(Path.LINEAR, four, 0) is None
    assert best_step(Path.CUMULATIVE, four[:3], 1) is None
    assert best_step(Path.CUMULATIVE, series("2021-Q1=20 2021-Q2=50 2021-Q3=60"), 1) == 30


def test_quarters_left_are_never_negative() -> None:
    assert quarters_left(parse_period("2021-Q2"), YEAR) == 2
    assert quarters_left(parse_period("2021-08"), YEAR) == Fraction(4, 3)
    assert quarters_left(parse_period("2022"), YEAR) == 0


def projected(
    path: Path, now: str, value: object, before: Point | None, history: str = ""
) -> object:
    """The projection to the end of 2021 for a target of 95."""
    return project(
        path,
        value=None if value is None else Fraction(str(value)),
        target=Fraction(95),
        baseline=before,
        series=series(history),
        now=parse_period(now),
        deadline=YEAR,
    )


def test_at_the_pace_so_far_93_1_becomes_94_2_and_0_95_a_quarter_is_required() -> None:
    found = projected(Path.LINEAR, "2021-Q2", "93.1", BEFORE)
    assert found is not None
    told = [float(x) for x in (found.value, found.pace, found.required)]  # type: ignore[attr-defined]
    assert told == [94.2, 0.55, 0.95]
    assert (found.low, found.high) == (None, None)  # type: ignore[attr-defined]


def test_the_range_of_a_projection_is_that_of_past_paces() -> None:
    history = "2020-Q3=91 2020-Q4=92 2021-Q1=92.1 2021-Q2=93.1"
    found = projected(Path.LINEAR, "2021-Q2", "93.1", BEFORE, history)
    assert (found.low, found.high) == (Fraction("93.3"), Fraction("95.1"))  # type: ignore[union-attr,attr-defined]


def test_a_cumulative_value_is_projected_from_january() -> None:
    found = projected(Path.CUMULATIVE, "2021-Q2", 45, None, "2021-Q1=20 2021-Q2=45")
    assert (found.value, found.pace, found.required) == (90, Fraction(45, 2), 25)  # type: ignore[union-attr,attr-defined]


@pytest.mark.parametrize(
    ("now", "value", "before"),
    [("2021", 93, BEFORE), ("2021-Q2", None, BEFORE), ("2021-Q2", 93, None), ("2021-Q2", 93, point("2020", None)),
     ("2021-Q2", 93, point("2021-Q2", 93))],
)  # fmt: skip
def test_without_history_or_future_there_is_no_projection(
    now: str, value: object, before: Point | None
) -> None:
    assert projected(Path.LINEAR, now, value, before) is None


def test_the_history_runs_from_january_of_the_first_year() -> None:
    found = history_of(parse_period("2021-Q2"), PeriodKind.QUARTER, 2020)
    assert " ".join(map(str, found)) == "2020-Q1 2020-Q2 2020-Q3 2020-Q4 2021-Q1 2021-Q2"
    assert history_of(parse_period("2021-Q2"), PeriodKind.YEAR, 2019) == tuple(
        map(parse_period, ("2019", "2020"))
    )


# methods 3.3 and 3.4: a target of 12,000 in a year that does not run evenly
SEASON = tuple(map(Fraction, ("0.22", "0.24", "0.25", "0.29")))
FLOW_TARGET, FLOW = Fraction(12000), Fraction(5400)
HALF = parse_period("2021-Q2")


def percent_of(expectation: Fraction, actual: Fraction, start: int = 0) -> Fraction | None:
    """How much of what is due by now is done, in percent."""
    higher = Polarity.HIGHER if expectation > start else Polarity.LOWER
    found = gap_closed(actual, baseline=Fraction(start), target=expectation, polarity=higher)
    return found.percent


def test_5400_of_12000_at_half_year_are_90_percent_evenly_and_97_8_by_season() -> None:
    evenly = expected_now(
        Path.CUMULATIVE, target=FLOW_TARGET, baseline=None, now=HALF, deadline=YEAR
    )
    assert evenly is not None and percent_of(evenly, FLOW) == 90
    by_season = expected_by_shares(FLOW_TARGET, SEASON, HALF)
    assert by_season == 5520
    assert float(percent_of(by_season, FLOW) or 0) == pytest.approx(97.8, abs=0.05)


def test_5400_become_10800_evenly_and_11739_by_season_and_3300_a_quarter_are_required() -> None:
    def ahead(profile: Profile | None) -> tuple[float, float, Method]:
        found = project(
            Path.CUMULATIVE,
            value=FLOW,
            target=FLOW_TARGET,
            baseline=None,
            series=[],
            now=HALF,
            deadline=YEAR,
            profile=profile,
        )
        assert found is not None and found.required is not None
        return float(found.value), float(found.required), found.method

    assert ahead(None) == (10800, 3300, Method.CUMULATIVE)
    value, required, method = ahead(profile_by_shares(SEASON))
    assert (round(value), required, method) == (11739, 3300, Method.SEASONAL)


def test_the_required_pace_is_1_73_times_the_pace_so_far() -> None:
    found = projected(Path.LINEAR, "2021-Q2", "93.1", BEFORE)
    assert float(found.required / found.pace) == pytest.approx(1.73, abs=0.005)  # type: ignore[attr-defined]
    assert found.method is Method.PACE  # type: ignore[attr-defined]


def test_the_shares_of_a_season_are_those_of_full_years() -> None:
    year = "2020-Q1=22 2020-Q2=46 2020-Q3=71 2020-Q4=100"
    assert seasonal_shares(series(year), before=2021) == SEASON
    assert seasonal_shares(series(year + " 2021-Q1=90"), before=2021) == SEASON
    assert seasonal_shares(series(year), before=2020) is None
    monthly = " ".join(f"2020-{m:02d}={m * m}" for m in range(1, 13))
    assert seasonal_shares(series(monthly), before=2021) == tuple(
        Fraction(n, 16) for n in (1, 3, 5, 7)
    )


def test_years_count_by_what_they_did_and_not_alike() -> None:
    small = "2019-Q1=100 2019-Q2=100 2019-Q3=100 2019-Q4=100 "
    large = "2020-Q1=0 2020-Q2=0 2020-Q3=0 2020-Q4=300"
    assert seasonal_shares(series(small + large), before=2021) == (
        Fraction(1, 4), 0, 0, Fraction(3, 4),
    )  # fmt: skip


@pytest.mark.parametrize(
    "year",
    [
        "2020-Q1=22 2020-Q2=- 2020-Q3=71 2020-Q4=100",
        "2020-Q1=22 2020-Q3=71 2020-Q4=100",
        "2020-Q1=22 2020-Q2=46 2020-Q3=40 2020-Q4=100",
        "2020-Q1=0 2020-Q2=0 2020-Q3=0 2020-Q4=0",
        "2020=100",
        "",
    ],
)
def test_a_year_with_a_hole_a_fall_or_nothing_has_no_shares(year: str) -> None:
    assert seasonal_shares(series(year), before=2021) is None


def test_a_profile_is_straight_between_the_ends_of_its_spans() -> None:
    found = Profile((Fraction(1, 5), Fraction(1)))
    ends = [Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(2)]
    told = [found.at(elapsed) for elapsed in ends]
    assert told == [0, Fraction(1, 10), Fraction(1, 5), Fraction(3, 5), 1, 1]
    assert found.at(Fraction(-1)) == 0


@pytest.mark.parametrize("shares", ["", "0.5 0.9", "0.5 0.4 1", "-0.1 1", "0.5 1.2"])
def test_an_impossible_profile_is_refused(shares: str) -> None:
    with pytest.raises(ValueError, match="a profile must rise from 0 to 1"):
        Profile(tuple(map(Fraction, shares.split())))


def test_an_entered_profile_moves_what_is_due_and_what_is_projected() -> None:
    late = Profile(tuple(map(Fraction, ("0.1", "0.2", "0.5", "1"))))

    def due(now: str) -> object:
        return expected_now(
            Path.LINEAR,
            target=Fraction(95),
            baseline=BEFORE,
            now=parse_period(now),
            deadline=YEAR,
            profile=late,
        )

    assert [due(now) for now in ("2021-Q1", "2021-Q2", "2021-Q3", "2021")] == [
        Fraction("92.3"), Fraction("92.6"), Fraction("93.5"), 95,
    ]  # fmt: skip
    found = project(
        Path.LINEAR,
        value=Fraction("92.6"),
        target=Fraction(95),
        baseline=BEFORE,
        series=[],
        now=HALF,
        deadline=YEAR,
        profile=late,
    )
    assert found is not None and (found.value, found.method) == (95, Method.PROFILE)


def test_an_even_profile_is_the_straight_line() -> None:
    even = profile_by_shares((Fraction(1, 4),) * 4)
    for path, now in ((Path.LINEAR, "2021-Q2"), (Path.CUMULATIVE, "2021-08")):
        asked = {"target": Fraction(95), "baseline": BEFORE, "now": parse_period(now), "deadline": YEAR}  # fmt: skip
        assert expected_now(path, **asked, profile=even) == expected_now(path, **asked)  # type: ignore[arg-type]


def test_a_level_knows_no_profile_and_nothing_due_projects_nothing() -> None:
    late = Profile((Fraction(0), Fraction(0), Fraction(0), Fraction(1)))
    asked = {"target": Fraction(95), "baseline": BEFORE, "now": HALF, "deadline": YEAR}
    assert expected_now(Path.LEVEL, **asked, profile=late) == 95  # type: ignore[arg-type]
    more = {**asked, "value": Fraction("93.1"), "series": [], "profile": late}
    level = project(Path.LEVEL, **more)  # type: ignore[arg-type]
    assert level is not None and (level.value, level.method) == (Fraction("94.2"), Method.PACE)
    assert project(Path.LINEAR, **more) is None  # type: ignore[arg-type]


def test_the_range_holds_the_projected_value() -> None:
    slow_steps = "2020-Q1=90 2020-Q2=90.1 2020-Q3=90.2 2020-Q4=90.3"
    found = projected(Path.LINEAR, "2021-Q2", "93.1", BEFORE, slow_steps)
    assert found.low == Fraction("93.3") and found.high == found.value  # type: ignore[attr-defined]


def growth(first: float, last: float, years: int) -> float:
    """The compound rate of growth of a year."""
    return float((last / first) ** (1 / years) - 1)


@pytest.mark.parametrize(
    ("base", "goal", "actual", "gone", "years", "rate"),
    [(20, 0, Fraction(40, 3), 5, 15, 0.16), (20, 10, Fraction(16), 2, 5, 0.816)],
)
def test_on_the_line_is_100_percent_of_plan_where_compound_growth_sees_a_failure(
    base: int, goal: int, actual: Fraction, gone: int, years: int, rate: float
) -> None:
    """Methods 3.2: why no rate of compound growth is used; it replaces a goal of 0 by 0.001."""
    compound = growth(base, actual, gone) / growth(base, goal or 0.001, years)
    assert compound == pytest.approx(rate, abs=0.002)
    due = expected_now(
        Path.LINEAR,
        target=Fraction(goal),
        baseline=point("2015", base),
        now=parse_period(str(2015 + gone)),
        deadline=parse_period(str(2015 + years)),
    )
    assert due == actual
    assert percent_of(due, actual, base) == 100
