"""Chance: intervals and places in a funnel where they mean something, silence where they do not."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.catalogue import Chance, Indicator
from indicators.chance import (
    Counted,
    Method,
    counted_of,
    estimate_of,
    funnel_at,
    is_beyond_chance,
    place_of,
)
from indicators.deployment import load_deployment
from indicators.matching import Coverage
from indicators.measure import Measure, Status, is_too_few
from indicators.statistics.funnel import Place
from tests.cli import ROOT
from tests.indicators.lucky import lucky_world

INDICATORS = lucky_world().catalogue.indicators
FULL = INDICATORS["insurance"]
THIN, BOYS, DEATHS = (INDICATORS[name] for name in ("thin", "boys", "deaths"))


def measured(top: int | str | None, bottom: int | str | None, *, missing: bool = False) -> Measure:
    """A measure with these sums, of two units of which one may be missing."""
    both = frozenset({"a", "b"})
    coverage = Coverage(both, frozenset({"a"}) if missing else both)
    sides = [None if side is None else Decimal(side) for side in (top, bottom)]
    value = None if None in sides else Fraction(1)
    return Measure("x", "2021", Status.VALUE, value, sides[0], sides[1], coverage)


@pytest.mark.parametrize(
    ("name", "chance", "enough"),
    [
        ("sex_ratio_at_birth", "odds", 200), ("infant_mortality", "rate", 200), ("underweight_under_5", "proportion", 30),
        ("beds_per_10k", "none", None), ("doctors_per_10k", "none", None), ("health_insurance_coverage", "none", None),
        ("stations_with_doctor", "none", None), ("full_immunisation_under_1", "none", None),
    ],
)  # fmt: skip
def test_chance_is_on_for_events_and_off_for_full_counts(
    name: str, chance: str, enough: int | None
) -> None:
    found = load_deployment(ROOT / "data").catalogue.indicators[name]
    assert (found.chance, found.enough) == (chance, enough)


def test_a_part_has_wilson_limits_in_percent() -> None:
    found = estimate_of(measured(950, 1000), THIN)
    assert found is not None and found.method is Method.WILSON and found.confidence == 0.95
    assert (found.low, found.high) == pytest.approx((93.468618, 96.186974), abs=5e-7)


@pytest.mark.parametrize(
    ("events", "births", "low", "high", "method"),
    [
        (5, 10000, 0.1623486, 1.1668332, Method.EXACT),
        (10, 10000, 0.4787450, 1.8391459, Method.BYAR),
    ],
)
def test_a_rate_has_exact_limits_below_ten_events_and_byars_from_there(
    events: int, births: int, low: float, high: float, method: Method
) -> None:
    found = estimate_of(measured(events, births), DEATHS)
    assert found is not None and found.method is method
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-8)


def test_odds_have_the_limits_of_the_part_in_the_sum_of_both() -> None:
    found, part = estimate_of(measured(105, 100), BOYS), estimate_of(measured(105, 205), THIN)
    assert found is not None and part is not None and found.high is not None
    assert part.high is not None
    assert found.low == pytest.approx(100 * part.low / (100 - part.low))
    assert found.high == pytest.approx(100 * part.high / (100 - part.high))
    assert found.low < 105 < found.high
    only_boys = estimate_of(measured(50, 0), BOYS)
    assert only_boys is not None and only_boys.high is None


def test_a_full_count_a_weight_and_a_partial_value_have_no_interval() -> None:
    assert estimate_of(measured(95, 100), FULL) is None
    assert estimate_of(measured("95.5", 100), THIN) is None
    assert estimate_of(measured(95, "100.5"), THIN) is None
    assert estimate_of(measured(101, 100), THIN) is None
    assert estimate_of(measured(0, 0), DEATHS) is None
    assert estimate_of(measured(None, 100), THIN) is None
    assert estimate_of(measured(95, 100, missing=True), THIN) is None
    assert counted_of(measured(95, 100, missing=True), THIN) == Counted(95, 100)


def test_too_few_counts_everybody_who_was_counted() -> None:
    assert [is_too_few(measured(1, n), THIN) for n in (29, 30)] == [True, False]
    assert [is_too_few(measured(boys, 100), BOYS) for boys in (99, 100)] == [True, False]
    assert not is_too_few(measured(1, 1), DEATHS)  # no limit set
    assert not is_too_few(measured(None, None), THIN)


@pytest.mark.parametrize(
    ("events", "place"),
    [
        (1, "very_low"),
        (2, "low"),
        (3, "low"),
        (4, "within"),
        (12, "within"),
        (17, "within"),
        (19, "high"),
        (30, "very_high"),
    ],
)
def test_a_small_unit_is_placed_by_what_chance_explains(events: int, place: str) -> None:
    whole = measured(1000, 100_000)  # 10 ‰: 10 of 1,000 are expected
    found = place_of("u", measured(events, 1000), whole=whole, indicator=DEATHS)
    assert found is not None and found.place == place
    assert (found.low, found.high) == (4, 17)


def test_no_deaths_among_few_births_are_not_few_deaths() -> None:
    found = place_of("u", measured(0, 300), whole=measured(10, 1000), indicator=DEATHS)
    assert found is not None and found.place is Place.WITHIN and found.low == 0


def test_the_funnel_of_odds_is_that_of_the_part() -> None:
    whole = measured(1130, 1000)
    usual = place_of("u", measured(60, 40), whole=whole, indicator=BOYS)
    strange = place_of("u", measured(600, 400), whole=whole, indicator=BOYS)
    assert usual is not None and usual.place is Place.WITHIN
    assert strange is not None and strange.place is Place.VERY_HIGH
    assert strange.low is not None and strange.high is not None
    assert strange.low < 113 < strange.high < 150


def test_only_whole_units_are_placed_and_only_where_chance_is_on() -> None:
    whole = measured(1000, 10000, missing=True)
    assert place_of("u", measured(10, 100), whole=whole, indicator=THIN) is not None
    partial = measured(10, 100, missing=True)
    assert place_of("u", partial, whole=whole, indicator=THIN) is None
    assert place_of("u", measured(10, 100), whole=whole, indicator=FULL) is None
    assert FULL.chance is Chance.NONE


def test_the_funnel_is_drawn_where_units_are_placed() -> None:
    whole = measured(1000, 100_000)
    for indicator in (THIN, BOYS, DEATHS):
        own = measured(12, 1000)
        found = place_of("u", own, whole=whole, indicator=indicator)
        assert found is not None
        (drawn,) = funnel_at([found.size], whole=whole, indicator=indicator)
        assert None not in (*drawn.inner, *drawn.outer, found.low, found.high)
        one = indicator.factor / 1000 if indicator is DEATHS else 1e-9  # an event more or less
        assert found.low - one < drawn.inner[0] <= found.low + 1e-9
        assert found.high - 1e-9 <= drawn.inner[1] < found.high + one
        assert drawn.outer[0] < drawn.inner[0] < drawn.inner[1] < drawn.outer[1]
        assert found.value == pytest.approx(
            12 / 1000 * (100 if indicator is BOYS else indicator.factor)
        )
    assert funnel_at([10], whole=whole, indicator=FULL) == []


@pytest.mark.parametrize(
    ("indicator", "before", "after", "beyond"),
    [
        (THIN, (48, 80), (56, 70), True),  # Newcombe: 0.052 to 0.334
        (THIN, (48, 80), (46, 70), False),
        (DEATHS, (10, 1000), (20, 1000), False),  # 20 of 30: Wilson 48.8 to 80.8 %, half is inside
        (DEATHS, (10, 1000), (25, 1000), True),  # 25 of 35: 54.9 to 83.7 %
        (DEATHS, (10, 1000), (50, 5000), False),
        (DEATHS, (0, 1000), (0, 1000), False),
        (FULL, (48, 80), (56, 70), None),
    ],
)
def test_a_change_is_more_than_chance_or_not(
    indicator: Indicator, before: tuple[int, int], after: tuple[int, int], beyond: bool | None
) -> None:
    assert is_beyond_chance(measured(*before), measured(*after), indicator) is beyond
    if beyond is not None:
        partial = measured(*after, missing=True)
        assert is_beyond_chance(measured(*before), partial, indicator) is None
