"""Tổng quan in three states: a full quarter, a partial one, and a database without figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.progress import FormProgress
from etl.web import ROOT
from indicators.charts.shapes import SHAPES
from indicators.deployment import load_deployment
from indicators.judge import WORST_FIRST, Verdict
from indicators.sentence import verdict_text
from pages.parts.aside import form_item
from pages.parts.data import picture_of
from pages.parts.verdicts import icon
from pages.parts.view import View
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "overview.py"


def run(**query: str) -> AppTest:
    """The page as opened with this address."""
    return open_page(PAGE, **query)


def text_of(html: str) -> str:
    """What a reader sees of HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&gt;", ">")


def headline(period: str) -> Counter[Verdict]:
    """How many of the targets that the sentence counts have which verdict."""
    found = picture_of(View("thanh-hoa-2021", period, "thanh-hoa")).assessments
    return Counter(a.verdict for a in found if a.target.headline)


def main_rows(html: str) -> str:
    """The rows of the targets that the sentence counts."""
    return rows(html).split("vd-others")[0]


@pytest.mark.usefixtures("demo_db")
def test_a_finished_year_is_answered_in_one_sentence() -> None:
    html, said = html_of(run(period="2021")), headline("2021")
    exceeded, missed = said[Verdict.EXCEEDED], said[Verdict.NOT_MET]
    good = exceeded + said[Verdict.MET]
    answer = f"Có {good}/{said.total()} chỉ tiêu đạt và vượt kế hoạch (trong đó {exceeded} vượt)"
    missing = f'<em class="vd-is-not_met">{missed} không đạt</em>'
    assert f"<h1>{answer}, {missing}.</h1>" in html
    assert good > missed > 3 and exceeded
    worst = "Bác sĩ/vạn dân, Trạm y tế có bác sĩ, Trẻ dưới 5 tuổi nhẹ cân"
    names = re.sub(r"</?a[^>]*>", "", html)
    assert f"<em>Không đạt:</em> {worst}" in names
    assert "Dự báo" not in html  # at the end nothing is projected
    assert "thiếu 202 bác sĩ" in html and "11/559" in html and "26/27" in html
    assert "Số liệu mô phỏng" in html


@pytest.mark.usefixtures("demo_db")
def test_a_partial_quarter_shows_between_what_a_value_may_end_and_who_is_missing() -> None:
    text = text_of(html_of(run(period="2021-Q3")))
    assert "khi đủ số liệu: từ 87,7% đến 89,1%" in text
    assert "khi đủ số liệu ít nhất 10,7 bác sĩ/vạn dân" in text
    assert "số liệu có sau ngày 31/01/2022" in text
    assert re.search(r"BV Nội tiết · còn thiếu báo cáo, quá hạn trên một năm", text)
    assert "TTYT Mường Lát · đã gửi, còn thiếu số liệu" in text
    assert "đơn vị đã gửi sau hạn" in text and "32/33 báo cáo" in text


@pytest.mark.usefixtures("empty_db")
def test_without_figures_nothing_is_claimed() -> None:
    html = html_of(run(plan="bac-giang-2023", period="2023"))
    assert "Có 0/4 chỉ tiêu đạt và vượt kế hoạch, 4 chưa có số liệu." in html
    assert "Chưa có số liệu để so sánh." in html and "vd-dot" not in rows(html)
    assert "<summary>và" in html  # sixteen units are missing, six are named at once


def rows(html: str) -> str:
    """The rows of targets, without the legend above them."""
    return html.split('<div class="vd-row">', 1)[1].split("<aside>")[0]


@pytest.mark.usefixtures("empty_db")
def test_two_measures_that_must_both_pass_are_two_lines_of_one_row() -> None:
    html = html_of(run(plan="bac-giang-2023", period="2023"))
    # Cashless payment, two courses, medicines and supplies; of "each" units the units count.
    assert html.count('class="vd-group"') == 3 and html.count("vd-row vd-line") == 6


@pytest.mark.usefixtures("demo_db")
def test_a_row_leads_to_its_indicator_in_the_same_view() -> None:
    html = html_of(run(period="2021-Q3"))
    kept = "plan=thanh-hoa-2021&amp;period=2021-Q3&amp;unit=thanh-hoa"
    assert f'href="/chi-tieu?{kept}&amp;indicator=doctors_per_10k"' in html


@pytest.mark.usefixtures("demo_db")
def test_the_worst_stand_first() -> None:
    shown = main_rows(html_of(run(period="2021")))
    marks = re.findall(r'class="vd-verdict">.*?</svg>([^<]+)<', shown)
    order = [verdict_text(verdict) for verdict in WORST_FIRST]
    assert marks == sorted(marks, key=order.index) and len(set(marks)) > 3
    assert (marks[0], marks[-1]) == ("Không đạt", "Vượt")


@pytest.mark.usefixtures("demo_db")
def test_a_count_filters_the_rows_and_lets_go_again() -> None:
    at = run(period="2021", verdict="not_met")
    html = html_of(at)
    said = headline("2021")
    assert main_rows(html).count('class="vd-verdict"') == said[Verdict.NOT_MET]
    keys = html.split('class="vd-keys"')[1].split("</div>")[0]
    assert 'aria-current="true"' in keys and "&amp;verdict=not_met" not in keys
    # Another order of the rows shows the same ones.
    assert "&amp;verdict=not_met&amp;group=field" in html
    assert f"/{said.total()} chỉ tiêu" in html  # the sentence stays that of all targets


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("verdict", ["", "nonsense", "<b>", "no_baseline"])
def test_an_unknown_filter_shows_everything(verdict: str) -> None:
    shown = html_of(run(period="2021", verdict=verdict))
    targets = opened().deployment.plans["thanh-hoa-2021"].targets
    # Of two measures that must both pass there are two lines, of "each" one with the units.
    single = [target for target in targets if target.each or not target.also]
    assert shown.count('class="vd-row"') == len(single)


