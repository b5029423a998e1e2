"""Measuring, by the name of the mistake that is not made."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.assessment import Table
from indicators.catalogue import Indicator
from indicators.matching import Sums
from indicators.measure import Measure, Status, share_of_units
from indicators.period import parse_period
from indicators.roster import Role
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import world


def indicator(name: str) -> Indicator:
    """An indicator of the small deployment."""
    return world().catalogue.indicators[name]


def measured(name: str, text: str, period: str = "2021-Q3", *, scope: str = "p") -> Measure:
    """An indicator over the scope, from a table of facts."""
    assessor = assess_facts(world(), facts(text), period, scope=scope)
    return assessor.measure(indicator(name), parse_period(period))


def grouped(name: str, text: str, kind: str, group: str, period: str = "2021-Q3") -> Measure:
    """An indicator over one group."""
    assessor = assess_facts(world(), facts(text), period)
    return assessor.measure_group(indicator(name), parse_period(period), kind, group)


COVERED = """
    t1 2021-Q3 insured=900  population=1000
    t2 2021-Q3 insured=40   population=50
    t3 2021-Q3 insured=9600 population=12000
"""


def test_a_ratio_of_sums_is_not_a_mean_of_ratios() -> None:
    value = measured("insurance", COVERED).value
    assert value == Fraction(1_054_000, 13_050)
    assert round(float(value), 2) == 80.77  # the mean of the three ratios is 83.33


def test_a_ratio_carries_its_factor_and_is_not_rounded() -> None:
    beds = measured("beds_per_10k", "h1 2021-Q3 beds=1\nt1 2021-Q3 population=3", scope="d1")
    assert beds.value == Fraction(10000, 3)


def test_nothing_is_clamped_at_100() -> None:
    assert measured("insurance", "t1 2021-Q3 insured=1100 population=1000", scope="d1").value == 110


def test_a_stock_is_never_added_over_time() -> None:
    text = "\n".join(f"h1 2021-Q{n} beds={n}00" for n in (1, 2, 3, 4))
    values = [
        measured("beds", text, p, scope="d1").value
        for p in ("2021-Q2", "2021-H1", "2021-9M", "2021")
    ]
    assert values == [200, 200, 300, 400]


def test_an_earlier_stock_does_not_stand_in_for_the_last() -> None:
    found = measured("beds", "h1 2021-Q3 beds=300", "2021", scope="d1")
    assert (found.status, found.value) == (Status.NO_DATA, None)


def test_a_flow_is_added_over_units_and_time() -> None:
    text = "\n".join(f"{u} 2021-Q{n} visits=1{n}" for u in ("h1", "t1") for n in (1, 2, 3))
    assert measured("visits_so_far", text, "2021-Q3", scope="d1").value == 72
    assert measured("visits_now", text, "2021-Q3", scope="d1").value == 26
    assert measured("visits_now", text, "2021-9M", scope="d1").value == 72


def test_a_flow_with_a_hole_is_partial_and_names_the_quarter() -> None:
    text = "t1 2021-Q1 visits=10\nt1 2021-Q3 visits=30\n" + "".join(
        f"h1 2021-Q{n} visits=1\n" for n in (1, 2, 3)
    )
    found = measured("visits_so_far", text, scope="d1")
    assert found.missing_periods == ("2021-Q2",)
    assert found.coverage.missing == ("t1",)
    assert found.bounds is not None and found.bounds.low == 43 and found.bounds.high is None


def test_a_smaller_sum_is_not_a_point_of_a_series() -> None:
    assessor = assess_facts(world(), facts("h1 2021-Q3 visits=1"), "2021-Q3", scope="d1")
    period = parse_period("2021-Q3")
    assert assessor.measure(indicator("visits_now"), period).value == 1
    assert assessor.value(indicator("visits_now"), period) is None


def test_a_unit_lacking_either_side_enters_neither() -> None:
    text = COVERED + "t2 2021-Q2 population=50"
    for lost in ("insured=40  ", "population=50\n    t3"):
        kept = text.replace(lost, "\n    t3" if "t3" in lost else "")
        found = measured("insurance", kept)
        assert (found.numerator, found.denominator) == (10500, 13000)
        assert found.coverage.missing == ("t2",)
        assert found.coverage.share == Fraction(13000, 13050)


BOUNDS = """
    t1 2021-Q3 insured=9500  population=10000
    t2 2021-Q3 insured=18600 population=20000
