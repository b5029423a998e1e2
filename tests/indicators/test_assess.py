"""Assessing a plan: from figures to verdicts, as a page and a report would both ask."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path as Folder

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import (
    Assessment,
)
from indicators.demands import demands_of, frequency_of, history_periods
from indicators.judge import Verdict
from indicators.measure import Status
from indicators.period import parse_period
from tests.indicators.figures import (
    LONG_AFTER,
    START,
    ask,
    assess_facts,
    cells_of,
    facts,
    send,
    warehouse,
)
from tests.indicators.small import files, load, target, world

CENTRES = ("t1", "t2", "t3")


def assessed(
    target_id: str,
    text: str,
    period: str = "2021-Q3",
    *,
    today: date = LONG_AFTER,
    scope: str = "p",
) -> Assessment:
    """One target of the small plan."""
    assessor = assess_facts(world(), facts(text), period, today=today, scope=scope)
    return assessor.assess(assessor.plan.target(target_id))


def insured(**shares: int) -> str:
    """Insurance of the three centres: q3=90 is 90 % in 2021-Q3, y4=88 in 2020-Q4."""
    lines = []
    for when, share in shares.items():
        period = f"{2021 if when[0] == 'q' else 2020}-Q{when[1]}"
        lines += [f"{t} {period} insured={share} population=100" for t in CENTRES]
    return "\n".join(lines)


def test_a_linear_target_starts_from_the_value_before_the_plan() -> None:
    found = assessed("insurance", insured(y4=87, q3=90))
    assert found.baseline is not None and found.baseline.value == 87
    assert found.standing.expected == 90
    assert found.verdict is Verdict.ON_TRACK
    assert found.difference == -1
    assert found.gap == 3


def test_behind_is_at_risk_when_the_best_pace_ever_is_not_enough() -> None:
    slow = insured(y1=84, y2=85, y3=86, y4=87, q1=87, q2=88, q3=88)
    assert assessed("insurance", slow).standing.best_step == 1
    assert assessed("insurance", slow).verdict is Verdict.AT_RISK
    fast = insured(y1=80, y2=84, y3=86, y4=87, q1=87, q2=88, q3=88)
    assert assessed("insurance", fast).verdict is Verdict.BEHIND


def test_a_baseline_with_a_hole_is_no_baseline() -> None:
    found = assessed(
        "keep", "h0 2020-Q4 beds=10\n" + "".join(f"h{n} 2021-Q3 beds=9\n" for n in range(4))
    )
    assert (found.baseline, found.verdict) == (None, Verdict.NO_BASELINE)


def test_maintain_is_set_against_the_value_before_the_plan() -> None:
    before = "".join(f"h{n} 2020-Q4 beds=10\n" for n in range(4))
    kept = "".join(f"h{n} 2021-Q4 beds=10\n" for n in range(4))
    assert assessed("keep", before + kept, "2021").verdict is Verdict.MET
    assert (
        assessed(
            "keep", before + kept.replace("h1 2021-Q4 beds=10", "h1 2021-Q4 beds=9"), "2021"
        ).verdict
        is Verdict.NOT_MET
    )


def test_after_the_deadline_and_before_its_reports_are_due_nothing_is_final() -> None:
    text = insured(y4=87, q4=90)
    assert (
        assessed("insurance", text, "2021", today=date(2022, 1, 10)).verdict is not Verdict.NOT_MET
    )
    assert assessed("insurance", text, "2021", today=date(2022, 1, 11)).verdict is Verdict.NOT_MET


def test_without_figures_a_target_is_first_not_due_and_then_without_data() -> None:
    verdicts = [assessed("insurance", "", today=date(2021, 10, day)).verdict for day in (10, 11)]
    assert verdicts == [Verdict.NOT_DUE, Verdict.NO_DATA]


def test_a_yearly_survey_is_not_due_in_a_quarter() -> None:
    found = assessed("survey", "o 2020 survey=15", "2021-Q3")
    assert (found.verdict, found.measure.status, found.due) == (
        Verdict.NOT_DUE,
        Status.TOO_RARE,
        date(2022, 2, 10),
    )


def test_a_yearly_survey_is_judged_with_its_year() -> None:
    found = assessed("survey", "o 2020 survey=15\no 2021 survey=13.9", "2021")
    assert (found.verdict, found.last_year) == (Verdict.MET, 15)
    assert found.gap is None


def immunised(*quarters: int) -> str:
    """Children immunised in each quarter, of 100 in each district."""
    return "\n".join(
        f"{t} 2021-Q{n} immunised={count} children=100"
        for t in CENTRES
        for n, count in enumerate(quarters, start=1)
    )


def test_a_quarter_of_the_cohort_is_on_track_at_q1() -> None:
    found = assessed("immunisation", immunised(24), "2021-Q1")
    assert (found.measure.value, found.standing.expected) == (24, Fraction(95, 4))
    assert found.verdict is Verdict.ON_TRACK
    assert found.projection is not None and found.projection.value == 96


def test_half_of_the_cohort_is_behind_at_9m() -> None:
    assert assessed("immunisation", immunised(20, 15, 15), "2021-9M").verdict is Verdict.AT_RISK
    assert assessed("immunisation", immunised(15, 20, 34), "2021-9M").verdict is Verdict.BEHIND


def test_where_both_must_pass_one_failing_is_enough() -> None:
    text = insured(q4=92) + "\n" + immunised(20, 20, 20, 20)
    found = assessed("both", text, "2021")
    assert [part.verdict for part in found.also] == [Verdict.MET, Verdict.NOT_MET]
    assert found.verdict is Verdict.NOT_MET
    better = assessed("both", insured(q4=92) + "\n" + immunised(25, 25, 25, 25), "2021")
    assert better.verdict is Verdict.MET


def test_in_every_district_means_in_each_of_them() -> None:
    text = insured(q4=96)
    assert assessed("every-district", text, "2021").verdict is Verdict.EXCEEDED
    one = text.replace("t2 2021-Q4 insured=96", "t2 2021-Q4 insured=89")
    found = assessed("every-district", one, "2021")
    assert found.verdict is Verdict.NOT_MET
    assert found.measure.value is not None and found.measure.value > 90  # the whole does pass
    assert [unit.scope for unit in found.failing] == ["d2"]


def test_a_district_of_which_nothing_is_known_leaves_every_district_open() -> None:
    found = assessed("every-district", "t1 2021-Q4 insured=96 population=100", "2021")
    assert (found.verdict, found.failing) == (Verdict.PARTIAL, ())


def test_where_no_district_stands_nothing_is_said_of_every_district() -> None:
    text = "t1 2021-Q4 insured=96 population=100"
    found = assessed("every-district", text, "2021", scope="t1")
    assert (found.verdict, found.units) == (Verdict.NO_DATA, ())


def test_a_share_of_communes_is_judged_strictly() -> None:
    half = "s1 2021-Q4 insured=95 population=100\ns2 2021-Q4 insured=90 population=100"
    assert assessed("communes", half, "2021").verdict is Verdict.NOT_MET  # > 50 %, and half are
    known = assessed("communes", "s1 2021-Q4 insured=95 population=100", "2021")
    assert known.verdict is Verdict.PARTIAL


def test_a_hole_in_a_commune_is_not_a_failing_commune(tmp_path: Folder) -> None:
    contents = files()
    condition = {"indicator": "immunisation", "comparator": ">=", "value": 50}
    contents["catalogue/indicators.toml"]["good_communes"]["condition"] = condition
    small = load(tmp_path, contents)
    text = "s1 2021-Q3 immunised=10 children=100\n" + "\n".join(
        f"s2 2021-Q{n} immunised=20 children=100" for n in (1, 2, 3)
    )
    assessor = assess_facts(small, facts(text), "2021-Q3")
    found = assessor.measure(small.catalogue.indicators["good_communes"], parse_period("2021-Q3"))
    assert (found.value, found.coverage.missing) == (100, ("c1",))


def test_getting_worse_is_away_from_the_target() -> None:
    assert assessed("insurance", insured(q2=90, q3=89)).is_getting_worse
    assert not assessed("insurance", insured(q2=89, q3=90)).is_getting_worse
    assert not assessed("insurance", insured(q3=90)).is_getting_worse
    assert not assessed("immunisation", immunised(30, 5), "2021-Q2").is_getting_worse


def test_gaps_of_a_series_stay_open() -> None:
    found = assessed("insurance", insured(y4=87, q1=88, q3=90))
    values = [(str(p.period), p.value) for p in found.history if p.period.year == 2021]
    assert values == [("2021-Q1", 88), ("2021-Q2", None), ("2021-Q3", 90)]


def test_last_year_is_the_same_window() -> None:
    assert assessed("insurance", insured(y3=80, y4=85, q3=90)).last_year == 80


def test_without_history_only_verdicts_are_made() -> None:
    assessor = assess_facts(world(), facts(insured(y4=87, q3=90)), "2021-Q3")
    quick = replace(assessor, with_history=False)
    for one, other in zip(assessor.assess_all(), quick.assess_all(), strict=True):
        assert one.verdict is other.verdict
    assert quick.assess(quick.plan.target("insurance")).history == ()


def test_the_targets_are_in_the_order_of_the_document() -> None:
    found = assess_facts(world(), [], "2021-Q3").assess_all()
    assert [a.target.id for a in found] == [t.id for t in world().plans["plan"].targets]


def test_a_target_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="none"):
        world().plans["plan"].target("none")


def test_a_share_without_condition_is_an_error_of_the_programmer() -> None:
    assessor = assess_facts(world(), [], "2021-Q3")
    odd = replace(world().catalogue.indicators["good_communes"], condition=None)
    with pytest.raises(ValueError, match="no condition"):
        assessor.measure(odd, parse_period("2021-Q3"))


def test_a_baseline_of_the_document_comes_before_the_one_measured(tmp_path: Folder) -> None:
    contents = files()
    contents["plans/plan.toml"]["targets"][0] = target(
        "insurance", "insurance", ">=", 91, path="linear", baseline=89, baseline_period="2020-Q4"
    )
    assessor = assess_facts(load(tmp_path, contents), facts(insured(y4=87, q2=90)), "2021-Q2")
    found = assessor.assess(assessor.plan.target("insurance"))
    assert found.baseline is not None and found.baseline.value == 89
    assert found.standing.expected == 90


def test_what_is_asked_of_the_warehouse_covers_what_is_measured() -> None:
    small = world()
    indicators = small.catalogue.indicators
    asked = demands_of(
        [indicators["good_communes"]], {"good_communes": [parse_period("2021")]}, small
    )
    assert {(q, str(p)) for q, p in asked} == {("insured", "2021-Q4"), ("population", "2021-Q4")}
    assert demands_of([indicators["survey"]], {"survey": [parse_period("2021-Q1")]}, small) == set()


def test_an_indicator_is_as_rare_as_its_rarest_quantity() -> None:
    small = world()
    found = {name: str(frequency_of(i, small)) for name, i in small.catalogue.indicators.items()}
    assert (found["survey"], found["insurance"], found["good_communes"]) == (
        "year",
        "quarter",
        "quarter",
    )


def test_history_begins_a_year_before_the_plan_or_the_period() -> None:
    small = world()
    insurance, plan = small.catalogue.indicators["insurance"], small.plans["plan"]
    firsts = [
        str(history_periods(insurance, plan, parse_period(p), small)[0])
        for p in ("2021-Q3", "2019-Q3")
    ]
    assert firsts == ["2020-Q1", "2018-Q1"]


def test_as_known_on_an_earlier_moment_nothing_changes_by_later_loads() -> None:
    store = warehouse(world(), cells_of(facts(insured(y4=87, q3=90))))
    moment = START + timedelta(hours=1)
    before = ask(store, world(), "2021-Q3", known_on=moment).assess_all()
    send(
        store,
        world(),
        cells_of(facts(insured(q3=50) + "\n" + immunised(9, 9, 9))),
        datetime(2023, 1, 1),
    )
    assert ask(store, world(), "2021-Q3", known_on=moment).assess_all() == before
    assert ask(store, world(), "2021-Q3").assess_all() != before
    store.close()


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3), st.lists(st.integers(0, 100), min_size=3, max_size=3),
       st.integers(1, 99), st.booleans())  # fmt: skip
def test_a_verdict_with_units_missing_holds_for_every_completion(
    known: list[int], later: list[int], value: int, less_is_better: bool
) -> None:
    small = world()
    test = "<=" if less_is_better else ">="
    from indicators.plans import Comparator, Path, Target

    asked = Target(
        "t", "t", "I", "x", "insurance", Comparator(test), "%", Path.LEVEL, Decimal(value)
    )
    people = [100, 250, 40]
    lines = [
        f"{t} 2021-Q4 insured={x * n // 100} population={n}"
        for t, n, x in zip(CENTRES, people, known, strict=True)
    ]
    fuller = f"{CENTRES[2]} 2021-Q4 insured={later[2] * 40 // 100} population=40"
    half = [lines[0], lines[1], "t3 2021-Q4 population=40"]
    said, then = (
        assess_facts(small, facts("\n".join(text)), "2021").assess(asked).verdict
        for text in (half, [lines[0], lines[1], fuller])
    )
    allowed = {Verdict.MET: {Verdict.MET, Verdict.EXCEEDED}}
    assert said is Verdict.PARTIAL or then in allowed.get(said, {said})


def test_a_profile_of_the_plan_says_what_is_needed_by_now(tmp_path: Folder) -> None:
    contents = files()
    contents["plans/plan.toml"]["targets"] = [
        target("insurance", "insurance", ">=", 95, path="linear", baseline=91, baseline_period="2020",
               profile=[0.1, 0.2, 0.5, 1]),
        target("immunisation", "immunisation", ">=", 95, path="cumulative", profile=[0.22, 0.46, 0.71, 1]),
        target("seasonal", "immunisation", ">=", 95, path="cumulative", seasonal=True),
    ]  # fmt: skip
    text = insured(q3=92) + "\n" + immunised(22, 24, 25)
    before = immunised(10, 20, 30, 30).replace("2021-", "2020-")
    assessor = assess_facts(load(tmp_path, contents), facts(text + "\n" + before), "2021-Q3")
    found = {a.target.id: a for a in assessor.assess_all()}
    assert found["insurance"].standing.expected == 93  # half of the way from 91 to 95
    assert found["immunisation"].standing.expected == Fraction(95 * 71, 100)
    assert found["seasonal"].standing.expected == Fraction(95 * 2, 3)  # 60 of last year's 90
    assert found["seasonal"].verdict is Verdict.ON_TRACK
    methods = {name: str(a.projection.method) for name, a in found.items() if a.projection}
    assert methods == {
        "insurance": "profile",
        "immunisation": "profile",
        "seasonal": "seasonal_shares",
    }


def test_a_season_without_a_full_year_before_is_spread_evenly(tmp_path: Folder) -> None:
    contents = files()
    contents["plans/plan.toml"]["targets"] = [
        target("seasonal", "immunisation", ">=", 95, path="cumulative", seasonal=True)
    ]
    assessor = assess_facts(load(tmp_path, contents), facts(immunised(22, 24)), "2021-H1")
    (found,) = assessor.assess_all()
    assert found.standing.expected == Fraction(95, 2)
