"""Đơn vị: path, standing, parts, record; verdicts only where the plan gives them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.context import opened
from etl.record import record
from etl.template import forms_of
from etl.web import ROOT
from indicators.breakdown import by_alphabet
from indicators.judge import Verdict
from indicators.period import parse_period
from indicators.sentence import verdict_text
from indicators.spine import Group
from pages.parts.unit.data import below, footing_of
from pages.parts.unit.spine import spine_of
from pages.parts.view import View
from tests.pages.opening import card_of, page_html

PAGE = ROOT / "pages" / "unit.py"
TH, NT = "thanh-hoa-2021", "nhu-thanh-2021-2025"
VIEW = View(TH, "2021-Q3", "th-nhu-thanh")


def page(**query: str) -> str:
    """The HTML of the page; it must not have failed."""
    return page_html(PAGE, **query)


def test_the_path_leads_from_the_province_down_and_back(demo_db: Path) -> None:
    shown = page(unit="th-tyt-nhu-thanh-thanh-ky")
    path = shown[shown.index('<nav class="vd-path"') : shown.index("</nav>")]
    links = re.findall(r"unit=([a-z-]+)", path)
    assert links == ["thanh-hoa", "th-nhu-thanh", "th-nhu-thanh-thanh-ky"]
    assert '<span aria-current="page">Trạm Y tế xã Thanh Kỳ</span>' in path


def test_a_district_is_not_judged_on_the_targets_of_the_province(demo_db: Path) -> None:
    for period in ("2021-Q3", "2021-Q4", "2021"):
        found = footing_of(View(TH, period, "th-nhu-thanh"))
        assert found.judged and all(a.target.each for a in found.judged)
        shown = page(unit="th-nhu-thanh", period=period)
        beside = card_of(shown, "So với mức chung của tỉnh Thanh Hóa")
        assert "Số giường bệnh/vạn dân" in beside and "kém mức chung" in beside
        for verdict in Verdict:
            assert f"{verdict_text(verdict)}</span>" not in beside


def test_the_gap_beside_the_whole_is_counted_in_people_and_things(demo_db: Path) -> None:
    beside = card_of(page(unit="th-nhu-thanh"), "So với mức chung của tỉnh Thanh Hóa")
    assert "thiếu 37 bác sĩ" in beside and "của tỉnh Thanh Hóa" in beside


def test_the_districts_own_plan_gives_verdicts(demo_db: Path) -> None:
    shown = page(unit="th-nhu-thanh", plan=NT)
    judged = card_of(shown, "Chỉ tiêu kế hoạch giao cho huyện Như Thanh")
    others = card_of(shown, "Yêu cầu và chỉ tiêu khác")
    # One for each target; that of two measures has one more for each of them.
    targets = opened().deployment.plans[NT].targets
    marks = len(targets) + sum(len(t.measures) for t in targets if t.also)
    assert (judged + others).count('class="vd-verdict"') == marks
    assert "Nguy cơ không đạt" in judged and "Nguy cơ không đạt" not in others
    assert "So với mức chung" not in shown


def test_the_province_itself_has_all_its_verdicts(demo_db: Path) -> None:
    shown = page(unit="thanh-hoa")
    targets = opened().deployment.plans["thanh-hoa-2021"].targets
    judged = card_of(shown, "Chỉ tiêu kế hoạch giao cho tỉnh Thanh Hóa")
    others = card_of(shown, "Yêu cầu và chỉ tiêu khác")
    assert (judged + others).count('class="vd-verdict"') == len(targets)
    assert judged.count('class="vd-verdict"') >= sum(target.headline for target in targets)
    assert "27/27 huyện, thị xã, thành phố có số liệu" in shown


def test_a_commune_is_judged_only_where_the_target_says_each(demo_db: Path) -> None:
    found = footing_of(View(TH, "2021-Q3", "th-nhu-thanh-thanh-ky"))
    targets = opened().deployment.plans[TH].targets
    asked = {target.id for target in targets if "commune" in target.each}
    assert {a.target.id for a in found.judged} == asked >= {"immunisation-every-commune"}
    valued = [b for b in found.beside if b.here.measure.value is not None]
    assert {b.here.target.id for b in valued} == {
        "health-insurance",
        "health-insurance-2025",
        "underweight",
        "health-records",
    }
    assert "sex-ratio" in [a.target.id for a in found.rare]
    shown = page(unit="th-nhu-thanh-thanh-ky")
    assert "Không được báo cáo ở cấp này: Giường bệnh/vạn dân" in shown


def test_the_communes_of_a_district_stand_side_by_side(demo_db: Path) -> None:
    shown = page(unit="th-nhu-thanh")
    assert "14/14 xã, phường, thị trấn có số liệu" in shown
    assert "unit=th-nhu-thanh-yen-tho" in shown and "5.411" in shown
    found = below(View(TH, "2021-Q3", "th-nhu-thanh"))
    assert found.worst["full_immunisation_under_1"] == "th-nhu-thanh-thanh-ky"
    assert found.size == "population" and "sex_ratio_at_birth" not in found.worst


def test_communes_without_figures_are_named_and_nothing_is_invented(demo_db: Path) -> None:
    shown = page(unit="th-ba-thuoc")
    assert "0/21 xã, phường, thị trấn có số liệu" in shown
    assert "Chưa có số liệu của từng xã, phường, thị trấn" in shown


def test_a_unit_without_any_figure_says_so(demo_db: Path) -> None:
    shown = page(unit="th-ba-thuoc-ky-tan")
    assert "Chưa có số liệu nào của xã Kỳ Tân cho quý III/2021." in shown
    assert "Danh mục chưa có đơn vị nào báo cáo cho xã Kỳ Tân." in shown


def test_an_empty_database_still_shows_who_the_unit_is(empty_db: Path) -> None:
    shown = page(unit="th-nhu-thanh")
    assert "Chưa có số liệu nào của huyện Như Thanh" in shown and "Đơn vị phải báo cáo:" in shown
    assert "BVĐK Như Thanh" in shown and "0/14" in shown
    assert "Chưa nhận báo cáo này." in page(unit="th-ttyt-nhu-thanh")


def test_a_missing_report_is_visible_where_it_is_missing(demo_db: Path) -> None:
    shown = page(unit="th-bv-noi-tiet")
    assert "Chưa nhận báo cáo này. Hạn nộp: 10/10/2021." in shown
    # Seven quarters, on time with all their forms but in the last.
    forms = len(forms_of(opened().deployment, "th-bv-noi-tiet", parse_period("2021-Q3")))
    assert f"{6 * forms}/{7 * forms} báo cáo đúng hạn, 0 muộn, {forms} thiếu." in shown
    assert "còn thiếu báo cáo, quá hạn trên một năm" in page(unit="thanh-hoa")
    assert "nộp muộn 96 ngày; còn thiếu số liệu" in page(unit="th-muong-lat")


def test_a_facility_shows_what_it_reported_and_from_which_file(demo_db: Path) -> None:
    shown = page(unit="th-ttyt-nhu-thanh")
    assert "86.935" in shown and "86.645" in shown
    assert "2021-Q3_ttyt.csv" in shown and "2021-Q3_ttyt-nhu-thanh-dich-benh.csv" in shown
    one = page(unit="th-tyt-nhu-thanh-thanh-ky")
    source = "2021-Q3_tyt-nhu-thanh.csv, TTYT Như Thanh (mô phỏng) nộp ngày 07/10/2021."
    assert f"Nguồn: {source}" in one


def test_the_record_says_on_time_late_and_by_how_many_days(demo_db: Path) -> None:
    shown = page(unit="th-nhu-thanh")
    assert "159/161 báo cáo đúng hạn, 2 muộn, 0 thiếu." in shown and "◐ 5" in shown
    found = record(
        opened().store.cursor(), opened().deployment, "thanh-hoa", parse_period("2021-Q4")
    )
    assert found.periods[0].code == "2020-Q1" and len(found.periods) == 8


def test_former_names_and_the_end_come_from_the_register(demo_db: Path) -> None:
    shown = page(unit="th-nghi-son")
    assert "Trước ngày 01/06/2020: Huyện Tĩnh Gia" in shown
    assert "Hết hiệu lực từ ngày 01/07/2025. Kết thúc cấp huyện: NQ 60-NQ/TW." in shown
    assert "không có trong danh mục đơn vị vào ngày" in page(unit="th-nghi-son", period="2026-Q1")


def test_a_plan_for_somebody_else_gives_no_comparison(demo_db: Path) -> None:
    shown = page(unit="th-ba-thuoc", plan=NT)
    assert "Kế hoạch Như Thanh 2021-2025 không bao gồm đơn vị này" in shown
    assert "Chỉ tiêu kế hoạch giao cho" not in shown and "So với mức chung" not in shown


@pytest.mark.parametrize("unit", ["th-so-y-te", "bac-giang", "th-cdc", "th-van-phong-so"])
def test_every_kind_of_unit_can_be_opened(demo_db: Path, unit: str) -> None:
    assert 'class="vd-unit"' in page(unit=unit)


def test_english_shows_no_vietnamese_of_ours(demo_db: Path) -> None:
    shown = page(unit="th-nhu-thanh", lang="en")
    assert "Reporting in recent quarters" in shown and "mức chung" not in shown


def test_names_sort_as_in_a_vietnamese_list() -> None:
    names = ["Định Hải", "Ea", "Dân Lý", "Ái Thượng", "Ban Công"]
    assert sorted(names, key=by_alphabet) == ["Ái Thượng", "Ban Công", "Dân Lý", "Định Hải", "Ea"]


def test_a_merger_is_said_to_be_added_and_a_part_to_be_a_break(demo_db: Path) -> None:
    card = card_of(
        page(unit="th-tp-thanh-hoa", period="2025-Q1"), "Chuỗi số liệu qua các lần sắp xếp"
    )
    assert "Cộng lại" in card and "gồm cả huyện Đông Sơn (NQ 1238/NQ-UBTVQH15)" in card
    assert "Đứt đoạn" not in card
    shown = page(unit="th-2025-yen-tho", period="2025-Q3", lang="en")
    card = card_of(shown, "The series across reorganisations")
    assert "Break" in card and "a part of the former xã Yên Thọ went into xã Yên Thọ" in card
    assert "Chuỗi số liệu" not in page(unit="th-tp-thanh-hoa", period="2024-Q4")


def test_what_nobody_knows_is_said_to_be_not_known(demo_db: Path) -> None:
    shown = page(unit="th-ttyt-nhu-thanh")
    assert "Từ 01/07/2025: chưa rõ (NQ 60-NQ/TW): hết cấp huyện" in shown
    shown = page(unit="th-tyt-nhu-thanh-xuan-du", lang="en")
    assert "From 01/01/2026: not known (TT 43/2025/TT-BYT)" in shown
    shown = page(unit="qn-ttyt-cam-pha", period="2025-Q3")
    assert "01/11/2025: giải thể, không có một đơn vị tiếp nhận toàn bộ" in shown


def test_the_first_sentence_says_targets_place_and_reports(demo_db: Path) -> None:
    shown = page(unit="th-nhu-thanh")
    sentence = re.search(r'vd-unit-says">([^<]+)', shown)
    found = spine_of(opened().deployment.units.at(date(2021, 9, 30)).units["th-nhu-thanh"], VIEW)
    worst = len(found.in_group(Group.WORST))
    assert sentence is not None and sentence[1].endswith("16/16 đơn vị đã nộp đủ báo cáo.")
    assert f"Thuộc nhóm kém nhất ở {worst}/{len(found.vertebrae)} chỉ tiêu" in sentence[1]


def test_the_place_among_like_districts_leaves_incomplete_ones_out(demo_db: Path) -> None:
    shown = card_of(
        page(unit="th-nhu-thanh"), "Vị trí trong 27 huyện, thị xã, thành phố của tỉnh Thanh Hóa"
    )
    districts = below(replace(VIEW, unit="thanh-hoa")).parts
    whole = [p.measures["beds_per_10k"] for p in districts]
    values = [float(m.value) for m in whole if m.value is not None and m.is_whole]
    own = next(p.measures["beds_per_10k"].value for p in districts if p.unit == "th-nhu-thanh")
    rank = 1 + sum(value > float(own) for value in values)
    assert len(values) == 26  # Mường Lát has not reported all of it
    assert f"hạng {rank} trong 26" in shown and "không phải là đánh giá" in shown


def test_a_facility_stands_among_those_of_its_kind(demo_db: Path) -> None:
    shown = page(unit="th-ttyt-muong-lat")
    assert "Vị trí trong 27 trung tâm y tế của tỉnh Thanh Hóa" in shown
    assert "Đã nộp 3/3 báo cáo, muộn nhất 96 ngày. 28 ô chưa có số liệu" in shown
    assert shown.count("○ chưa có số liệu") == 28


def test_a_facility_shows_the_course_and_what_is_odd(demo_db: Path) -> None:
    shown = page(unit="th-ttyt-muong-lat", period="2021-Q4")
    assert '<svg class="vd-spark"' in shown and "8 kỳ gần nhất" in shown
    assert "? cần xem lại" in shown and "thay đổi hơn một phần ba so với lần trước (51)" in shown


def test_the_score_has_its_parts_and_what_is_not_known(demo_db: Path) -> None:
    card = card_of(page(unit="th-ttyt-muong-lat"), "Điểm chất lượng số liệu")
    assert "88 trên 100" in card and "7/16" in card and "chưa có gì để tính" in card
    assert "/chat-luong?" in card


def test_the_figures_of_a_facility_are_those_known_at_the_moment(demo_db: Path) -> None:
    shown = page(unit="th-ttyt-nhu-thanh", known="2021-10-01")
    assert "86.935" not in shown and "Chưa nhận báo cáo này." in shown


def test_what_cannot_be_judged_is_not_said_to_be_well(demo_db: Path) -> None:
    shown = page(unit="th-2025-yen-tho", period="2025-Q3")
    assert "4 chỉ tiêu giao riêng chưa đánh giá được" in shown and "0/4" not in shown