"""


def test_bounds_say_what_the_missing_may_still_do() -> None:
    found = measured("insurance", BOUNDS + "t3 2021-Q3 population=5000")
    assert found.value is not None and found.bounds is not None
    assert found.bounds.low is not None and found.bounds.high is not None
    three = [round(float(v), 2) for v in (found.value, found.bounds.low, found.bounds.high)]
    assert three == [93.67, 80.29, 94.57]
    assert found.coverage.share == Fraction(6, 7)


def test_the_population_of_the_missing_is_the_last_one_known() -> None:
    earlier = "t3 2020-Q4 population=4000\nt3 2021-Q1 population=5000\n"
    found = measured("insurance", BOUNDS + earlier)
    assert found.bounds is not None and found.bounds.low == Fraction(28100 * 100, 35000)


def test_without_any_population_of_the_missing_everything_is_possible() -> None:
    found = measured("insurance", BOUNDS)
    assert found.coverage.share is None
    assert found.bounds is not None and (found.bounds.low, found.bounds.high) == (0, 100)


def test_an_incomplete_earlier_sum_is_no_population() -> None:
    text = """
        t1 2021-Q3 population=1000
        h1 2021-Q3 beds=5
        h2 2021-Q3 beds=5
        t2 2021-Q3 population=1000
        t3 2021-Q2 population=700
        h3 2021-Q3 beds=1
    """
    found = measured("beds_per_10k", text)
    assert found.coverage.share == Fraction(2000, 2700)


def test_bounds_stay_in_order_when_more_is_reported_than_there_are_people() -> None:
    found = measured("insurance", BOUNDS.replace("9500 ", "29500 ") + "t3 2021-Q3 population=1")
    assert found.bounds is not None and found.bounds.low is not None
    assert found.bounds.high is not None and found.bounds.low <= found.bounds.high


def test_beds_without_limit_have_no_upper_bound() -> None:
    text = "t1 2021-Q3 population=1000\nh1 2021-Q3 beds=2\nt2 2021-Q3 population=1000"
    found = measured("beds_per_10k", text + "\nt3 2021-Q3 population=8000")
    assert found.bounds is not None and (found.bounds.low, found.bounds.high) == (2, None)


def test_a_hospital_without_people_is_beds_of_the_province() -> None:
    text = "".join(f"h{n} 2021-Q3 beds=10\n" for n in range(4))
    people = "".join(f"t{n} 2021-Q3 population=1000\n" for n in (1, 2, 3))
    found = measured("beds_per_10k", text + people)
    assert (found.numerator, found.denominator, found.value) == (40, 3000, Fraction(400, 3))


def test_a_district_without_its_beds_takes_its_people_along() -> None:
    text = "".join(f"h{n} 2021-Q3 beds=10\n" for n in (0, 1, 2))
    people = "".join(f"t{n} 2021-Q3 population=1000\n" for n in (1, 2, 3))
    found = measured("beds_per_10k", text + people)
    assert (found.numerator, found.denominator) == (30, 2000)


def test_details_are_never_added_to_the_parts() -> None:
    text = COVERED + "s1 2021-Q3 insured=1 population=1\ns2 2021-Q3 insured=1 population=1"
    assert measured("insurance", text).denominator == 13050


def test_details_are_what_there_is_in_a_commune() -> None:
    found = grouped("insurance", "s1 2021-Q3 insured=19 population=20", "commune", "c1")
    assert (found.value, found.role) == (95, Role.DETAIL)


def test_a_total_stands_in_only_where_no_part_is_there() -> None:
    total = "o 2021-Q3 population=30000\n"
    beds = "".join(f"h{n} 2021-Q3 beds=15\n" for n in range(4))
    assert measured("beds_per_10k", total + beds).denominator == 30000
    with_part = measured("beds_per_10k", total + beds + "t1 2021-Q3 population=1000")
    assert with_part.denominator == 1000


def test_a_reported_figure_is_never_added_up() -> None:
    assert measured("survey", "o 2021 survey=13.9", "2021").value == Fraction(139, 10)
    assert measured("survey", "o 2021 survey=13.9", "2021-Q3").status is Status.TOO_RARE


def test_of_several_reporters_a_reported_figure_has_no_value(tmp_path: object) -> None:
    catalogue = world().catalogue
    from dataclasses import replace

    from indicators.catalogue import IndicatorKind

    assessor = assess_facts(world(), facts("h1 2021-Q3 beds=1\nh2 2021-Q3 beds=1"), "2021-Q3")
    odd = replace(catalogue.indicators["beds"], kind=IndicatorKind.REPORTED)
    assert assessor.measure(odd, parse_period("2021-Q3")).status is Status.NO_DATA


def test_over_nobody_there_is_no_division() -> None:
    found = measured("insurance", "t1 2021-Q3 insured=0 population=0", scope="d1")
    assert (found.status, found.value, found.denominator) == (Status.NOTHING, None, 0)
    assert found.coverage.share is None


def test_zero_is_a_figure_and_missing_is_not_zero() -> None:
    assert measured("beds", "h1 2021-Q3 beds=0", scope="d1").value == 0
    assert measured("beds", "", scope="d1").value is None


def test_where_nobody_reports_it_an_indicator_does_not_apply() -> None:
    assert measured("beds", "", scope="o").status is Status.NOT_APPLICABLE
    assert measured("good_communes", "", scope="d2").status is Status.NOT_APPLICABLE
    assessor = assess_facts(world(), [], "2021-Q3")
    period = parse_period("2021-Q3")
    assert assessor.value_group(indicator("beds"), period, "unit", "o") is None
    share = assessor.measure_group(indicator("good_communes"), period, "district", "d1")
    assert share.status is Status.NOT_APPLICABLE


def test_a_yearly_figure_has_no_value_in_a_quarter() -> None:
    assessor = assess_facts(world(), facts("o 2021 survey=1"), "2021-Q3")
    assert assessor.value(indicator("survey"), parse_period("2021-Q3")) is None


def test_an_estimate_marks_what_it_enters() -> None:

    assessor = assess_facts(world(), facts(COVERED), "2021-Q3")
    found = assessor.table("unit")
    key = ("insured", "2021-Q3", Role.PARTS)
    column = replace(found.cells.reported[key], estimated=frozenset({"t1"}))
    cells = Sums({**found.cells.reported, key: column})
    assessor.tables["unit"] = Table(found.roster, cells)
    period = parse_period("2021-Q3")
    assert assessor.measure(indicator("insurance"), period).estimated
    assert not assessor.measure(indicator("beds"), period).estimated


COMMUNES = """
    s1 2021-Q3 insured=91 population=100
    s2 2021-Q3 insured=90 population=100