@pytest.mark.usefixtures("demo_db")
def test_what_gets_worse_names_the_units_that_cause_it() -> None:
    text = text_of(html_of(run(period="2021-Q3")))
    worse = text.split("Đang xấu đi")[1].split("Chưa báo cáo")[0]
    assert "Giảm 6 quý liên tiếp, từ 90,2% xuống 88,9%" in worse
    assert "Quan Sơn (thiếu 5 trạm)" in worse


@pytest.mark.usefixtures("demo_db")
def test_the_page_speaks_english_when_asked() -> None:
    html = html_of(run(period="2021", lang="en"))
    said = headline("2021")
    good = said[Verdict.EXCEEDED] + said[Verdict.MET]
    assert f"{good} of {said.total()} targets met or exceeded" in html
    assert "Actual against plan" in html


@pytest.mark.usefixtures("demo_db")
def test_the_plan_is_judged_for_the_unit_that_set_it() -> None:
    at = run(period="2021-Q3", unit="th-nhu-thanh")
    assert html_of(at) == html_of(run(period="2021-Q3"))
    assert "Đơn vị" not in [box.label for box in at.selectbox]


def test_every_verdict_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(Verdict)
    assert len(set(SHAPES.values())) == len(Verdict)
    assert all('aria-hidden="true"' in icon(verdict) for verdict in Verdict)


def test_the_page_is_thin() -> None:
    for name in ("overview.py", "indicator.py"):
        lines = (ROOT / "pages" / name).read_text("utf-8").splitlines()
        assert len(lines) <= 70 and not any("select " in line.lower() for line in lines)


def test_the_page_reads_nothing_but_the_database(demo_db: Path) -> None:
    before = demo_db.stat().st_size
    run(period="2021-Q2")
    assert demo_db.stat().st_size == before


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_deadline_that_may_still_move_is_said_to_be_provisional(language: str) -> None:
    catalogue = load_deployment(ROOT / "data").catalogue
    known = FormProgress("hospital_quarter", date(2027, 1, 8), 27, 3, 3, provisional=False)
    said = {"vi": "hạn tạm tính: lịch nghỉ năm 2027", "en": "provisional: the days off of 2027"}
    assert said[language] not in form_item(known, catalogue, language)
    assert said[language] in form_item(replace(known, provisional=True), catalogue, language)


@pytest.mark.usefixtures("demo_db")
def test_a_plan_whose_unit_ended_says_that_nothing_will_be_final() -> None:
    html = html_of(run(plan="nhu-thanh-2021-2025", period="2025"))
    assert "Huyện Như Thanh kết thúc ngày 01/07/2025, trước khi hết kỳ này." in html
    assert "không thể có kết luận cuối cùng" in html and "period=2025-Q2" in html
    for period in ("2025-Q2", "2024"):
        assert "vd-ended" not in html_of(run(plan="nhu-thanh-2021-2025", period=period))


@pytest.mark.usefixtures("demo_db")
def test_by_field_every_target_stands_under_its_field_worst_first() -> None:
    shown = main_rows(html_of(run(period="2021", group="field")))
    plain = main_rows(html_of(run(period="2021")))
    assert shown.count('class="vd-verdict"') == plain.count('class="vd-verdict"')
    order = [verdict_text(verdict) for verdict in WORST_FIRST]
    for part in shown.split('class="vd-field"')[1:]:
        marks = re.findall(r'class="vd-verdict">.*?</svg>([^<]+)<', part)
        assert marks and marks == sorted(marks, key=order.index)
    assert "group=field" in html_of(run(period="2021", group="field", verdict="met"))


@pytest.mark.usefixtures("demo_db")
def test_a_row_shows_last_year_and_what_is_needed_by_now() -> None:
    text = text_of(main_rows(html_of(run(period="2021-Q3"))))
    assert "cùng kỳ 89,8%" in text and "đến nay cần 90,6%" in text
    html = html_of(run(period="2021-Q3"))
    assert re.search(r"Dự báo cuối năm theo nhịp đã có: đạt \d+–\d+ trong \d+ chỉ tiêu", html)
    assert "muc=projection" in html


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_new_names_verdicts_then_and_now(language: str) -> None:
    html = html_of(run(period="2021-Q3", known="2021-10-12", lang=language))
    card = html.split("Trong 7 ngày qua" if language == "vi" else "In the last 7 days")[1]
    card = text_of(card.split("</section>")[0])
    first, then = ("gửi mới", "Chưa đến hạn →") if language == "vi" else ("sent", "Not due →")
    assert first in card and then in card
    quiet = text_of(html_of(run(period="2021-Q3", lang=language)))
    assert ("09/02/2022" in quiet) and ("Không có báo cáo mới" in quiet or "Nothing new" in quiet)


@pytest.mark.usefixtures("empty_db")
@pytest.mark.parametrize("plan", ["quang-ninh-2019", "thanh-hoa-2021", "nhu-thanh-2021-2025"])
def test_an_empty_database_has_no_outlook_and_no_news(plan: str) -> None:
    html = html_of(run(plan=plan))
    assert "Dự báo" not in html and "Chưa nhận báo cáo nào." in html
