"""Nộp số liệu: look first, refuse in words, send, look back, take back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import context
from etl.context import opened, today
from etl.entries import Hints
from etl.history import State, TakingBack, take_back, uploads
from etl.load import Sending, load
from etl.store.connect import now, open_store
from etl.store.submissions import AlreadyWithdrawn, NoSuchSubmission
from etl.template import forms_of, harmless, template_csv
from etl.web import ROOT
from indicators.judge import Verdict
from indicators.period import parse_period
from pages.parts.data import picture_of
from pages.parts.view import View
from tests.html import html_of

PAGE = ROOT / "pages" / "submit.py"
CSV = "text/csv"
MUONG_LAT = {
    "population": 40100, "insured": 37400, "health_records": 9000, "doctors": 22, "communes": 8,
    "communes_at_standard": 4, "stations": 8, "stations_with_doctor": 4,
    "stations_managing_ncd": 6, "children_under_1": 600, "children_fully_immunised": 140,
    "children_weighed": 2600, "children_underweight": 520,
}  # fmt: skip
# The two reports that the demo province lacks in the third quarter.
LATE = "unit,period,quantity,value\n" + "".join(
    f"{unit},2021-Q3,{quantity},{value}\n"
    for unit, figures in (
        ("th-ttyt-muong-lat", MUONG_LAT),
        ("th-bv-noi-tiet", {"beds": 150, "doctors": 50}),
    )
    for quantity, value in figures.items()
)
CLEAN = "unit,period,quantity,value\nth-bv-noi-tiet,2021-Q3,beds,150\n"
BAD = "Đơn vị;Kỳ báo cáo;Dân số;Bác sĩ\nTTYT Như Thanh;Quý III/2021;95.100;ba\n"
UNSURE = (
    "Đơn vị;Kỳ báo cáo;Dân số;Số người tham gia BHYT\nTTYT Như Thanh;Quý III/2021;95.100;99.100\n"
)


def page(**query: str) -> AppTest:
    """The page, run once."""
    at = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def choose(at: AppTest, *files: tuple[str, str]) -> AppTest:
    """Choose files as a person does."""
    at.file_uploader[0].set_value([(name, text.encode(), CSV) for name, text in files])
    return at.run()


def send(at: AppTest, *, by: str = "Lê Thị Hoa", reason: str = "") -> AppTest:
    """Fill in what is asked for and press the button."""
    at.text_input(key="vd-name").set_value(by)
    if reason:
        at.text_area(key="vd-reason").set_value(reason)
    return at.button(key="vd-send-button").click().run()


def has_button(at: AppTest, key: str) -> bool:
    return key in [button.key for button in at.button]


def doctors() -> Verdict:
    """The verdict on doctors per 10 000 people in the third quarter."""
    found = picture_of(View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")).assessment("doctors")
    assert found is not None
    return found.verdict


def flips(shown: str) -> int:
    """How many verdicts a page says have changed."""
    said = re.search(r"(\d+) đánh giá đã thay đổi", shown)
    assert said
    return int(said[1])


def sent_count() -> int:
    return len(uploads(opened().store.cursor(), opened().deployment))


def test_an_empty_database_shows_the_form_and_says_that_nothing_was_sent(empty_db: Path) -> None:
    at = page()
    assert not at.exception and at.title[0].value == "Nộp số liệu"
    assert "Chưa có tệp nào được nộp." in html_of(at)
    assert not has_button(at, "vd-send-button")


def test_the_history_lists_files_newest_first_with_time_in_vietnam(undecided_db: Path) -> None:
    shown = html_of(page())
    first = shown.index("2021_ttyt-so-nam_nop-muon.csv")
    assert first < shown.index("2021-Q4_ttyt_nop-muon.csv")
    assert "/02/2022" in shown and "Đang dùng" in shown and "mô phỏng" in shown


def test_the_address_filters_the_history(undecided_db: Path) -> None:
    at = page(unit="th-nhu-thanh", period="2021-Q1")
    shown = html_of(at)
    assert "Đang lọc: Huyện Như Thanh · Quý I/2021" in shown and "2021-Q1_ttyt.csv" in shown
    assert "2021-Q4" not in shown
    nothing = page(unit="th-ba-thuoc-ky-tan", period="2021-Q1")
    assert "Không có lượt nộp nào" in html_of(nothing)


def test_a_good_file_shows_changes_and_flips_and_writes_nothing(undecided_db: Path) -> None:
    before = opened().store.version()
    at = choose(page(), ("bo-sung.csv", LATE))
    shown = html_of(at)
    assert not at.exception
    assert "Sẵn sàng gửi" in shown and "<b>13</b> thêm mới" in shown
    assert "Số bác sĩ/vạn dân" in shown and "Chưa đủ dữ liệu" in shown
    assert "Nguy cơ không đạt" in shown and "142" in shown
    assert opened().store.version() == before and doctors() is Verdict.PARTIAL


def test_the_preview_is_made_once(undecided_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = choose(page(), ("bo-sung.csv", LATE))
    first = dict(at.session_state["vd-previews"])
    at.text_input(key="vd-name").set_value("Hoa").run()
    again = at.session_state["vd-previews"]
    assert list(again) == list(first) and all(again[k] is first[k] for k in first)


def test_a_bad_file_is_refused_by_cell_and_cannot_be_sent(undecided_db: Path) -> None:
    before = opened().store.version()
    at = choose(page(), ("sai.csv", BAD))
    shown = html_of(at)
    assert "Không gửi được: 1 lỗi phải sửa" in shown and "Chưa có gì được ghi." in shown
    assert "<b>D2</b>" in shown and "Bác sĩ" in shown and "“ba”" in shown
    assert not has_button(at, "vd-send-button") and opened().store.version() == before


def test_what_is_no_table_is_refused_in_words(undecided_db: Path) -> None:
    at = page()
    at.file_uploader[0].set_value([("anh.csv", b"\x89PNG\r\n\x1a\n\x00\x01", "image/png")]).run()
    assert not at.exception and "Không gửi được" in html_of(at)


def test_findings_are_escaped(undecided_db: Path) -> None:
    at = choose(page(), ("<b>.csv", BAD.replace("ba\n", "<script>\n")))
    shown = html_of(at)
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "<b>.csv" not in shown


def test_an_unusual_figure_demands_a_reason_before_sending(undecided_copy: Path) -> None:
    before = sent_count()
    at = choose(page(), ("la.csv", UNSURE))
    assert "Gửi được khi có lý do cho 3 điểm" in html_of(at) and "86.935" in html_of(at)
    at = send(at)
    assert at.error[0].value == "Chưa gửi: hãy ghi lý do của những điểm bất thường."
    assert sent_count() == before
    at = send(at, reason="đã đối chiếu với BHXH")
    assert "Đã gửi la.csv" in html_of(at) and sent_count() == before + 1
    newest = uploads(opened().store.cursor(), opened().deployment)[0]
    assert (newest.note, newest.received_by) == ("đã đối chiếu với BHXH", "Lê Thị Hoa")


def test_each_kind_of_warning_may_have_its_own_reason(undecided_copy: Path) -> None:
    at = choose(page(), ("la.csv", UNSURE))
    own = [field for field in at.text_input if str(field.key).startswith("vd-reason:")]
    codes = [str(field.key).partition(":")[2] for field in own]
    assert len(codes) > 1
    for field in own[1:]:
        field.set_value(f"lý do của {field.key}")
    at = send(at)
    assert at.error[0].value == "Chưa gửi: hãy ghi lý do của những điểm bất thường."
    at.text_input(key=f"vd-reason:{codes[0]}").set_value("đã đối chiếu")
    at = send(at)
    assert "Đã gửi la.csv" in html_of(at)
    rows = (
        opened()
        .store.cursor()
        .execute("select code, reason from finding where upload = (select max(id) from upload)")
    )
    kept = dict(rows.fetchall())
    assert kept[codes[0]] == "đã đối chiếu" and kept[codes[1]] == f"lý do của vd-reason:{codes[1]}"


def test_sending_needs_a_name(undecided_db: Path) -> None:
    before = sent_count()
    at = send(choose(page(), ("bo-sung.csv", LATE)), by=" ")
    assert at.error[0].value == "Chưa gửi: hãy ghi tên người nộp." and sent_count() == before


def test_sending_after_somebody_else_asks_to_look_again(undecided_copy: Path) -> None:
    at = choose(page(), ("bo-sung.csv", LATE))
    how = Sending("người khác", now(), today(), "x")
    other = UNSURE.encode()
    at.text_input(key="vd-name").set_value("Hoa")
    load(opened().store, opened().deployment, "la.csv", other, hints=Hints(today()), how=how)
    at.button(key="vd-send-button").click().run()
    assert at.error[0].value.startswith("Chưa gửi: trong lúc xem")


def test_sending_stores_names_links_and_empties_the_form(undecided_copy: Path) -> None:
    at = send(choose(page(), ("bo-sung.csv", LATE)))
    shown = html_of(at)
    assert "Đã ghi 2 lượt nộp" in shown and flips(shown) >= 3
    assert "/don-vi?plan=thanh-hoa-2021&amp;period=2021-Q3&amp;unit=th-ttyt-muong-lat" in shown
    assert not has_button(at, "vd-send-button")
    assert doctors() is Verdict.AT_RISK
    assert shown.index("bo-sung.csv") < shown.index("Lê Thị Hoa")


def test_the_same_file_again_changes_nothing_and_says_so(undecided_copy: Path) -> None:
    at = send(choose(page(), ("bo-sung.csv", LATE)))
    at = choose(at, ("lai.csv", LATE))
    shown = html_of(at)
    assert "Không có gì thay đổi" in shown and "Tệp này đã được Lê Thị Hoa nộp lúc" in shown
    assert not has_button(at, "vd-send-button")


def test_of_several_files_the_good_ones_can_be_sent(undecided_copy: Path) -> None:
    before = sent_count()
    at = choose(page(), ("sai.csv", BAD), ("bo-sung.csv", LATE))
    assert "Tệp bị lỗi không được gửi: sai.csv" in html_of(at)
    at = send(at)
    assert sent_count() == before + 1 and "Đã gửi bo-sung.csv" in html_of(at)


def test_a_hint_says_what_the_file_does_not(undecided_db: Path) -> None:
    text = "Số liệu;Giá trị\nSố trạm y tế;15\n"
    at = choose(page(), ("x.csv", text))
    assert "Không gửi được" in html_of(at)
    at.selectbox(key="vd-hint-period").set_value("2021-Q3")
    at.selectbox(key="vd-hint-unit").set_value("th-ttyt-nhu-thanh").run()
    assert "Sẵn sàng gửi" in html_of(at)


def test_taking_back_asks_shows_what_returns_and_restores_it(undecided_copy: Path) -> None:
    at = send(choose(page(), ("bo-sung.csv", LATE)))
    changed = flips(html_of(at))
    newest = uploads(opened().store.cursor(), opened().deployment)[0]
    at.query_params["withdraw"] = str(newest.id)
    at.run()
    assert "Thu hồi tệp bo-sung.csv?" in html_of(at)
    assert f"{changed} đánh giá sẽ thay đổi" in html_of(at)
    at.button(key="vd-withdraw-yes").click().run()
    assert at.error[0].value == "Chưa thu hồi: hãy ghi lý do." and doctors() is Verdict.AT_RISK
    at.text_input(key="vd-withdraw-reason").set_value("gửi nhầm")
    at.button(key="vd-withdraw-yes").click().run()
    assert "Đã thu hồi tệp bo-sung.csv: 2 lượt nộp." in html_of(at)
    assert doctors() is Verdict.PARTIAL
    newest = uploads(opened().store.cursor(), opened().deployment)[0]
    assert newest.state is State.WITHDRAWN and "Đã thu hồi" in html_of(at)


def test_a_wrong_number_in_the_address_opens_nothing(undecided_db: Path) -> None:
    at = page(withdraw="<script>")
    assert not at.exception and "<script>" not in html_of(at)
    assert not has_button(at, "vd-withdraw-yes")


def test_an_upload_is_taken_back_whole_and_once(undecided_copy: Path) -> None:
    context_now, how = opened(), TakingBack("nhầm", "Hoa", now(), today())
    upload = next(
        u for u in uploads(context_now.store.cursor(), context_now.deployment) if len(u.units) > 20
    )
    taken = take_back(context_now.store, context_now.deployment, upload, how=how)
    assert len(taken.submissions) == len(upload.submissions)
    with pytest.raises(AlreadyWithdrawn):
        take_back(context_now.store, context_now.deployment, upload, how=how)
    unknown = type(upload)(**{**vars(upload), "id": 10**6})
    with pytest.raises(NoSuchSubmission):
        take_back(context_now.store, context_now.deployment, unknown, how=how)


def test_the_page_and_its_files_are_about_now(demo_db: Path) -> None:
    asked = {"plan": "thanh-hoa-2021", "period": "2021-Q3"}
    then = html_of(page(**asked, known="2021-06-30"))
    links = re.findall(r'href="(/tai-ve/[^"]+)"', then)
    assert any("uploads.xlsx" in link for link in links)
    assert not any("known=" in link for link in links)
    assert links == re.findall(r'href="(/tai-ve/[^"]+)"', html_of(page(**asked)))


def test_the_template_filled_in_loads_without_a_word(undecided_db: Path) -> None:
    deployment = opened().deployment
    asked = ("th-ttyt-nhu-thanh", parse_period("2021-Q3"))
    empty = template_csv(deployment, *asked).decode()
    cells = sum(len(form.quantities) for form in forms_of(deployment, *asked))
    assert empty.startswith("\ufeffĐơn vị;Kỳ báo cáo;Số liệu;")
    assert empty.count("\r\n") == 1 + cells > 14
    lines = empty.splitlines()
    filled = "\r\n".join([lines[0], *(f"{line[:-1]}1;" for line in lines[1:])])
    how = Sending("x", now(), today(), dry_run=True)
    loaded = load(
        open_store(None),  # without a history, for which 1 everywhere would be a question
        deployment,
        "mau.csv",
        filled.encode(),
        hints=Hints(today()),
        how=how,
    )
    assert not loaded.refused and not loaded.findings and loaded.units == ["th-ttyt-nhu-thanh"]


def buttons(at: AppTest) -> list[str]:
    """What stands on the download buttons, from top to bottom."""
    return [str(element.proto.label) for element in at.get("download_button")]


def test_the_form_can_be_had_as_workbook_and_as_text(undecided_db: Path) -> None:
    assert buttons(page()) == ["Tải biểu mẫu (XLSX)", "CSV"]


def test_findings_can_be_taken_away_and_a_clean_file_offers_nothing(undecided_db: Path) -> None:
    marked = "Tải bảng tính đã đánh dấu"
    assert marked in buttons(choose(page(), ("sai.csv", BAD)))
    assert marked in buttons(choose(page(), ("la.csv", UNSURE)))
    assert marked not in buttons(choose(page(), ("bo-sung.csv", CLEAN)))
    english = buttons(choose(page(lang="en"), ("sai.csv", BAD)))
    assert "Download the marked workbook" in english


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@SUM(A1)", "\tx"])
def test_no_cell_of_a_template_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_english_has_no_vietnamese_words_of_its_own(undecided_db: Path) -> None:
    at = choose(page(lang="en"), ("bo-sung.csv", LATE))
    shown = html_of(at)
    assert (
        "Ready to send" in shown and "Sẵn sàng" not in shown and at.title[0].value == "Send figures"
    )


def test_the_page_keeps_no_database_open(undecided_db: Path) -> None:
    page()
    context.close()
    assert not context.is_open()
