"""Every shape a target takes in the five plans, each judged on figures small enough to check by hand."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path as Folder
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.footing import footing
from indicators.judge import GOOD, Verdict
from indicators.sentence import why
from indicators.target_words import target_text
from tests.indicators.figures import LONG_AFTER, assess_facts, facts
from tests.indicators.small import files, form, indicator, load, percentage, quantity, target

AFTER = date(2031, 1, 1)
HOSPITALS = ("h0", "h1", "h2", "h3")
TOILETS = [{"indicator": "rest_at_3", "role": "residual", "comparator": "bare", "value": 100}]
MEDICINES = [{"indicator": "emergency_used", "role": "exception", "comparator": ">=", "value": 50}]
UNLESS = {
    "indicator": "at_minimum", "test": "=", "value": 1, "comparator": "no_rise", "note": "thử",
}  # fmt: skip
SINCE = {"baseline_period": "2020"}
TARGETS = (
    target("poisonings", "poisonings", "none", None, path="ceiling"),
    target("poisonings-each", "poisonings", "none", None, path="ceiling", each=["centre"]),
    target("score", "score", "rises", 5, each=["hospital"], **SINCE),
    target("referrals", "referrals", "falls", None, **SINCE),
    target("infections", "referrals", "no_rise", None, **SINCE),
    target("stay", "stay", "falls", None, each=["hospital"], unless=UNLESS, **SINCE),
    target("toilets", "toilets_at_4", ">", 60, each=["hospital"], also=TOILETS),
    target("medicines", "medicines_used", ">=", 80, unit="h1", also=MEDICINES),
    target("sites", "done", "bare", 3, path="deadline", sites=["h1", "h2", "h3"], deadline="2021-11"),
    target("special-class", "done", "done", None, path="deadline", unit="h0", deadline="2029"),
    target("growth", "growth", "<", 0.7, average=True, deadline="2025"),
    target("scheme", "schemes", "=", 2),
)  # fmt: skip


def shapes() -> dict[str, Any]:
    """The small deployment with the quantities that the shapes need."""
    contents = files()
    kinds = ["hospital"]
    flows = ("patients", "referred", "bed_days")
    counts = (
        "toilets",
        "toilets_4",
        "toilets_3",
        "medicines",
        "used",
        "emergency",
        "emergency_used",
    )
    contents["catalogue/quantities.toml"] |= {
        **{name: quantity(name, "flow", kinds) for name in flows},
        **{name: quantity(name, "stock", kinds) for name in (*counts, "done", "at_minimum")},
        "score": quantity("score", "stock", kinds, whole_number=False),
        "poisonings": quantity("poisonings", "flow", ["centre"]),
        "schemes": quantity("schemes", "stock", ["office"]),
        "growth": quantity("growth", "stock", ["office"], whole_number=False),
    }
    contents["catalogue/forms.toml"] |= {
        "hospital_more": form(kinds, list(flows)),
        "hospital_year": form(kinds, [*counts, "done", "at_minimum", "score"], "year"),
        "centre_more": form(["centre"], ["poisonings"]),
        "office_more": form(["office"], ["schemes", "growth"], "year"),
    }
    to_date = {"window": "year_to_date"}
    contents["catalogue/indicators.toml"] |= {
        "poisonings": indicator("count", numerator=["poisonings"], polarity="lower", **to_date),
        "score": indicator("reported", numerator=["score"], decimals=2),
        "referrals": percentage("referred", "patients", polarity="lower", **to_date),
        "stay": indicator("ratio", numerator=["bed_days"], denominator=["patients"], polarity="lower", **to_date),
        "toilets_at_4": percentage("toilets_4", "toilets"),
        "rest_at_3": percentage("toilets_3", "toilets"),
        "medicines_used": percentage("used", "medicines"),
        "emergency_used": percentage("emergency_used", "emergency"),
        "done": indicator("count", numerator=["done"], unit_of_measure="nơi"),
        "at_minimum": indicator("count", numerator=["at_minimum"]),
        "growth": indicator("reported", numerator=["growth"], polarity="lower", decimals=2),
        "schemes": indicator("count", numerator=["schemes"]),
    }  # fmt: skip
    contents["plans/plan.toml"] |= {"targets": deepcopy(list(TARGETS)), "last_year": 2025}
    return contents


@cache
def world() -> Deployment:
    """The deployment of the shapes."""
    with TemporaryDirectory() as folder:
        return load(Folder(folder), shapes())


def assessed(
    target_id: str, text: str, period: str = "2021", *, scope: str = "p", today: date = LONG_AFTER
) -> Assessment:
    """One target of the shapes."""
    assessor = assess_facts(world(), facts(text), period, scope=scope, today=today)
    return assessor.assess(assessor.plan.target(target_id))


def said(found: Assessment) -> str:
    """Its sentence."""
    return why(found, world().catalogue)


def every_quarter(units: tuple[str, ...], pairs: str, year: int = 2021) -> str:
    """The same figures of some units in each quarter."""
    return "\n".join(f"{u} {year}-Q{q} {pairs}" for u in units for q in (1, 2, 3, 4))


CENTRES = ("t1", "t2", "t3")


# "không để xảy ra các vụ ngộ độc thực phẩm với 30 người mắc trở lên" (TH21, V.2.1)


def test_none_so_far_is_on_track_and_met_only_when_the_year_is_over() -> None:
    clean = every_quarter(CENTRES, "poisonings=0")
    assert assessed("poisonings", clean, "2021-Q2").verdict is Verdict.ON_TRACK
    assert assessed("poisonings", clean, "2025").verdict is Verdict.NO_DATA
    year = "\n".join(every_quarter(CENTRES, "poisonings=0", y) for y in (2024, 2025))
    assert assessed("poisonings", year, "2025").verdict is Verdict.MET


def test_one_event_decides_at_once_and_for_good() -> None:
    one = every_quarter(CENTRES, "poisonings=0").replace(
        "t2 2021-Q1 poisonings=0", "t2 2021-Q1 poisonings=1"
    )
    found = assessed("poisonings", one, "2021-Q2")
    assert (found.verdict, found.gap) == (Verdict.NOT_MET, 1)
    assert assessed("poisonings", one, "2021").verdict is Verdict.NOT_MET


def test_one_event_decides_though_others_have_not_reported() -> None:
    found = assessed("poisonings", "t2 2021-Q1 poisonings=1", "2021-Q1")
    assert found.verdict is Verdict.NOT_MET
    assert assessed("poisonings", "t2 2021-Q1 poisonings=0", "2021-Q1").verdict is Verdict.PARTIAL


def test_no_event_in_any_area_names_the_area_where_one_was() -> None:
    one = every_quarter(CENTRES, "poisonings=0").replace(
        "t2 2021-Q1 poisonings=0", "t2 2021-Q1 poisonings=2"
    )
    found = assessed("poisonings-each", one, "2021-Q2")
    assert found.verdict is Verdict.NOT_MET
    assert [(u.scope, u.verdict) for u in found.units] == [
        ("t1", "on_track"), ("t2", "not_met"), ("t3", "on_track"),
    ]  # fmt: skip


# "điểm đánh giá chất lượng bệnh viện cuối năm 2021 tăng tối thiểu 5% so với cùng kỳ năm 2020" (V.1.5)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        ("4", "4.2", "met"),
        ("4", "4.19", "behind"),
        ("4", "4.41", "exceeded"),
        ("3.2", "3.36", "met"),
    ],
)
def test_a_percentage_above_the_hospitals_own_score(before: str, now: str, verdict: str) -> None:
    text = "\n".join(f"{h} 2020 score={before}\n{h} 2021 score={now}" for h in HOSPITALS)
    found = assessed("score", text)
    assert {u.verdict for u in found.units} == {verdict}


def test_every_hospital_is_measured_against_itself() -> None:
    text = (
        "h0 2020 score=4\nh0 2021 score=4.2\nh1 2020 score=2\nh1 2021 score=2.1\n"
        "h2 2020 score=3\nh2 2021 score=3.1\nh3 2021 score=4.5"
    )
    found = {u.scope: u.verdict for u in assessed("score", text).units}
    assert found == {"h0": "met", "h1": "met", "h2": "behind", "h3": "no_baseline"}


def test_the_sentence_names_the_value_from_before() -> None:
    text = "h2 2020 score=3\nh2 2021 score=3.1"
    unit = next(u for u in assessed("score", text).units if u.scope == "h2")
    assert "tăng ít nhất 5% so với năm 2020" in said(unit)
    assert "mốc 2020 là 3,00%" in said(unit)  # the small indicator counts in per cent


# "Giảm tỷ lệ chuyển viện so với năm 2020", "Tỷ lệ nhiễm khuẩn vết mổ không tăng so với năm 2020"


@pytest.mark.parametrize(
    ("referred", "falls", "no_rise"),
    [(4, "met", "met"), (5, "behind", "met"), (6, "behind", "behind")],
)
def test_falling_is_strict_and_not_rising_is_not(referred: int, falls: str, no_rise: str) -> None:
    text = every_quarter(HOSPITALS, "referred=5 patients=100", 2020)
    text += "\n" + every_quarter(HOSPITALS, f"referred={referred} patients=100")
    found = [assessed(name, text).verdict for name in ("referrals", "infections")]
    assert [v in GOOD for v in found] == [falls == "met", no_rise == "met"]


def test_without_the_year_before_nothing_is_said_of_a_fall() -> None:
    found = assessed("referrals", every_quarter(HOSPITALS, "referred=4 patients=100"))
    assert found.verdict is Verdict.NO_BASELINE


# "Giảm ngày điều trị trung bình (không tăng đối với các đơn vị đã đạt mức tối thiểu)" (V.1.2)


def stays(days: int, at_minimum: int | None) -> str:
    """Hospital 1: 600 bed-days of 100 patients a quarter in 2020, then ``days``."""
    text = every_quarter(("h1",), "bed_days=600 patients=100", 2020)
    text += "\n" + every_quarter(("h1",), f"bed_days={days} patients=100")
    return text if at_minimum is None else f"{text}\nh1 2021 at_minimum={at_minimum}"


@pytest.mark.parametrize(
    ("days", "at_minimum", "good"),
    [(600, 0, False), (600, 1, True), (601, 1, False), (590, 0, True), (590, None, True)],
)
def test_a_hospital_at_the_minimum_need_not_fall(
    days: int, at_minimum: int | None, good: bool
) -> None:
    found = next(u for u in assessed("stay", stays(days, at_minimum)).units if u.scope == "h1")
    assert (found.verdict in GOOD) is good


def test_not_knowing_whether_it_is_at_the_minimum_leaves_a_tie_open() -> None:
    found = next(u for u in assessed("stay", stays(600, None)).units if u.scope == "h1")
    assert found.verdict is Verdict.PARTIAL


# "Trên 60% số nhà vệ sinh đạt ≥ 4 điểm, số còn lại phải đạt ≥ 3 điểm" (V.1.6, V.2.4)


@pytest.mark.parametrize(
    ("at_4", "at_3", "good"),
    [(7, 10, True), (6, 10, False), (7, 9, False), (10, 10, True)],
)
def test_the_remaining_toilets_have_a_threshold_of_their_own(
    at_4: int, at_3: int, good: bool
) -> None:
    text = "\n".join(f"{h} 2021 toilets=10 toilets_4={at_4} toilets_3={at_3}" for h in HOSPITALS)
    found = assessed("toilets", text)
    assert {u.verdict in GOOD for u in found.units} == {good}
    assert all(len(u.also) == 2 for u in found.units)


# "thuốc ≥ 80 % giá trị; thuốc cấp cứu, hiếm ≥ 50 %" (V.1.7): another threshold, another denominator


@pytest.mark.parametrize(
    ("used", "emergency_used", "good"), [(80, 5, True), (79, 9, False), (95, 4, False)]
)
def test_the_exception_group_is_judged_apart(used: int, emergency_used: int, good: bool) -> None:
    text = f"h1 2021 medicines=100 used={used} emergency=10 emergency_used={emergency_used}"
    found = assessed("medicines", text)
    assert (found.scope, found.verdict in GOOD) == ("h1", good)
    assert "kế hoạch ≥ 80%" in said(found) and "kế hoạch ≥ 50%" in said(found)


# "Xây mới 04 trạm y tế (Phượng Nghi, Phú Nhuận, Thanh Tân, Xuân Thái)" (NT21, II.2.13)


def test_named_sites_are_counted_and_no_other_stands_in_for_them() -> None:
    text = "h1 2021 done=1\nh2 2021 done=1\nh3 2021 done=0\nh0 2021 done=1"
    found = assessed("sites", text)
    assert (found.measure.value, found.measure.denominator, found.gap) == (2, 3, 1)
    assert found.verdict is Verdict.NOT_MET
    assert (
        assessed("sites", text.replace("h3 2021 done=0", "h3 2021 done=1")).verdict is Verdict.MET
    )


def test_a_site_that_has_not_reported_leaves_the_count_open() -> None:
    found = assessed("sites", "h1 2021 done=1\nh2 2021 done=1")
    bounds = found.measure.bounds
    assert bounds is not None and (bounds.low, bounds.high) == (2, 3)
    assert found.verdict is Verdict.PARTIAL
    assert assessed("sites", "h1 2021 done=1\nh2 2021 done=0").verdict is Verdict.NOT_MET


def test_before_the_deadline_nothing_is_late(tmp_path: Folder) -> None:
    contents = shapes()
    contents["plans/plan.toml"]["targets"][8]["deadline"] = "2023"
    world = load(tmp_path, contents)
    assessor = assess_facts(world, facts("h1 2021 done=1"), "2021")
    found = assessor.assess(assessor.plan.target("sites"))
    assert found.verdict is Verdict.NOT_DUE
    assert "thời hạn 31/12/2023" in why(found, world.catalogue)


def test_a_site_is_asked_for_itself_and_a_district_for_its_own(tmp_path: Folder) -> None:
    text = "h1 2021 done=1\nh2 2021 done=0\nh3 2021 done=0"
    own = assessed("sites", text, scope="h1")
    assert (own.rule and own.rule.value, own.verdict) == (1, Verdict.MET)
    assert assessed("sites", text, scope="h2").verdict is Verdict.NOT_MET
    assert assessed("sites", text, scope="d1").verdict is Verdict.NO_TARGET


# "trở thành bệnh viện hạng đặc biệt trước năm 2030" (TH21, II.5)


def test_a_milestone_is_met_when_done_and_waits_until_its_day() -> None:
    assert assessed("special-class", "h0 2021 done=1").verdict is Verdict.MET
    waiting = assessed("special-class", "h0 2021 done=0")
    assert waiting.verdict is Verdict.NOT_DUE
    assert (
        said(waiting)
        == "Chưa đến hạn: kế hoạch hoàn thành chậm nhất năm 2029, thời hạn 31/12/2029."
    )
    assert assessed("special-class", "").verdict is Verdict.NOT_DUE
    assert (
        assessed("special-class", "h0 2029 done=0", "2029", today=AFTER).verdict is Verdict.NOT_MET
    )
    assert assessed("special-class", "", "2029", today=AFTER).verdict is Verdict.NO_DATA


def test_it_is_asked_of_the_one_unit_and_of_the_plans_own() -> None:
    text = "h0 2029 done=0\nh1 2029 done=0"
    assert (
        assessed("special-class", text, "2029", scope="h0", today=AFTER).verdict is Verdict.NOT_MET
    )
    tree = world().units.at(date(2029, 12, 31))
    plan = world().plans["plan"]
    for unit, asked in (("h0", True), ("h1", False), ("p", True)):
        assessor = assess_facts(world(), facts(text), "2029", scope=unit)
        whole = assess_facts(world(), facts(text), "2029").assess_all()
        found = footing(assessor.assess_all(), whole, plan=plan, tree=tree, unit=unit)
        assert ("special-class" in {a.target.id for a in found.judged}) is asked


# "Tốc độ tăng dân số bình quân hàng năm dưới 0,7%" (NT21, II.2.1)


def test_the_mean_of_the_years_so_far_decides() -> None:
    rates = ("0.8", "0.6", "0.6", "0.7", "0.7")
    text = "\n".join(f"o {2021 + i} growth={rate}" for i, rate in enumerate(rates))
    values = [assessed("growth", text, str(2021 + i)).measure.value for i in range(5)]
    assert [None if v is None else round(float(v), 4) for v in values] == [
        0.8,
        0.7,
        0.6667,
        0.675,
        0.68,
    ]
    assert assessed("growth", text, "2022").verdict not in GOOD  # 0,7 is not below 0,7
    assert assessed("growth", text, "2025").verdict in GOOD


def test_a_year_that_is_missing_leaves_the_mean_open() -> None:
    found = assessed("growth", "o 2021 growth=0.5\no 2023 growth=0.5", "2023")
    assert (found.verdict, found.measure.missing_periods) == (Verdict.PARTIAL, ("2022",))


def test_a_quarter_has_the_mean_of_the_years_before_it() -> None:
    found = assessed("growth", "o 2021 growth=0.5", "2022-Q3")
    assert found.measure.value is not None and float(found.measure.value) == 0.5
    assert assessed("growth", "o 2021 growth=0.5", "2021-Q3").verdict is Verdict.NOT_DUE


# An exact number


@pytest.mark.parametrize(("value", "good"), [(1, False), (2, True), (3, False)])
def test_an_exact_number_is_missed_on_both_sides(value: int, good: bool) -> None:
    assert (assessed("scheme", f"o 2025 schemes={value}", "2025").verdict in GOOD) is good


# What must hold of all of them


@given(st.integers(0, 20), st.integers(0, 20))
def test_fewer_events_never_make_a_worse_verdict(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    good = [
        assessed("poisonings", every_quarter(CENTRES, f"poisonings={n}"), "2021-Q2").verdict
        is Verdict.ON_TRACK
        for n in (fewer, more)
    ]
    assert good[0] >= good[1]


def test_every_shape_has_words_in_both_languages() -> None:
    for asked in world().plans["plan"].targets:
        shown = world().catalogue.indicators[asked.indicator]
        texts = [target_text(asked, shown, language) for language in ("vi", "en")]
        assert all(texts) and "{" not in "".join(texts)


def sentences() -> Iterator[str]:
    """The sentence of every shape without any figure."""
    for asked in world().plans["plan"].targets:
        yield said(assessed(asked.id, ""))


def test_every_shape_says_why_without_figures() -> None:
    for sentence in sentences():
        assert sentence.endswith(".") and "None" not in sentence


# "Thời gian hoàn thành trong tháng 11/2023" (BG23): judged as it stood on its day


def monthly(tmp_path: Folder) -> Deployment:
    """The shapes with the named sites reported every month, due in November 2021."""
    contents = shapes()
    contents["catalogue/forms.toml"]["hospital_year"]["quantities"].remove("done")
    contents["catalogue/forms.toml"]["hospital_month"] = form(["hospital"], ["done"], "month")
    return load(tmp_path, contents)


@pytest.mark.parametrize(
    ("november", "december", "verdict", "late"),
    [(1, 1, "met", False), (0, 1, "not_met", True), (0, 0, "not_met", False)],
)
def test_what_is_done_after_its_day_was_not_done_by_it(
    tmp_path: Folder, november: int, december: int, verdict: str, late: bool
) -> None:
    made = monthly(tmp_path)
    text = "\n".join(
        f"{h} 2021-{month} done={done}"
        for h in ("h1", "h2", "h3")
        for month, done in (("11", november), ("12", december))
    )
    for period in ("2021-Q4", "2021", "2021-12"):
        assessor = assess_facts(made, facts(text), period)
        found = assessor.assess(assessor.plan.target("sites"))
        assert (found.verdict, found.done_late) == (verdict, late)
        said = why(found, made.catalogue)
        assert ("sau thời hạn" in said) is late and "thời hạn 30/11/2021" in said
