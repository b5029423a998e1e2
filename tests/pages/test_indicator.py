"""Chỉ tiêu in three states, with its chart, its ranking, and where the number comes from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from etl.commands import answer
from etl.web import ROOT
from tests.html import data_of, html_of

PAGE = ROOT / "pages" / "indicator.py"
STATIONS = "stations_with_doctor"


def page(**query: str) -> AppTest:
    """The page with an address, not yet run."""
    at = AppTest.from_file(PAGE, default_timeout=120)
    for name, value in query.items():
        at.query_params[name] = value
    return at


def run(**query: str) -> AppTest:
    """The page as opened with this address."""
    at = page(**query).run()
    assert not at.exception
    return at


def charts(at: AppTest) -> list[dict[str, Any]]:
    """The figures of a run."""
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


@pytest.mark.usefixtures("demo_db")
def test_a_finished_year_states_the_finding_and_what_is_lacking() -> None:
    at = run(period="2021", indicator=STATIONS)
    html = html_of(at)
    assert "Trạm y tế có bác sĩ: không đạt, thiếu 15 trạm</h1>" in html
    assert "Không đạt: 88,4% so với kế hoạch 91%" in html
    assert "đã hết hạn của kế hoạch" in html and "thấp hơn 1,1 điểm %" in html
    assert "giảm 7 quý liên tiếp" in html and "Cả Thanh Hóa" in html
    assert len(charts(at)) == 1


@pytest.mark.usefixtures("demo_db")
def test_a_partial_quarter_projects_with_a_range_and_shows_who_is_missing() -> None:
    at = run(period="2021-Q3", indicator=STATIONS)
    html = html_of(at)
    assert "Cần đến nay" in html and "90,6%" in html
    assert re.search(r"88,8%<small>từ 88,\d% đến 88,\d% theo nhịp các quý đã qua", html)
    assert units_of(at)[-1] == "Mường Lát" and "Chưa có số liệu 1" in html


@pytest.mark.usefixtures("empty_db")
def test_without_figures_there_is_no_chart_and_a_way_to_send_some() -> None:
    at = run(plan="bac-giang-2023", period="2023", indicator="cashless_value_share")
    html = html_of(at)
    assert not charts(at) and "Chưa có số liệu để vẽ diễn biến" in html
    assert 'href="/nop-so-lieu?plan=bac-giang-2023' in html
    assert "phải đạt cả 2 điều kiện" in html
    assert "Chưa so được đơn vị nào" in html and "Không đơn vị nào còn thiếu" not in html


def choice(at: AppTest) -> Selectbox:
    """The box in which an indicator is chosen."""
    return next(box for box in at.selectbox if box.label == "Chỉ tiêu")


@pytest.mark.usefixtures("demo_db")
def test_without_a_choice_the_worst_indicator_is_shown() -> None:
    at = run(period="2021")
    assert "Bác sĩ/vạn dân: không đạt, thiếu 202 bác sĩ</h1>" in html_of(at)
    assert choice(at).value == "doctors_per_10k"


@pytest.mark.usefixtures("demo_db")
def test_a_choice_of_indicator_goes_into_the_address() -> None:
    at = run(period="2021")
    choice(at).select(STATIONS).run()
    assert at.query_params["indicator"] in (STATIONS, [STATIONS]) and not at.exception
    assert "Trạm y tế có bác sĩ: không đạt" in html_of(at)


@pytest.mark.usefixtures("demo_db")
def test_the_ranking_adds_up_to_the_whole() -> None:
    at = run(period="2021", indicator="doctors_per_10k")
    html = html_of(at)
    amounts = [int(n) for n in re.findall(r"<span>thiếu (\d+) bác sĩ</span>", html)]
    assert amounts == sorted(amounts, reverse=True) and len(amounts) == len(units_of(at)) == 27
    # Provincial hospitals have doctors and no population: what they make up for is a line.
    assert "Không tính theo đơn vị nào ở trên" in html and "thiếu 202 bác sĩ</td>" in html


@pytest.mark.usefixtures("demo_db")
def test_units_of_the_table_are_links_to_their_page() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS))
    assert '<a href="/don-vi?plan=thanh-hoa-2021&amp;period=2021-Q3&amp;unit=th-quan-son' in html


def units_of(at: AppTest) -> list[str]:
    """The units of the list, from above."""
    listed = html_of(at).split('aria-label="Chỉ xem"')[-1].split("</table>")[0]
    return re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a>', listed)


@pytest.mark.usefixtures("demo_db")
def test_the_list_is_sorted_and_filtered_by_its_address() -> None:
    view = {"period": "2021-Q3", "indicator": "doctors_per_10k"}
    names = units_of(run(**view, sort="name"))
    assert names[0] == "Bá Thước" and names[-1] == "Yên Định" and len(names) == 27
    assert units_of(run(**view, sort="-name")) == names[::-1]
    values = re.findall(r'class="vd-why" [^>]*>(\d+,\d)</a>', html_of(run(**view, sort="value")))
    numbers = [float(v.replace(",", ".")) for v in values]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 26
    assert units_of(run(**view, only="silent")) == ["Mường Lát"]
    assert units_of(run(**view, sort="colour", only="x", show="y")) == units_of(run(**view))


@pytest.mark.usefixtures("demo_db")
def test_headings_are_links_that_sort_and_sort_back() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS, sort="name"))
    assert 'aria-sort="ascending"' in html and "sort=-name" in html and "sort=value" in html


@pytest.mark.usefixtures("demo_db")
def test_the_map_has_a_tile_for_every_district_that_leads_to_its_page() -> None:
    html = html_of(run(period="2021-Q3", indicator="doctors_per_10k", show="map"))
    tiles = re.findall(r'<a class="vd-tile ([^"]+)" style="grid-column:(\d);grid-row:(\d)', html)
    assert len(tiles) == 27 and len({(column, row) for _, column, row in tiles}) == 27
    assert sum(paint == "vd-hatched" for paint, _, _ in tiles) == 1
    assert "Mường Lát: …, Chưa có số liệu" in html and "Còn cách kế hoạch (bác sĩ/vạn dân)" in html
    assert 'href="/don-vi?plan=thanh-hoa-2021&amp;period=2021-Q3&amp;unit=th-muong-lat' in html


@pytest.mark.usefixtures("demo_db")
def test_without_places_there_is_no_map_to_choose() -> None:
    at = run(
        period="2021-Q3", unit="th-nhu-thanh", indicator="health_insurance_coverage", show="map"
    )
    html = html_of(at)
    assert "Bản đồ" not in html and "vd-tile" not in html and len(units_of(at)) == 14
    hospitals = html_of(run(period="2021-Q3", indicator="surgical_site_infection_rate"))
    assert "show=map" not in hospitals


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_funnel_is_there_where_chance_means_something(language: str) -> None:
    at = run(period="2021", indicator="underweight_under_5", show="funnel", lang=language)
    assert len(charts(at)) == 2
    words = {"vi": "27 đơn vị ngoài giới hạn 99,8%", "en": "27 units lie beyond the 99.8% limits"}
    assert words[language] in html_of(at)
    without = run(period="2021", indicator="health_insurance_coverage", show="funnel")
    assert len(charts(without)) == 1 and "show=funnel" not in html_of(without)


@pytest.mark.usefixtures("demo_db")
def test_a_click_on_a_point_of_the_funnel_opens_the_page_of_that_unit() -> None:
    at = page(period="2021", indicator="underweight_under_5", show="funnel")
    point = {"customdata": "th-quan-son"}
    at.session_state["funnel-thanh-hoa-underweight_under_5"] = {"selection": {"points": [point]}}
    at.run()
    assert not at.exception
    assert "/don-vi?plan=thanh-hoa-2021&period=2021&unit=th-quan-son" in goes_to(at)


def goes_to(at: AppTest) -> str:
    """The address that the page opens by itself."""
    return " ".join(
        json.loads(data_of(mounted)).get("go", "") for mounted in at.get("bidi_component")
    )


@pytest.mark.usefixtures("demo_db")
def test_sentences_say_what_may_be_read_out_of_the_number() -> None:
    html = html_of(run(period="2021-Q3", indicator="health_insurance_coverage"))
    assert "tính trên 26/27 đơn vị có đủ số liệu cả hai kỳ: cao hơn 0,6 điểm %" in html
    assert "riêng quý cuối cần tăng 0,4 điểm %, chưa quý nào từng đạt" in html
    assert "Căn cứ thống kê" in html and "Đã thu hẹp 46% khoảng cách" in html
    yearly = html_of(run(period="2021", indicator="new_hiv_per_100k"))
    assert "thấp hơn 0,92 người/100.000 dân, có thể chỉ do ngẫu nhiên" in yearly


@pytest.mark.usefixtures("demo_db")
def test_a_target_for_every_unit_lists_those_that_fail_and_counts_the_unknown() -> None:
    html = html_of(run(period="2021", indicator="full_immunisation_under_1"))
    every = html.split("Từng đơn vị phải đạt</h2>")[1].split("</section>")[0]
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', every)
    assert set(names) == {"Xuân Thái", "Thanh Kỳ", "Thanh Tân"}
    assert "545 đơn vị chưa có số liệu" in every and "TP Thanh Hóa (34)" in every


def drawer(at: AppTest) -> str:
    """The panel that takes a number apart; "" where none is open."""
    parts = html_of(at).split('<section class="vd-drawer"')
    return parts[1].split("</section>")[0] if len(parts) > 1 else ""


@pytest.mark.usefixtures("demo_db")
def test_the_number_is_taken_apart_down_to_file_and_row() -> None:
    found = drawer(run(period="2021-Q3", indicator=STATIONS, explain="thanh-hoa"))
    assert re.search(r"<dd>\d+ trạm ÷ \d+ trạm × 100 = 88,9%</dd>", found)
    assert "Còn thiếu 1/27 đơn vị: TTYT Mường Lát" in found
    assert re.search(r"\.(csv|xlsx|ods)\b[^↓]{1,60}↓</i></a></b>, dòng \d+, cột \d+<small>", found)
    assert "TTYT Quan Sơn" in found and "gửi lúc" in found
    assert found.count("vd-sim") == 1 and "Số liệu mô phỏng" in found


@pytest.mark.usefixtures("demo_db")
def test_the_number_of_a_unit_is_its_own_figures() -> None:
    found = drawer(run(period="2021-Q3", indicator="doctors_per_10k", explain="th-ba-thuoc"))
    assert "76 bác sĩ ÷ 100.025 người × 10.000 = 7,6 bác sĩ/vạn dân" in found
    units = re.findall(r'<tr><th scope="row">([^<]+)<small>Quý III/2021', found)
    assert units == ["BVĐK Bá Thước", "TTYT Bá Thước", "TTYT Bá Thước"]
    assert "cộng 76 từ 2 số liệu" in found and "đã sửa" not in found


@pytest.mark.usefixtures("demo_db")
def test_figures_of_an_area_that_lacks_the_other_side_are_shown_as_left_out() -> None:
    found = drawer(run(period="2021-Q3", indicator="doctors_per_10k", explain="thanh-hoa"))
    rows = re.findall(r"<tr><th.*?</tr>", found)
    left = [row for row in rows if "chưa vào phép tính" in row]
    assert len(left) == 1 and "BVĐK Mường Lát" in left[0]


@pytest.mark.usefixtures("demo_db")
def test_the_panel_opens_by_links_and_closes_by_one() -> None:
    closed = run(period="2021-Q3", indicator=STATIONS)
    assert drawer(closed) == "" and "explain=th-quan-son" in html_of(closed)
    opened = run(period="2021-Q3", indicator=STATIONS, explain="th-quan-son", show="map")
    close = re.search(r'href="([^"]+)" data-close', drawer(opened))
    assert close and "show=map" in close[1] and "explain" not in close[1]
    assert drawer(run(period="2021-Q3", indicator=STATIONS, explain="nobody")) == ""


@pytest.mark.usefixtures("demo_db")
def test_every_unit_that_fails_is_taken_apart_too() -> None:
    at = run(period="2021", indicator="full_immunisation_under_1", explain="th-nhu-thanh-xuan-thai")
    assert "Xuân Thái · Năm 2021" in drawer(at)


@pytest.mark.usefixtures("empty_db")
def test_without_figures_the_panel_says_so() -> None:
    at = run(period="2021", indicator=STATIONS, explain="thanh-hoa")
    assert "Chưa có số liệu nào được báo cáo cho kỳ này." in drawer(at)


def test_a_corrected_figure_shows_what_it_was_and_what_was_known_before(demo_copy: Path) -> None:
    view = {"period": "2021-Q3", "indicator": "doctors_per_10k", "explain": "th-ba-thuoc"}
    content = b"unit,period,quantity,value\nth-bvdk-ba-thuoc,2021-Q3,doctors,44\n"
    by = {"by": "Lê Hoa", "reason": "đếm lại"}
    sent = answer("load", {"files": ["sua.csv"], **by}, {"sua.csv": content})
    assert sent["exit_code"] == 0, sent
    waits = drawer(run(**view))
    assert "76 bác sĩ" in waits and "đề nghị sửa, chờ duyệt" in waits
    number = sent["document"]["files"][0]["submissions"][0]
    assert answer("approve", {"ids": [number], "by": "Hà"}, {})["exit_code"] == 0
    found = drawer(run(**view))
    assert "80 bác sĩ ÷ 100.025 người" in found
    steps = re.findall(r"<li>(.*?)</li>", found)
    assert steps[0].startswith("40: ") and steps[1].startswith("44: Lê Hoa gửi lúc")
    then = drawer(run(**view, known="2022-06-30"))
    assert "76 bác sĩ" in then and "<li>" not in then


@pytest.mark.usefixtures("demo_db")
def test_in_english_the_panel_and_the_list_are_english() -> None:
    at = run(period="2021-Q3", indicator="doctors_per_10k", explain="th-ba-thuoc", lang="en")
    assert "76 doctors ÷ 100,025 people × 10,000 = 7.6" in drawer(
        at
    ) and "Where this number comes from" in drawer(at)
    html = html_of(at)
    assert "Definition and legal basis" in html and "Reading this number" in html
    assert "Căn cứ thống kê" not in html and "Danh sách" not in html


@pytest.mark.usefixtures("demo_db")
def test_the_words_of_the_document_stand_beside_the_definition() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS))
    for heading in (
        "Cách hiểu",
        "Công thức",
        "Căn cứ",
        "Phiên bản",
        "Nguồn số liệu",
        "Văn bản",
        "Hạn",
    ):
        assert f"<dt>{heading}</dt>" in html
    quoted = re.search(r"<figcaption>([^<]*)</figcaption><blockquote[^>]*>([^<]*)<", html)
    assert quoted and "mục II.3" in quoted[1] and "91%" in quoted[2]
    assert "Số trạm y tế có bác sĩ làm việc ÷ Số trạm y tế × 100" in html


@pytest.mark.usefixtures("demo_db")
def test_a_plan_of_five_years_draws_to_its_end() -> None:
    at = run(plan="nhu-thanh-2021-2025", period="2021-Q3", indicator="electronic_health_record")
    course = charts(at)[0]
    assert course["layout"]["xaxis"]["ticktext"][-1].endswith("2025")


@pytest.mark.usefixtures("demo_db")
def test_communes_are_ranked_and_the_centre_that_adds_them_up_is_not() -> None:
    at = run(period="2021-Q3", unit="th-nhu-thanh", indicator="health_insurance_coverage")
    assert len(units_of(at)) == 14 and not any(unit.startswith("TTYT") for unit in units_of(at))


@pytest.mark.usefixtures("demo_db")
def test_where_each_hospital_is_asked_hospitals_are_ranked_with_their_verdicts() -> None:
    at = run(period="2021-Q3", indicator="surgical_site_infection_rate")
    assert len(units_of(at)) == 33 and {"BV Nhi", "BVĐK Như Xuân"} <= set(units_of(at))
    html = html_of(at)
    assert "Không tính theo đơn vị nào ở trên" not in html
