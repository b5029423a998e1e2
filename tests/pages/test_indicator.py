"""Chỉ tiêu in three states, with its chart, its ranking, and where the number comes from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

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
    assert len(charts(at)) == 2


@pytest.mark.usefixtures("demo_db")
def test_a_partial_quarter_projects_with_a_range_and_shows_who_is_missing() -> None:
    at = run(period="2021-Q3", indicator=STATIONS)
    html = html_of(at)
    assert "Cần đến nay" in html and "90,6%" in html
    assert re.search(r"88,8%<small>từ 88,\d% đến 88,\d% theo nhịp các quý đã qua", html)
    last = re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a>', html)[-1]
    assert "Mường Lát" in html and last != ""
    bars = charts(at)[1]["data"][0]
    assert bars["customdata"][-1] == "th-muong-lat" and bars["text"][-1] == "chưa có số liệu"


@pytest.mark.usefixtures("empty_db")
def test_without_figures_there_is_no_chart_and_a_way_to_send_some() -> None:
    at = run(plan="bac-giang-2023", period="2023", indicator="cashless_value_share")
    html = html_of(at)
    assert not charts(at) and "Chưa có số liệu để vẽ diễn biến" in html
    assert 'href="/nop-so-lieu?plan=bac-giang-2023' in html
    assert "phải đạt cả 2 điều kiện" in html
    assert "Chưa có số liệu nào được báo cáo cho kỳ này." in html


@pytest.mark.usefixtures("demo_db")
def test_without_a_choice_the_worst_indicator_is_shown() -> None:
    at = run(period="2021")
    assert "Bác sĩ/vạn dân: không đạt, thiếu 202 bác sĩ</h1>" in html_of(at)
    assert [b.value for b in at.selectbox][-1] == "doctors_per_10k"


@pytest.mark.usefixtures("demo_db")
def test_a_choice_of_indicator_goes_into_the_address() -> None:
    at = run(period="2021")
    at.selectbox[-1].select(STATIONS).run()
    assert at.query_params["indicator"] in (STATIONS, [STATIONS]) and not at.exception
    assert "Trạm y tế có bác sĩ: không đạt" in html_of(at)


@pytest.mark.usefixtures("demo_db")
def test_the_ranking_adds_up_to_the_whole() -> None:
    bars = charts(run(period="2021", indicator="doctors_per_10k"))[1]["data"][0]
    assert list(bars["x"]) == sorted(bars["x"], reverse=True)
    html = html_of(run(period="2021", indicator="doctors_per_10k"))
    # Provincial hospitals have doctors and no population: what they make up for is a line.
    assert "Không tính theo đơn vị nào ở trên" in html and "thiếu 202 bác sĩ</td>" in html


@pytest.mark.usefixtures("demo_db")
def test_units_of_the_table_are_links_to_their_page() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS))
    assert '<a href="/don-vi?plan=thanh-hoa-2021&amp;period=2021-Q3&amp;unit=th-quan-son' in html


@pytest.mark.usefixtures("demo_db")
def test_a_click_on_a_bar_opens_the_page_of_that_unit() -> None:
    at = page(period="2021-Q3", indicator=STATIONS)
    point = {"customdata": "th-quan-son"}
    at.session_state[f"bars-thanh-hoa-{STATIONS}"] = {"selection": {"points": [point]}}
    at.run()
    assert not at.exception
    assert "/don-vi?plan=thanh-hoa-2021&period=2021-Q3&unit=th-quan-son" in goes_to(at)


def goes_to(at: AppTest) -> str:
    """The address that the page opens by itself."""
    return " ".join(
        json.loads(data_of(mounted)).get("go", "") for mounted in at.get("bidi_component")
    )


@pytest.mark.usefixtures("demo_db")
def test_a_target_for_every_unit_lists_those_that_fail_and_counts_the_unknown() -> None:
    html = html_of(run(period="2021", indicator="full_immunisation_under_1"))
    every = html.split("Từng đơn vị phải đạt</h2>")[1].split("</section>")[0]
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', every)
    assert set(names) == {"Xuân Thái", "Thanh Kỳ", "Thanh Tân"}
    assert "545 đơn vị chưa có số liệu" in every and "TP Thanh Hóa (34)" in every


@pytest.mark.usefixtures("demo_db")
def test_the_number_is_taken_apart_down_to_file_and_row() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS))
    assert re.search(r"Tử số \d+ · Mẫu số \d+", html)
    assert re.search(r"\.(csv|xlsx|ods)</td>.*?dòng \d+, cột \d+", html)
    assert "TTYT Quan Sơn" in html


@pytest.mark.usefixtures("demo_db")
def test_the_words_of_the_document_stand_beside_the_definition() -> None:
    html = html_of(run(period="2021-Q3", indicator=STATIONS))
    for heading in (
        "Văn bản viết",
        "Cách hiểu",
        "Công thức",
        "Căn cứ",
        "Phiên bản",
        "Nguồn số liệu",
    ):
        assert f"<dt>{heading}</dt>" in html
    assert "mục II.3" in html and "÷" in html


@pytest.mark.usefixtures("demo_db")
def test_a_plan_of_five_years_draws_to_its_end() -> None:
    at = run(plan="nhu-thanh-2021-2025", period="2021-Q3", indicator="electronic_health_record")
    course = charts(at)[0]
    assert course["layout"]["xaxis"]["ticktext"][-1].endswith("2025")


@pytest.mark.usefixtures("demo_db")
def test_communes_are_ranked_and_the_centre_that_adds_them_up_is_not() -> None:
    at = run(period="2021-Q3", unit="th-nhu-thanh", indicator="health_insurance_coverage")
    units = charts(at)[1]["data"][0]["customdata"]
    assert len(units) == 14 and not any(unit.startswith("th-ttyt") for unit in units)


@pytest.mark.usefixtures("demo_db")
def test_where_each_hospital_is_asked_hospitals_are_ranked_with_their_verdicts() -> None:
    at = run(period="2021-Q3", indicator="surgical_site_infection_rate")
    units = charts(at)[1]["data"][0]["customdata"]
    assert len(units) == 33 and {"th-bv-nhi", "th-bvdk-nhu-xuan"} <= set(units)
    html = html_of(at)
    assert "BVĐK Như Xuân" in html and "Không tính theo đơn vị nào ở trên" not in html
