"""Edits outside the places for own text: all are told, none is made up."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from etl.export.report.guard import NotAReport
from etl.export.report.outside import Change, changes, lines_of
from etl.own_text import look_at, made_at, take
from etl.papers_made import Papers
from tests.etl.papers.conftest import MOMENT, with_own
from tests.etl.papers.test_own_text import saved, with_xml, words
from tests.etl.papers.test_word import write_own, write_richly


@pytest.fixture(scope="module")
def made(full: Papers) -> bytes:
    """A report as it leaves the house."""
    return full.docx()


def test_by_hand() -> None:
    then = ["a", "Đạt 5 chỉ tiêu", "b", "c"]
    assert changes(then, then, then) == []
    got = ["a", "Đạt năm chỉ tiêu", "b", "thêm", "c"]
    assert changes(got, then, then) == [
        Change("Đạt năm chỉ tiêu", "Đạt 5 chỉ tiêu"),
        Change("thêm", ""),
    ]
    # Figures came in since: that is no edit, and the edit is shown beside what is made now.
    now = ["a", "Đạt 6 chỉ tiêu", "b", "c mới"]
    assert changes(then, then, now) == []
    assert changes(got, then, now)[0] == Change("Đạt năm chỉ tiêu", "Đạt 6 chỉ tiêu")
    assert changes(["a", "b", "c"], then, now) == [Change("", "Đạt 6 chỉ tiêu")]


LINES = st.lists(st.sampled_from("abcde"), max_size=8)


@given(got=LINES, then=LINES)
def test_every_line_that_was_not_there_is_told(got: list[str], then: list[str]) -> None:
    told = [change.got for change in changes(got, then, then)]
    for line in set(got):
        assert told.count(line) >= got.count(line) - then.count(line)
    assert (told == []) == (got == then)


def test_an_unedited_report_has_no_edits(full: Papers, made: bytes) -> None:
    look = look_at(full, write_richly(made, "nguyen-nhan"))
    assert look.places == ("nguyen-nhan",) and look.changes == ()
    assert len(lines_of(Document(BytesIO(made)))) > 50


def test_a_sentence_and_a_cell_that_were_changed_are_told(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(write_own(made, "nguyen-nhan", "Do thiếu bác sĩ.")))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("Trên đây"))
    before, paragraph.runs[0].text = paragraph.text, "Trân trọng báo cáo."
    cell = document.tables[1].rows[-1].cells[-1]
    row = " | ".join(filter(None, (c.text for c in document.tables[1].rows[-1].cells)))
    cell.text = "sửa tay"
    found = look_at(full, saved(document)).changes
    assert Change("Trân trọng báo cáo.", before) in found and len(found) == 2
    (other,) = (change for change in found if change.made != before)
    assert other.got.endswith("sửa tay") and " ".join(row.split())[:10] == other.made[:10]


def test_libreoffice_changes_nothing(full: Papers, made: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.docx").write_bytes(write_richly(made, "nguyen-nhan"))
    command = [
        office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx"),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    look = look_at(full, (tmp_path / "out" / "a.docx").read_bytes())
    assert look.places == ("nguyen-nhan",) and look.changes == () and look.missed == ()


def test_a_report_of_earlier_is_compared_with_what_it_was(full: Papers) -> None:
    earlier = replace(full, asked=replace(full.asked, moment=MOMENT - timedelta(days=140)))
    sent = write_own(earlier.docx(), "nguyen-nhan", "Chữ.")
    assert sent != write_own(full.docx(), "nguyen-nhan", "Chữ.")
    assert look_at(full, sent).changes == ()


def test_own_text_of_a_place_that_is_gone_stands_at_the_end(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(with_xml(made, words("Chữ của mục cũ."))))
    for tag in document.element.body.iter():
        for name, value in tag.attrib.items():
            if value in ("van-dan:nguyen-nhan", "vd_nguyen_nhan"):
                tag.set(name, value.replace("nguyen", "muc").replace("nhan", "cu"))
    again = Document(BytesIO(with_own(full, saved(document)).docx()))
    text = [t.text for t in again.element.body.iter() if t.tag.endswith("}t")]
    assert "Chữ của mục cũ." in text
    notice = next(n for n, t in enumerate(text) if "nay không còn trong báo cáo" in (t or ""))
    assert notice < text.index("Chữ của mục cũ.")


def test_the_moment_a_file_says_it_was_made_at() -> None:
    latest = datetime(2026, 1, 1)
    assert made_at(None, latest) == latest
    assert made_at(datetime(2025, 5, 5, 7, tzinfo=UTC), latest) == datetime(2025, 5, 5, 7)
    east = timezone(timedelta(hours=7))
    assert made_at(datetime(2025, 5, 5, 7, tzinfo=east), latest) == datetime(2025, 5, 5)
    assert made_at(datetime(2030, 1, 1), latest) == latest


def test_a_file_without_own_text_is_not_kept(full: Papers, made: bytes) -> None:
    with pytest.raises(NotAReport) as refused:
        take(full, "a.docx", made, by="Lan", at=MOMENT)
    assert refused.value.kind == "empty"