"""


def test_a_share_of_units_counts_units_each_of_which_passes() -> None:
    found = measured("good_communes", COMMUNES)
    assert (found.value, found.numerator, found.denominator) == (50, 1, 2)  # > 90 is strict


def test_a_unit_of_which_nothing_is_known_neither_passes_nor_fails() -> None:
    found = measured("good_communes", "s1 2021-Q3 insured=91 population=100")
    assert found.value == 100
    assert found.bounds is not None and (found.bounds.low, found.bounds.high) == (50, 100)
    assert found.coverage.missing == ("c2",)


def test_a_share_of_units_none_of_which_is_known_is_no_data() -> None:
    found = share_of_units(indicator("good_communes"), parse_period("2021"), {"c1": None})
    assert (found.status, found.numerator, found.denominator) == (Status.NO_DATA, None, None)


@pytest.mark.parametrize("period", ["2021-Q1", "2021-Q2"])
def test_a_cumulative_numerator_is_set_against_the_cohort_of_the_year(period: str) -> None:
    text = "t1 2021-Q1 immunised=25 children=100\nt1 2021-Q2 immunised=23 children=100"
    expected = {"2021-Q1": Fraction(25), "2021-Q2": Fraction(48)}
    assert measured("immunisation", text, period, scope="d1").value == expected[period]


def test_the_gaps_of_the_units_are_the_gap_of_the_whole() -> None:
    from indicators.judge import Rule, gap
    from indicators.plans import Comparator

    rule = Rule(Comparator.AT_LEAST, Fraction(95))
    insurance = indicator("insurance")
    parts = [
        gap(insurance, grouped("insurance", COVERED, "district", d), rule)
        for d in ("d1", "d2", "d3")
    ]
    assert parts == [50, Fraction(15, 2), 1800]
    assert gap(insurance, measured("insurance", COVERED), rule) == Fraction("1857.5")


def test_figures_may_have_decimals() -> None:
    assert measured("beds", "h1 2021-Q3 beds=10.5", scope="d1").numerator == Decimal("10.5")
