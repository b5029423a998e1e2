"""The rules behind the tables of the demo: hand examples; and what the tables were written to tell."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from etl.demo import story
from etl.demo.marks import Enough, Flag, Rise, Score
from etl.demo.rules import NOTHING, Ask, Named, Share, Size, Total, at, to_step
from etl.demo.simulate import Province, periods_told, rules
from indicators.deployment import load_deployment
from indicators.period import parse_period
from indicators.units import Unit

DATA = Path(__file__).resolve().parents[2] / "data"
A, B = (Unit(name, "district_hospital", name, name, f"th-{name}", None) for name in ("a", "b"))
CENT = Decimal("0.01")


def ask(turn=0, *, year=0, before=None, **columns):
    """The column of a quantity for two units; ``columns`` are what it may be measured by."""
    base = {"each": {"a": 1, "b": 1}, **columns}
    return Ask("x", f"2020-Q{turn + 1}", turn, year, (A, B), base.__getitem__, before)


def test_a_list_runs_over_the_periods_and_one_number_is_for_all():
    assert [at([1, 2], turn) for turn in (0, 1)] == [1, 2]
    assert at([3], 7) == at(3, 7) == 3 and to_step(Decimal("3.149"), CENT) == Decimal("3.15")


def test_named_says_its_units_and_nothing_where_the_work_is_not_theirs():
    events = {"2020-Q2": {"b": 2}}
    assert Named(default=[0, 5], units={"a": 1}).column(ask(1)) == {"a": 1, "b": 5}
    assert Named(units={"a": 1}, nil=True).column(ask()) == {"a": 1, "b": NOTHING}
    assert Named(events=events).column(ask(1)) == {"a": 0, "b": 2}


def test_size_is_so_much_of_a_base_and_follows_the_periods():
    rule = Size(by="beds", per=Decimal("1.5"), over=[1, Decimal("0.5")], units={"b": 7})
    assert rule.column(ask(1, beds={"a": 20, "b": 40})) == {"a": 15, "b": 7}


def test_a_share_is_rounded_as_it_accumulates():
    whole = {"a": 5, "b": 10}
    first = ask(0, of=whole)
    rule = Share(of="of", rates=[50])
    assert rule.column(first) == {"a": 2, "b": 5}  # 2.5 so far
    assert rule.column(ask(1, before=first, of=whole)) == {"a": 3, "b": 5}  # 5 so far


def test_a_fall_stays_a_fall_and_a_rise_a_rise_after_rounding():
    one = Decimal("0.99"), Decimal("0.99")
    rule = Share(
        "of", rates=10, change=one, worse=["b"], worse_change=[Decimal("1.01")] * 2, exact={}
    )
    before = rule.column(ask(of={"a": 101, "b": 101}))
    after = rule.column(ask(year=1, of={"a": 101, "b": 110}))
    assert before == {"a": 11, "b": 11} and after == {"a": 9, "b": 12}


def test_a_share_never_exceeds_its_whole_and_an_exact_rate_is_exact():
    rule = Share("of", rates=120, exact={"b": 80})
    assert rule.column(ask(of={"a": 9, "b": 150})) == {"a": 9, "b": 120}


def test_a_total_is_shared_out_to_the_last_one_within_its_cap():
    assert Total(10, by="size", cap="cap").column(
        ask(size={"a": 9, "b": 1}, cap={"a": 3, "b": 20})
    ) == {"a": 3, "b": 7}
    assert Total(28, cap="cap", short=True).column(ask(cap={"a": 10, "b": 20})) == {
        "a": 9,
        "b": 19,
    }
    people = {"a": 100, "b": 100}
    part = Total(50, above="low", cap="of", percent_of="of").column(
        ask(low={"a": 10, "b": 50}, of=people)
    )
    assert part == {"a": 30, "b": 70}


def test_a_flag_once_reached_stays():
    rule = Flag(counts=[0, 1, 2], last=["a"])
    assert [rule.column(ask(turn)) for turn in range(3)] == [
        {"a": 0, "b": 0},
        {"a": 0, "b": 1},
        {"a": 1, "b": 1},
    ]
    assert Flag(counts=2, of="has").column(ask(has={"a": 1, "b": 0})) == {"a": 1, "b": 0}
    assert Flag(counts=2, only=["b"]).column(ask()) == {"a": 0, "b": 1}


def test_a_score_lies_in_its_range_and_lay_lower_before():
    rule = Score(
        Decimal("0.5"),
        {"district_hospital": [3, 4]},
        [1, 2],
        low={"district_hospital": [2, 2]},
        low_units=["b"],
    )
    after, before = rule.column(ask(1, year=1)), rule.column(ask())
    assert 3 <= after["a"] <= 4 and after["b"] == 2 and before["a"] < after["a"]
    assert all(score % Decimal("0.5") == 0 for score in after.values())


def test_a_score_that_rises_enough_does_so_after_rounding():
    start = {"district_hospital": [3, 3]}
    low, high = [Decimal("1.05")] * 2, [Decimal("1.049")] * 2
    rule = Rise(CENT, start, low, ["b"], high)
    assert rule.column(ask()) == {"a": 3, "b": 3}
    assert rule.column(ask(1, year=1)) == {"a": Decimal("3.15"), "b": Decimal("3.14")}


def test_enough_people_for_the_beds_but_for_those_who_lack_one():
    rule = Enough("beds", 150, ["b", "a"], [1, 0])
    beds = {"a": 150, "b": 151}
    assert rule.column(ask(beds=beds)) == {"a": 1, "b": 1}
    assert rule.column(ask(1, beds=beds)) == {"a": 1, "b": 2}


@cache
def province():
    return Province(load_deployment(DATA))


def column(form, code, quantity):
    """Unit to what it says; the cells that are numbers."""
    sent = province().sent(province().deployment.catalogue.forms[form], parse_period(code))
    return {unit: v[quantity] for unit, v in sent.items() if isinstance(v[quantity], Decimal)}


@pytest.mark.parametrize("form", rules())
def test_every_rule_is_of_its_form_and_every_quantity_of_it_has_one(form):
    assert list(rules()[form].keys() ^ set(known(form).quantities)) == []


@pytest.mark.parametrize("form", rules())
def test_every_unit_that_a_rule_names_fills_the_form(form):
    period = periods_told(known(form).frequency)[-1]
    units = province().sent(known(form), period).keys()
    assert {name for rule in rules()[form].values() for name in named_in(rule)} <= units


def known(form):
    return province().deployment.catalogue.forms[form]


def named_in(rule):
    """Ids of units anywhere in a rule."""
    for value in vars(rule).values():
        inside = value.values() if isinstance(value, dict) else ()
        yield from (u for v in inside if isinstance(v, dict) for u in v)
        if isinstance(value, dict | list | tuple):
            yield from (u for u in value if isinstance(u, str) and u.startswith("th-"))


def worse(form, top, bottom):
    """The units whose rate of 2021 is above that of 2020, and those where it is the same."""
    rates = [
        {u: total(form, year, top, u) / total(form, year, bottom, u) for u in units(form)}
        for year in story.YEARS
    ]
    return (
        {u for u, rate in rates[1].items() if rate > rates[0][u]},
        {u for u, rate in rates[1].items() if rate == rates[0][u]},
    )


def units(form):
    return column(form, "2021-Q4", known(form).quantities[0])


def total(form, year, quantity, unit):
    return sum(column(form, f"{year}-Q{n}", quantity)[unit] for n in (1, 2, 3, 4))


def test_three_hospitals_keep_people_longer_and_two_as_long_as_before():
    rose, same = worse("hospital_requirements_quarter", "inpatient_days", "inpatients_discharged")
    assert rose == {"th-bvdk-nga-son", "th-bvdk-thach-thanh", "th-bv-phoi"}
    assert same == {"th-bvdk-bim-son", "th-bvdk-hau-loc"}
    at_minimum = column("hospital_requirements_quarter", "2021-Q4", "stay_at_class_minimum")
    assert all(at_minimum[unit] for unit in same) and at_minimum["th-bvdk-nga-son"]


def test_four_hospitals_send_more_up_and_nowhere_do_wound_infections_rise():
    form = "hospital_requirements_quarter"
    rose, _ = worse(form, "patients_referred_up", "patient_visits")
    assert rose == {f"th-bvdk-{n}" for n in ("quan-hoa", "muong-lat", "ba-thuoc", "thuong-xuan")}
    assert worse(form, "surgical_site_infections", "surgeries")[0] == set()


def test_two_scores_rise_by_less_than_five_per_cent_and_one_by_exactly_five():
    score = ("hospital_requirements_year", "hospital_quality_score_points")
    first, second = (column(score[0], str(year), score[1]) for year in story.YEARS)
    enough = {u: second[u] - first[u] * Decimal("1.05") for u in first}
    assert {u for u, d in enough.items() if d < 0} == {"th-bvdk-quan-son", "th-bvdk-lang-chanh"}
    assert {u for u, d in enough.items() if d == 0} == {"th-bvdk-cam-thuy"}


def test_two_health_centres_fail_at_their_toilets_each_in_its_way():
    form = "ttyt_requirements_year"
    good, all_of = (column(form, "2021", q) for q in ("toilets_four_points", "toilets"))
    lowest = column(form, "2021", "toilet_lowest_score")
    assert {u for u in good if good[u] / all_of[u] <= Decimal("0.6")} == {"th-ttyt-quan-hoa"}
    assert {u for u in lowest if lowest[u] < 3} == {"th-ttyt-lang-chanh"}


def test_the_food_poisoning_the_emergency_medicines_and_the_works():
    events = column("ttyt_requirements_quarter", "2021-Q2", "large_food_poisonings")
    assert {u for u, n in events.items() if n} == {"th-ttyt-sam-son"}
    lots = column("hospital_requirements_year", "2021", "medicine_exception_lot_lowest")
    assert {u for u, rate in lots.items() if rate < 50} == {"th-bvdk-thuong-xuan"}
    works = column("hospital_projects_year", "2021", "wastewater_system_repaired")
    assert (len(works), sum(works.values())) == (10, 8)


@pytest.mark.parametrize("period", periods_told(parse_period("2021-Q1").kind), ids=str)
def test_what_is_narrower_is_never_more(period):
    centres = [("ttyt_tasks_quarter", "ttyt_quarter")] * 3
    pairs = (
        ("stations_managing_diabetes_hypertension", "stations_managing_ncd"),
        ("stations_with_family_doctor", "stations_with_doctor"),
        ("stations_full_primary_care", "stations"),
    )
    for (new, old), (narrow, wide) in zip(centres, pairs, strict=True):
        wider = column(old, period.code, wide)
        assert all(n <= wider[u] for u, n in column(new, period.code, narrow).items())
    records = column("ttyt_quarter", period.code, "health_records")
    identified = column("ttyt_tasks_quarter", period.code, "people_identified")
    assert all(identified[unit] >= count for unit, count in records.items())
