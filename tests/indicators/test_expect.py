"""Where a value should be, how fast it moved, and where it is heading."""

from fractions import Fraction

import pytest

from indicators.expect import (
    Point,
    best_step,
    cumulative_steps,
    elapsed_share,
    expected_now,
    history_of,
    project,
    quarters_left,
    steps,
)
from indicators.period import PeriodKind, parse_period
from indicators.plans import Path

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
