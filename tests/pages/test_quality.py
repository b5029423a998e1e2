"""Chất lượng số liệu: the answer, what is missing, doubtful or unlike, in every state and language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.commands import answer
from etl.context import opened
from etl.findings import load_texts
from etl.store.awaiting import waiting
from etl.web import ROOT
from indicators.quality import Part
from indicators.text import texts
from pages.parts.data import picture_of
from pages.parts.quality.data import looked_of, quality_of, score_of
from pages.parts.view import View
from tests.pages.opening import card_of, page_html

PAGE = ROOT / "pages" / "quality.py"
TH, NT = "thanh-hoa-2021", "nhu-thanh-2021-2025"


def page(**query: str) -> str:
    """The HTML of the page; it must not have failed."""
    return page_html(PAGE, **query)


def rows(query: str) -> list[tuple[object, ...]]:
    """Straight from the tables, without anything of ours in between."""
    return opened().store.cursor().execute(query).fetchall()


def test_a_partial_quarter_is_answered_in_one_sentence(demo_db: Path) -> None:
    shown = page(period="2021-Q3")
    progress = picture_of(View(TH, "2021-Q3", "thanh-hoa")).progress
    late = {r.unit for r in progress.received if r.days_late}
    answer = f"{progress.units_done}/{progress.units_due} đơn vị đã nộp đủ báo cáo; "
    assert f"<h1>{answer}{len(late)} đơn vị nộp muộn; không có số liệu cần xem lại.</h1>" in shown
    assert "Số liệu mô phỏng" in shown and "không làm đổi đánh giá" in shown
    missing = card_of(shown, "Chưa nộp đủ")
    assert "unit=th-bv-noi-tiet" in missing and "quá hạn trên một năm" in missing
    assert "muộn 96 ngày" in card_of(shown, "Nộp muộn")
    assert "TTYT Mường Lát" in card_of(shown, "Ô để trống trong báo cáo đã nhận")


def test_cards_stand_with_the_worst_first(demo_db: Path) -> None:
    shown = page(period="2021-Q3")
    tiles = re.findall(r"<dt>[^<]+</dt><dd>([0-9]+,[0-9])%", shown)
    found = [float(text.replace(",", ".")) for text in tiles]
    assert len(found) == 6 and found == sorted(found)
    assert shown.index("Chỉ tiêu chưa đủ số liệu") < shown.index("<h2>Chưa nộp đủ")


def test_doubts_are_figures_in_use_with_the_reason_of_their_sender(demo_db: Path) -> None:
    shown = card_of(page(period="2020-Q2"), "Số liệu cần xem lại")
    kept = rows(
        """select count(*) from finding f join upload u on u.id = f.upload
        where severity = 'needs_reason' and file_name like '2020-Q2%'"""
    )
    assert f"<span>{kept[0][0]}</span>" in shown
    assert "13.320" in shown and "(9.977)" in shown and "mô phỏng" in shown
    assert "unit=th-ttyt-ba-thuoc" in shown and "period=2020-Q2" in shown


def test_figures_outside_the_noise_stand_beside_what_chance_would_list(demo_db: Path) -> None:
    found = looked_of(View(TH, "2021-Q3", "thanh-hoa"))
    shown = card_of(page(period="2021-Q3"), "Ngoài mức dao động thường thấy")
    assert f"{len(found.unusual)} trong 2.119 số liệu" in shown
    assert f"khoảng {round(found.alarms.listed)} số liệu" in shown
    assert 0 < found.alarms.listed < 0.046 * found.alarms.comparisons


def test_a_difference_between_two_levels_is_found_where_it_was_put(demo_db: Path) -> None:
    shown = card_of(page(period="2021-Q2", unit="th-nhu-thanh"), "Đối chiếu giữa hai cấp")
    assert "86.645 ở cấp trên, tổng 14 đơn vị dưới là 86.633 (lệch 12)" in shown
    calm = card_of(page(period="2021-Q3", unit="th-nhu-thanh"), "Đối chiếu giữa hai cấp")
    assert "phép đối chiếu đều khớp" in calm


def test_a_district_only_shows_its_own_units(demo_db: Path) -> None:
    shown = page(period="2021-Q3", unit="th-muong-lat")
    scores = card_of(shown, "Điểm chất lượng số liệu theo đơn vị")
    assert set(re.findall(r"/don-vi[^\"]*unit=([a-z0-9-]+)", scores)) == {
        "th-ttyt-muong-lat",
        "th-bvdk-muong-lat",
    }
    assert "BV Nội tiết" not in shown


def test_the_score_of_a_unit_shows_its_parts_and_what_is_not_known(demo_db: Path) -> None:
    view = View(TH, "2021-Q3", "th-ttyt-muong-lat")
    score = score_of(view)
    assert score.worst is Part.ON_TIME and not score.share(Part.AGREES).of
    shown = page(period="2021-Q3")
    line = next(
        part for part in shown.split("<tr>") if "unit=th-ttyt-muong-lat" in part and "▼▼" in part
    )
    assert f"<b>{round(score.value or 0)}</b>" in line and ">…</td>" in line


def test_scores_agree_with_counting_the_tables(demo_db: Path) -> None:
    found = quality_of(View(TH, "2021-Q3", "thanh-hoa"))
    wanted = rows(
        """select count(*) from submission s join dimension p on p.kind = 'period' and p.key = s.period
        join dimension u on u.kind = 'unit' and u.key = s.unit
        where u.id = 'th-ttyt-quan-son'
        and p.id in ('2020-Q4', '2021-Q1', '2021-Q2', '2021-Q3', '2020', '2020-H2', '2021-H1')"""
    )
    assert found.scores["th-ttyt-quan-son"].share(Part.RECEIVED).good == wanted[0][0]


def test_a_view_of_the_past_knows_only_what_was_there(demo_db: Path) -> None:
    now = looked_of(View(TH, "2021-Q3", "thanh-hoa"))
    then = looked_of(View(TH, "2021-Q3", "thanh-hoa", known="2021-10-10"))
    assert len(then.progress.missing) > len(now.progress.missing)
    assert then.late == () and now.late
    shown = page(period="2021-Q3", known="2021-10-10")
    assert "không đơn vị nào nộp muộn" in shown and "known=2021-10-10" in shown


def test_an_empty_database_says_so_and_gives_no_score(empty_db: Path) -> None:
    shown = page(period="2021-Q3")
    assert "Chưa nhận báo cáo nào của 84 đơn vị phải nộp." in shown
    assert "chưa có điểm" in shown and "chưa biết ô nào trống" in shown
    assert "<dd>…<small>trên 100" in shown


def test_a_plan_whose_unit_is_gone_says_why_nothing_is_due(demo_db: Path) -> None:
    shown = page(plan=NT, period="2025")
    assert "Huyện Như Thanh kết thúc ngày 01/07/2025" in shown and "period=2025-Q2" in shown


@pytest.mark.parametrize("period", ["2021-Q3", "2021", "2020-Q2"])
def test_english_shows_no_vietnamese_of_ours(demo_db: Path, period: str) -> None:
    shown = page(period=period, lang="en")
    assert "have sent all their reports" in shown
    for word in ("đơn vị", "muộn", "số liệu", "chỉ tiêu", "báo cáo"):
        assert word not in re.sub(r'(?:href|aria-label)="[^"]*"', "", shown).lower()


def test_a_change_that_was_approved_is_no_question_about_its_figure(demo_copy: Path) -> None:
    before = len(quality_of(View(TH, "2021-Q3", "thanh-hoa")).doubts)
    changes = [s for s in waiting(opened().store.cursor()) if s.is_change]
    assert changes
    done = answer("approve", {"ids": [s.id for s in changes], "by": "Hà"}, {})
    assert done["exit_code"] == 0
    assert "đơn vị đã nộp đủ báo cáo" in page(period="2021-Q3")
    assert len(quality_of(View(TH, "2021-Q3", "thanh-hoa")).doubts) == before


def test_every_warning_that_may_be_a_question_has_a_word() -> None:
    asked = {code for code, known in load_texts().items() if known["severity"] == "needs_reason"}
    words = {
        key.removeprefix("quality.kind.") for key in texts() if key.startswith("quality.kind.")
    }
    assert asked - words == {"change-after-approval"} and not words - asked
