"""Honest non-verdicts: a denominator too small, a definition that changed under a series or a target."""

from functools import cache
from pathlib import Path as Folder
from tempfile import TemporaryDirectory

import pytest

from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.judge import GOOD, Verdict
from indicators.sentence import why
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import faults, files, load, percentage, target
from tests.indicators.small import world as small_world

BREAK = {"day": "2022-03-09", "reason_vi": "bộ tiêu chí khác", "reason_en": "other criteria"}
CENTRES = ("t1", "t2", "t3")


@cache
def world() -> Deployment:
    """Insurance needs 100 people to be judged, and counts differently from 9 March 2022 on."""
    contents = files()
    made = {"minimum": 0, "maximum": 100, "enough": 100, "breaks": [BREAK]}
    contents["catalogue/indicators.toml"]["insurance"] = {
        **percentage("insured", "population"), **made,
    }  # fmt: skip
    contents["plans/plan.toml"]["targets"] = [
        target("insurance", "insurance", ">=", 91, path="linear")
    ]
    contents["plans/later.toml"] = {
        **contents["plans/plan.toml"],
        "first_year": 2023,
        "last_year": 2024,
        "targets": [target("insurance", "insurance", ">=", 91, path="linear")],
    }
    with TemporaryDirectory() as folder:
        return load(Folder(folder), contents)


def shares(year: int, quarter: int, share: int, people: int = 100) -> str:
    """The same share of people insured in all three districts."""
    counts = f"insured={share * people // 100} population={people}"
    return "\n".join(f"{t} {year}-Q{quarter} {counts}" for t in CENTRES)


def assessed(text: str, period: str, *, plan: str = "plan", scope: str = "p") -> Assessment:
    """The target of the plan on these figures."""
    assessor = assess_facts(world(), facts(text), period, plan=plan, scope=scope)
    return assessor.assess(assessor.plan.target("insurance"))


@pytest.mark.parametrize(
    ("people", "too_few"), [(33, True), (34, False)]
)  # three districts: 99 and 102 people
def test_a_small_denominator_gets_no_verdict(people: int, too_few: bool) -> None:
    found = assessed(shares(2021, 4, 100, people), "2021")
    assert (found.verdict is Verdict.TOO_FEW) is too_few
    assert found.measure.value == 100  # the value is shown all the same


def test_the_sentence_says_how_few_and_how_many_are_needed() -> None:
    found = assessed(shares(2021, 4, 100, 30), "2021")
    assert why(found, world().catalogue) == (
        "Quá ít để đánh giá: 100,0% tính trên 90, dưới mức 100 cần có để so với kế hoạch ≥ 91%."
    )
    assert "below the 100 needed" in why(found, world().catalogue, "en")


def test_a_target_set_before_the_change_is_not_judged_after_it() -> None:
    assert assessed(shares(2021, 4, 92), "2021").verdict in GOOD
    late = assessed(shares(2021, 4, 92) + "\n" + shares(2022, 1, 95), "2022-Q1")
    assert late.verdict is Verdict.DEFINITION_CHANGED
    assert why(late, world().catalogue) == (
        "Đổi cách tính: 95,0%, không so được với kế hoạch ≥ 91%: từ 09/03/2022 bộ tiêu chí khác."
    )


def test_a_target_set_after_the_change_is_judged() -> None:
    assert assessed(shares(2024, 4, 92), "2024", plan="later").verdict in GOOD


def test_nothing_is_compared_across_the_change() -> None:
    text = shares(2021, 4, 80) + "\n" + shares(2022, 4, 92)
    found = assessed(text, "2022", plan="later")
    assert found.last_year is None
    assert found.breaks[0].day.isoformat() == "2022-03-09"
    same_side = shares(2022, 4, 92) + "\n" + shares(2023, 4, 93)
    assert assessed(same_side, "2023", plan="later").last_year == 92


def test_a_baseline_from_before_the_change_is_none(tmp_path: Folder) -> None:
    contents = files()
    made = percentage("insured", "population", breaks=[{**BREAK, "day": "2021-02-01"}])
    contents["catalogue/indicators.toml"]["insurance"] = made
    changed = load(tmp_path, contents)
    text = shares(2020, 4, 80) + "\n" + shares(2021, 2, 90)
    assessor = assess_facts(changed, facts(text), "2021-Q2")
    found = assessor.assess(assessor.plan.target("insurance"))
    assert (found.baseline, found.verdict) == (None, Verdict.DEFINITION_CHANGED)


def test_a_break_needs_its_day_and_reason(tmp_path: Folder) -> None:
    contents = files()
    contents["catalogue/indicators.toml"]["insurance"]["breaks"] = [{"day": "2022-13-01"}]
    assert {e.key for e in faults(tmp_path, contents)} >= {"insurance.breaks[0].day"}


def test_a_share_of_nothing_is_said_and_asks_nothing(tmp_path: Folder) -> None:
    contents = files()
    contents["catalogue/quantities.toml"]["population"]["minimum"] = 0
    small = load(tmp_path, contents)
    nothing = "\n".join(f"{t} 2021-Q4 insured=0 population=0" for t in CENTRES)
    assessor = assess_facts(small, facts(nothing), "2021")
    found = assessor.assess(assessor.plan.target("insurance"))
    assert (found.measure.value, found.verdict) == (None, Verdict.NOTHING)
    assert why(found, small.catalogue).startswith("Không phát sinh: trong kỳ không có gì để tính")


def test_a_unit_with_nothing_stands_in_the_way_of_no_other(tmp_path: Folder) -> None:
    contents = files()
    contents["catalogue/quantities.toml"]["population"]["minimum"] = 0
    small = load(tmp_path, contents)
    text = shares(2021, 4, 95).replace(
        "t2 2021-Q4 insured=95 population=100", "t2 2021-Q4 insured=0 population=0"
    )
    assessor = assess_facts(small, facts(text), "2021")
    every = assessor.assess(assessor.plan.target("every-district"))
    assert every.verdict in GOOD
    assert [str(u.verdict) for u in every.units][1] == "nothing"
    assert assessor.assess(assessor.plan.target("insurance")).verdict in GOOD


def test_a_commune_with_nothing_is_no_commune_that_fails() -> None:
    known = "s1 2021-Q4 insured=95 population=100\ns2 2021-Q4 insured=0 population=0"
    plan = assess_facts(small_world(), facts(known), "2021")
    found = plan.measure(small_world().catalogue.indicators["good_communes"], plan.period)
    assert (found.value, found.coverage.expected) == (100, frozenset({"c1"}))
