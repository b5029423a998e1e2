"""Which unit a text means: kind and place together, on a day; never the place alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import match_units
from etl.match_units import Match, UnitMatcher, matcher_for, unit_key, without_place_word
from indicators.deployment import load_deployment
from indicators.units import CodeRow
from tests.etl.tables import CENTRE, DATA, HOSPITAL, deployment

DAY = date(2021, 9, 30)
CENTRES, HOSPITALS = ("health_centre",), ("district_hospital", "provincial_hospital")
BOTH = (*CENTRES, *HOSPITALS)


def match(text: str, *kinds: str, day: date = DAY) -> Match:
    return matcher_for(deployment(), day).match(text, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "th-ttyt-nhu-thanh",
        "Trung tâm Y tế huyện Như Thanh",
        "TRUNG TÂM Y TẾ HUYỆN NHƯ THANH",
        "Trung tâm y tế Như Thanh",
        "TTYT huyện Như Thanh",
        "TTYT H. Như Thanh",
        "TTYT Như Thanh",
        "TT Y tế Như Thanh",
        "TT YT  h. Như\u00a0Thanh",
        "Trung tâm Y tế huyện Như Thanh",
    ],
)
def test_a_health_centre_is_known_however_it_is_written(text: str) -> None:
    assert match(text, *BOTH) == Match(CENTRE)


@pytest.mark.parametrize(
    "text", ["BVĐK huyện Như Thanh", "BV ĐK Như Thanh", "BV đa khoa Như Thanh"]
)
def test_a_hospital_of_the_same_place_is_another_unit(text: str) -> None:
    assert match(text, *BOTH) == Match(HOSPITAL)


def test_old_and_new_tone_marks_are_one_spelling() -> None:
    assert match("TTYT Hoằng Hoá") == match("TTYT Hoằng Hóa") == Match("th-ttyt-hoang-hoa")


def test_a_place_alone_is_no_unit_where_several_report() -> None:
    found = match("Như Thanh", *BOTH)
    assert found.unit is None
    assert set(found.candidates) == {CENTRE, HOSPITAL}


@pytest.mark.parametrize("text", ["Như Thanh", "Huyện Như Thanh", "403"])
def test_a_place_stands_for_the_only_unit_of_the_kinds_in_it_and_says_so(text: str) -> None:
    assert match(text, *CENTRES) == Match(CENTRE, by_area=True)


def test_without_accents_there_is_only_a_suggestion() -> None:
    found = match("TTYT Nhu Thanh", *CENTRES)
    assert found.unit is None
    assert CENTRE in found.candidates


def test_a_name_that_two_units_have_is_not_decided() -> None:
    found = match("Xã Thành Sơn", "commune")
    assert found == Match(None, ("th-ba-thuoc-thanh-son", "th-quan-hoa-thanh-son"))


def test_nonsense_has_no_candidates() -> None:
    assert match("###", *CENTRES) == Match(None)


def test_names_follow_the_day() -> None:
    old, new = date(2020, 5, 31), date(2020, 6, 1)
    assert match("BVĐKKV Tĩnh Gia", day=old) == match("BVĐKKV Nghi Sơn", day=new)
    assert match("BVĐKKV Tĩnh Gia", *HOSPITALS, day=new).unit is None


def test_an_id_is_beyond_doubt_even_where_it_may_not_report() -> None:
    assert match(HOSPITAL, *CENTRES) == Match(HOSPITAL)


def test_a_code_means_what_it_meant_on_that_day() -> None:
    viet_nam = load_deployment(DATA.parent / "tests" / "deployments" / "viet-nam")
    before, after = (
        matcher_for(viet_nam, day).match("24").unit for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    assert before is not None and after is not None
    assert before != after


def test_a_code_that_two_units_have_decides_nothing() -> None:
    codes = (CodeRow(CENTRE, "own", "77", "thử"), CodeRow(HOSPITAL, "other", "77", "thử"))
    units = replace(deployment().units, codes=codes, _trees={})
    matcher = UnitMatcher(replace(deployment(), units=units), DAY)
    assert matcher.match("77").unit is None


def test_every_unit_is_found_by_its_id() -> None:
    matcher = matcher_for(deployment(), DAY)
    assert all(matcher.match(unit).unit == unit for unit in matcher.tree.units)


def test_days_with_the_same_units_share_a_matcher() -> None:
    assert matcher_for(deployment(), DAY) is matcher_for(deployment(), DAY + timedelta(days=1))
    assert matcher_for(deployment(), date(2019, 1, 1)) is not matcher_for(deployment(), DAY)
    assert matcher_for(load_deployment(DATA), DAY) is not matcher_for(deployment(), DAY)


def test_kept_matchers_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_units, "KEPT", 1)
    monkeypatch.setattr(match_units, "_kept", {})
    assert matcher_for(deployment(), date(2019, 1, 1)).match(CENTRE).unit == CENTRE
    assert matcher_for(deployment(), DAY).match(CENTRE).unit == CENTRE
    assert len(match_units._kept) == 1


def test_every_unit_is_found_by_its_own_full_name_or_shares_it() -> None:
    matcher = matcher_for(deployment(), DAY)
    for unit in matcher.tree.units.values():
        found = matcher.match(unit.name, [unit.kind])
        assert found.unit == unit.id or unit.id in found.candidates or len(found.candidates) == 3


@given(st.text(max_size=60))
def test_any_text_has_a_stable_key(text: str) -> None:
    assert unit_key(unit_key(text)) == unit_key(text)
    without_place_word(unit_key(text))
    match(text, *BOTH)
