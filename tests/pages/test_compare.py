"""So sánh: two periods, two units, two plans; full, partial, empty; both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.web import ROOT
from indicators.compare import Turn, count_turns
from pages.parts.compare.data import asked_of, compared
from pages.parts.view import View
from tests.pages.opening import page_html

PAGE = ROOT / "pages" / "compare.py"
TH, NT = "thanh-hoa-2021", "nhu-thanh-2021-2025"


def page(**query: str) -> str:
    """The HTML of the page; it must not have failed."""
    return page_html(PAGE, **query)


def heading(html: str) -> str:
    """The sentence."""
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found
    return found[1]


def counts(view: View, **query: str) -> dict[Turn, int]:
    """How many of the counted targets go which way."""
    found = compared(asked_of(query, view))
    return dict(count_turns(c for c in found if c.a.target.headline))


def test_a_finished_year_beside_the_one_before(demo_db: Path) -> None:
    html, said = page(period="2021"), counts(View(TH, "2021", "thanh-hoa"))
    better, worse, same = said[Turn.BETTER], said[Turn.WORSE], said[Turn.CHANCE]
    assert heading(html) == (
        f"So với năm 2020: {better} chỉ tiêu tốt lên, {worse} xấu đi, "
        f"{same} đổi trong mức ngẫu nhiên, {said[Turn.UNKNOWN]} không so được."
    )
    assert better > worse > 0
    assert "giảm 1,1 điểm %" in html and "hơn mức ngẫu nhiên" in html
    assert "Số liệu mô phỏng" in html


def test_the_partial_quarter_says_who_is_missing_and_what_does_not_compare(demo_db: Path) -> None:
    html = page(period="2021-Q3")
    assert heading(html).startswith("So với quý III/2020: ")
    assert "thiếu 1/27 đơn vị" in html and "đơn vị chưa báo cáo có thể làm đổi chiều" in html


def test_another_quarter_is_no_measure_of_what_counts_up(demo_db: Path) -> None:
    html = page(**{"period": "2021-Q3", "with": "2021-Q2"})
    row = html.split("Tỷ lệ tiêm chủng mở rộng")[1].split('class="vd-crow"')[0]
    assert "lũy kế từ đầu năm: chỉ so với cùng quý" in row
    # The plan was in force in both: verdicts then and now.
    assert "→</small>" in html


def test_what_is_asked_wrongly_falls_back(demo_db: Path) -> None:
    usual = page(period="2021-Q3")
    assert page(**{"period": "2021-Q3", "by": "<b>", "with": "<i>"}) == usual
    assert heading(page(**{"period": "2021-Q3", "with": "2022-Q1"})) == heading(usual)


def test_two_units_and_those_of_like_size(demo_db: Path) -> None:
    html = page(period="2021-Q3", unit="th-nhu-thanh", by="unit")
    assert re.match(r"Như Thanh so với .+: \d+ chỉ tiêu tốt hơn, \d+ kém hơn", heading(html))
    assert "Cùng cỡ" in html and "26 đơn vị cùng loại" in html
    chosen = page(**{"unit": "th-nhu-thanh", "by": "unit", "with": "th-ba-thuoc"})
    assert heading(chosen).startswith("Như Thanh so với Bá Thước")
    # No verdict of the province is given to its districts.
    assert (
        "kém hơn" in chosen
        and "Nguy cơ không đạt" not in chosen.split("Yêu cầu và chỉ tiêu khác")[0]
    )


def test_the_province_has_no_like_and_offers_its_districts(demo_db: Path) -> None:
    html = page(period="2021-Q3", by="unit")
    assert heading(html) == "Chọn đơn vị cần so sánh"
    assert "by=unit" in html and "unit=th-nhu-thanh" in html


def test_the_twelve_doctors_of_the_district_and_those_of_the_province(demo_db: Path) -> None:
    html = page(plan=NT, period="2021-Q3", by="plan")
    assert "Thanh Hóa 2021 có" in heading(html)
    row = html.split("Chỉ tiêu có trong cả hai kế hoạch")[1].split("Số bác sĩ trên 10.000 dân")[1]
    row = row.split('class="vd-prow"')[0]
    assert "≥ 12 bác sĩ/vạn dân" in row and "11,5 bác sĩ/vạn dân" in row
    assert "Như Thanh 2021-2025 yêu cầu cao hơn" in row and "thời hạn" in row
    above = html.split("Mức của cấp trên")[1].split("</section>")[0]
    assert "13 bác sĩ/vạn dân" in above and "cao hơn 1,0 bác sĩ/vạn dân" in above
    assert "chỉ tiêu chỉ có trong Như Thanh 2021-2025" in html


def test_plans_without_a_common_target_say_so(demo_db: Path) -> None:
    html = page(**{"plan": "quang-ninh-2019", "period": "2019", "by": "plan", "with": NT})
    assert "kỳ này nằm ngoài kế hoạch" in html or "không có chỉ tiêu nào chung" in html


def test_an_empty_database_compares_nothing_and_claims_nothing(empty_db: Path) -> None:
    html = page(plan="bac-giang-2023", period="2023")
    assert "không so được" in heading(html) and 'vd-hollow" style' not in html
    assert "tốt lên" not in heading(html)


@pytest.mark.parametrize("by", ["period", "unit", "plan"])
def test_english_is_complete(demo_db: Path, by: str) -> None:
    html = page(period="2021-Q3", unit="th-nhu-thanh", by=by, lang="en")
    html = html[html.index('class="vd-ways"') :]  # above it the document is named, as it is called
    for word in ("tốt", "xấu", "kém", "chưa", "Đánh giá", "không"):
        shown = re.sub(r'lang="vi">[^<]+|<a class="vd-chip".*?</a>', "", html)
        assert word not in shown.replace("Vạn Dân", ""), word
