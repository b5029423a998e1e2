"""Báo cáo: the sentence, the files to take, the reminders, own text that stays."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from starlette.exceptions import HTTPException
from streamlit.testing.v1 import AppTest

from etl.cli import parser
from etl.commands import answer as command
from etl.context import opened
from etl.store.own_texts import versions
from etl.store.verify import faults
from etl.web import ROOT
from indicators.headline import headline
from indicators.judge import Verdict
from indicators.people import OPEN, VISITOR, Person, Role
from indicators.report.reminder import reminders
from pages.parts.approval.act import WHO
from pages.parts.data import picture_of
from pages.parts.gate.visit import VISIT
from pages.parts.papers.data import FILES, PLAIN, WORD, paper_of, papers_of
from pages.parts.papers.own import keep, use
from pages.parts.papers.own_file import FILE
from pages.parts.summary import counted
from pages.parts.take.answer import answer
from pages.parts.take.own_text import SENT
from pages.parts.view import View, view_of
from tests.etl.papers.test_word import plain_texts, write_own, write_richly
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "report.py"
TH, QUARTER = "thanh-hoa-2021", "2021-Q3"


def run(**query: str) -> AppTest:
    """The page, which must not have failed."""
    return open_page(PAGE, **query)


def view() -> View:
    return view_of({"plan": TH, "period": QUARTER}, opened().deployment)


def test_the_sentence_is_that_of_the_overview_and_of_the_papers(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER))
    sentence = headline(counted(picture_of(view()).assessments))
    assert sentence in shown
    found = papers_of(view())
    assert headline(found.material.judged) == sentence
    text = "\n".join(p.text for p in Document(BytesIO(paper_of(view(), "bao-cao.docx"))).paragraphs)
    assert sentence[1:].rstrip(".") in text


def test_every_file_has_a_link_that_keeps_the_view(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period="2021-Q2", unit="th-quan-son"))
    for name in ("bao-cao.docx", "bao-cao.pdf", "ket-qua.xlsx", "mot-trang.pdf", "tron-bo.zip"):
        assert f"/tai-ve/{name}?plan={TH}&amp;period=2021-Q2&amp;unit=th-quan-son" in shown


def test_what_the_report_contains_is_listed(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER))
    for part in (
        "I. KẾT QUẢ THỰC HIỆN",
        "2. Tồn tại, hạn chế",
        "Phụ lục I. Kết quả",
        "7 chỗ để tự viết",
    ):
        assert part in shown


def test_who_has_not_sent_has_a_text_to_copy(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER))
    found = reminders(papers_of(view()).material)
    assert found and 'data-copy-text="vd-p-text-0"' in shown
    assert f"Kính gửi: {found[0].unit_name}." in shown


def test_english_is_complete_around_the_vietnamese_papers(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER, lang="en"))
    for part in (
        "Take the report",
        "The whole bundle",
        "Official documents are in Vietnamese",
        "Copy the reminder",
    ):
        assert part in shown


def test_an_earlier_moment_is_kept_to(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER, known="2021-10-05"))
    then = view().on(known="2021-10-05")
    assert headline(papers_of(then).material.judged) in shown
    assert "23:59 ngày 05/10/2021" in papers_of(then).material.source


def test_without_figures_it_still_makes_papers(empty_db: Path) -> None:
    shown = html_of(run(plan=TH, period=QUARTER))
    assert "Có 0/27 chỉ tiêu" in shown and "vd-p-late" in shown


def test_a_plan_without_targets_says_so(demo_db: Path) -> None:
    shown = html_of(run(plan="quang-ninh-2019", period="2019"))
    assert "Không có chỉ tiêu nào được tổng hợp" in shown or "chỉ tiêu đạt" in shown


def edited(text: str = "Do thiếu nguồn tuyển dụng bác sĩ.") -> bytes:
    """The report of the page with own text in one of its places."""
    return write_own(paper_of(view(), PLAIN), "nguyen-nhan", text)


def send(at: AppTest, content: bytes, name: str = "sửa.docx", by: str = "Nguyễn Lan") -> AppTest:
    """The edited file chosen, and the button that keeps its text pressed."""
    at.file_uploader(key=FILE).set_value((name, content, WORD)).run()
    if by:
        at.text_input(key=WHO).set_value(by).run()
    return at.button(key="vd-own-take").click().run()


def test_own_text_is_kept_and_stands_in_every_later_report(demo_copy: Path) -> None:
    at = send(run(plan=TH, period=QUARTER), edited())
    assert not at.exception and "Đã lưu" in at.success[0].value
    assert "Nguyễn Lan" in html_of(at) and "sửa.docx" in html_of(at)
    said = {"nguyen-nhan": ("Do thiếu nguồn tuyển dụng bác sĩ.",)}
    assert plain_texts(paper_of(view(), "bao-cao.docx")) == said
    pdf = " ".join(
        p.extract_text() for p in PdfReader(BytesIO(paper_of(view(), "bao-cao.pdf"))).pages
    )
    assert "nguồn tuyển dụng" in " ".join(pdf.split())
    # Another period, and what was known before it was sent, are without it.
    assert plain_texts(paper_of(view().on(period="2021-Q2"), "bao-cao.docx")) == {}
    assert plain_texts(paper_of(view().on(known="2026-01-01"), "bao-cao.docx")) == {}
    assert faults(opened().store) == []
    at.button(key="vd-own-drop").click().run()
    assert plain_texts(paper_of(view(), "bao-cao.docx")) == {}
    assert "Báo cáo có phần tự viết" not in html_of(at)


def test_what_cannot_come_along_is_said_and_a_name_is_asked_for(demo_copy: Path) -> None:
    at = run(plan=TH, period=QUARTER)
    content = write_richly(paper_of(view(), "bao-cao.docx"), "nguyen-nhan", with_note=True)
    at.file_uploader(key=FILE).set_value(("a.docx", content, WORD)).run()
    assert any("Chú thích cuối trang" in w.value for w in at.warning)
    at = send(at, content, by="")
    assert "họ tên" in at.error[0].value and papers_of(view()).own_text is None
    at.file_uploader(key=FILE).set_value(("a.docx", b"PK", WORD)).run()
    assert "Không đọc được" in at.error[0].value
    empty = paper_of(view(), "bao-cao.docx")
    at.file_uploader(key=FILE).set_value(("a.docx", empty, WORD)).run()
    assert any("Chưa khung" in w.value for w in at.warning)


def test_who_may_not_write_into_a_report_is_not_asked(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = Person("lanhdao", "Lê Văn Lãnh", Role.LEADER)
    other = Person("a", "A", Role.ANALYST, "th-ttyt-nhu-thanh")
    for person in (leader, other):
        monkeypatch.setattr("pages.parts.person.current_person", lambda found=person: found)
        assert not run(plan=TH, period=QUARTER).file_uploader
        keep(view(), "a.docx", b"x")
        use(view(), "x")
        assert papers_of(view()).own_text is None


def test_earlier_versions_are_listed_and_used_again(demo_copy: Path) -> None:
    at = send(run(plan=TH, period=QUARTER), edited("Bản một."), "một.docx")
    at = send(at, edited("Bản hai."), "hai.docx", by="Trần Hòa")
    paper = papers_of(view()).paper
    second, first = versions(opened().store.cursor(), paper)
    assert (first.file, first.by, second.by) == ("một.docx", "Nguyễn Lan", "Trần Hòa")
    shown = html_of(at)
    assert "Trần Hòa" in shown and "✓ đang dùng" in shown and f"hash={first.hash}" in shown
    then = paper_of(view(), "bao-cao.docx")
    assert plain_texts(then)["nguyen-nhan"] == ("Bản hai.",)
    at.button(key=f"vd-own-use-{first.hash[:12]}").click().run()
    found = paper_of(view(), "bao-cao.docx")
    assert plain_texts(found)["nguyen-nhan"] == ("Bản một.",)
    assert (
        papers_of(view()).own_text == first and len(versions(opened().store.cursor(), paper)) == 2
    )
    assert plain_texts(paper_of(view(), PLAIN)) == {}


def test_edits_outside_the_places_are_listed(demo_copy: Path) -> None:
    document = Document(BytesIO(edited()))
    closing = next(p for p in document.paragraphs if p.text.startswith("Trên đây"))
    was, closing.runs[0].text = closing.text, "Kính báo cáo để Bộ xem xét."
    changed = BytesIO()
    document.save(changed)
    at = run(plan=TH, period=QUARTER)
    at.file_uploader(key=FILE).set_value(("a.docx", changed.getvalue(), WORD)).run()
    shown = html_of(at)
    assert "không được lấy: 1 chỗ" in shown and "Kính báo cáo để Bộ xem xét." in shown
    assert was in shown
    at.file_uploader(key=FILE).set_value(("a.docx", edited(), WORD)).run()
    assert "Ngoài khung không có chữ nào bị sửa." in html_of(at)


def test_a_lost_file_of_own_text_is_told_on_the_page_and_in_place_of_the_file(
    demo_copy: Path,
) -> None:
    send(run(plan=TH, period=QUARTER), edited())
    store = opened().store
    (text,) = versions(store.cursor(), papers_of(view()).paper)
    assert store.uploads is not None
    (store.uploads / text.hash).unlink()
    at = run(plan=TH, period=QUARTER)
    shown = html_of(at)
    assert not at.exception and "Mất tệp phần tự viết" in shown and "tệp mất hoặc hỏng" in shown
    assert "of own text is lost" in html_of(run(plan=TH, period=QUARTER, lang="en"))
    query = {"plan": TH, "period": QUARTER}
    for name in ("bao-cao.docx", "bao-cao.pdf", "tron-bo.zip"):
        for person in (OPEN, VISITOR):
            scope = {VISIT: SimpleNamespace(person=person, may=person.may)}
            request = SimpleNamespace(path_params={"name": name}, query_params=query, scope=scope)
            with pytest.raises(HTTPException) as refused:
                asyncio.run(answer(cast(Any, request)))
            said = refused.value.detail
            assert refused.value.status_code == 409 and "Mất tệp" in said
            assert (text.by in said) is ("sửa.docx" in said) is (person is OPEN)
    assert plain_texts(paper_of(view(), PLAIN)) == {} and paper_of(view(), "ket-qua.xlsx")
    use(view(), text.hash)
    assert len(versions(store.cursor(), papers_of(view()).paper)) == 1
    at = send(at, edited())  # the very same bytes put the file right
    assert "Mất tệp" not in html_of(at)
    assert plain_texts(paper_of(view(), "bao-cao.docx"))["nguyen-nhan"]


def route(view: View, person: Person, digest: str) -> bytes:
    """What the route of a version answers to a person."""
    scope = {VISIT: SimpleNamespace(person=person, may=person.may)}
    query = {"plan": view.plan, "period": view.period, "unit": view.unit, "hash": digest}
    request = SimpleNamespace(path_params={"name": SENT}, query_params=query, scope=scope)
    return bytes(asyncio.run(answer(request)).body)  # type: ignore[arg-type]


def test_a_version_is_given_only_to_who_may_write(demo_copy: Path) -> None:
    content = edited()
    send(run(plan=TH, period=QUARTER), content)
    digest = versions(opened().store.cursor(), papers_of(view()).paper)[0].hash
    analyst = Person("b", "B", Role.ANALYST)
    assert route(view(), analyst, digest) == content
    other = Person("a", "A", Role.ANALYST, "th-ttyt-nhu-thanh")
    for person in (Person("l", "L", Role.LEADER), other, VISITOR):
        with pytest.raises(HTTPException) as refused:
            route(view(), person, digest)
        assert refused.value.status_code == 403
    for query in (view().on(period="2021-Q2"), view()):
        with pytest.raises(HTTPException) as missing:
            route(query, analyst, digest if query.period != QUARTER else "../../a")
        assert missing.value.status_code == 404


@pytest.mark.parametrize("name", ["bao-cao.pdf", "mot-trang.png", "chua-gui.xlsx"])
def test_the_route_gives_the_file_once_per_version(demo_db: Path, name: str) -> None:
    request = SimpleNamespace(
        path_params={"name": name},
        query_params={"plan": TH, "period": QUARTER},
        scope={VISIT: SimpleNamespace(person=OPEN, may=OPEN.may)},
    )
    found = asyncio.run(answer(cast(Any, request)))
    assert found.status_code == 200 and found.media_type == FILES[name][1]
    assert paper_of(view(), name) is paper_of(view(), name)
    how = "inline" if name.endswith("png") else "attachment"
    assert found.headers["content-disposition"].startswith(how)


def test_the_page_for_a_meeting_names_the_worst_first(demo_db: Path) -> None:
    pages = PdfReader(BytesIO(paper_of(view(), "mot-trang.pdf"))).pages
    text = " ".join(" ".join(p.extract_text() for p in pages).split())
    bad = [a for a in counted(picture_of(view()).assessments) if a.verdict is Verdict.AT_RISK]
    good = [a for a in counted(picture_of(view()).assessments) if a.verdict is Verdict.EXCEEDED]
    assert bad and good
    assert text.index(bad[0].indicator.short_vi) < text.index(good[0].indicator.short_vi)


APPROVED_ONLY = "Chỉ tính số liệu đã duyệt; số liệu đã gửi nhưng chưa duyệt không được tính"


def approved_view(known: str) -> View:
    return view().on(figures="approved", known=known)


def exported(kind: str, output: str, **other: Any) -> bytes:
    """The file of the command line."""
    asked = {"kind": kind, "output": output, "plan": TH, "period": QUARTER, **other}
    done = command("export", asked, {})
    assert done["exit_code"] == 0, done["document"]
    assert done["document"]["only_approved"] is bool(other.get("approved"))
    return b64decode(done["files"]["output"])


@pytest.mark.parametrize(
    ("name", "kind", "known"),
    [
        ("bao-cao.docx", "report", "2022-03-01"),
        ("bao-cao.pdf", "report", "2021-10-12"),
        ("ket-qua.xlsx", "report", "2021-10-12"),
        ("mot-trang.pdf", "sheet", "2022-03-01"),
        ("chua-gui.xlsx", "late", "2022-03-01"),
    ],
)
def test_the_command_line_and_the_page_give_the_same_approved_figures(
    demo_db: Path, name: str, kind: str, known: str
) -> None:
    then = approved_view(known)
    assert then.moment is not None
    asked = {"as_known_on": then.moment.isoformat(), "approved": True}
    assert exported(kind, name, **asked) == paper_of(then, name)


def test_approved_figures_are_others_and_the_papers_say_so(demo_db: Path) -> None:
    then = approved_view("2022-03-01")
    only, every = papers_of(then), papers_of(then.on(figures=""))
    assert only.material.reporting.waiting > 0
    assert [a.measure.value for a in only.material.judged] != [
        a.measure.value for a in every.material.judged
    ]
    shown = [a.measure.value for a in counted(picture_of(then).assessments)]
    assert [a.measure.value for a in only.material.judged] == shown
    for papers, says in ((only, True), (every, False)):
        word = Document(BytesIO(papers.docx()))
        first = "\n".join(p.text for p in word.paragraphs[:12])
        assert (APPROVED_ONLY in first) is says
        assert any("chỉ tính số liệu đã duyệt" in p.text for p in word.sections[0].footer.paragraphs) is says  # fmt: skip
        for content, page in ((papers.pdf(), 0), (papers.pdf(), -1), (papers.sheet(), 0)):
            text = " ".join(PdfReader(BytesIO(content)).pages[page].extract_text().split())
            assert ("tính số liệu đã duyệt" in text) is says
        book = load_workbook(BytesIO(papers.xlsx()), read_only=True)
        for sheet in ("Tổng hợp", "Kết quả"):
            head = [row[0] for row in book[sheet].iter_rows(max_row=6, values_only=True)]
            assert any(APPROVED_ONLY in str(cell) for cell in head) is says


def test_the_bundle_of_approved_figures_is_made_again_as_such(demo_db: Path) -> None:
    made = {"approved": True, "as_known_on": "2022-03-01T03:00:00"}
    asked = {"kind": "bundle", "output": "ra", "plan": TH, "period": QUARTER, **made}
    done = command("export", asked, {})
    said = json.loads(b64decode(done["files"]["output/manifest.json"]))
    assert said["only_approved"] is True
    again = vars(parser(["export"]).parse_args(said["again"].split()[3:]))
    repeated = command("export", {**again, "output": "ra"}, {})
    assert repeated["files"] == done["files"]


def test_rows_of_approved_figures_leave_out_what_waits(demo_db: Path) -> None:
    def rows(**other: Any) -> int:
        asked = {"kind": "facts", "output": "a.csv", "period": QUARTER, **other}
        return int(command("export", asked, {})["document"]["rows"])

    assert 0 < rows(approved=True) < rows()
