"""The Word report read back: form of NĐ 30, numbers of the pages, own text that stays."""

import shutil
import subprocess
from base64 import b64decode
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from etl.export.report.carried import numbering_of
from etl.export.report.guard import NotAReport
from etl.export.report.kept import TAG, own_texts, words_of
from etl.export.report.template import FILE, common_form, template_bytes
from etl.export.report.word import word
from etl.export.report.wordml import element
from etl.papers_made import Papers
from indicators.headline import headline
from indicators.sentence import value_text
from tests.etl.papers.conftest import MOMENT, with_own
from tests.etl.tables import DATA

FONTS = ("ascii", "hAnsi", "cs", "eastAsia")
# The smallest PNG there is: one pixel.
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def plain_texts(content: bytes) -> dict[str, tuple[str, ...]]:
    """The same as plain paragraphs, for other kinds of file."""
    return {
        name: tuple(filter(None, (words_of(p) for part in parts for p in part.iter(qn("w:p")))))
        for name, parts in own_texts(content).places.items()
    }


@pytest.fixture(scope="module")
def made(full: Papers) -> bytes:
    return full.docx()


@pytest.fixture(scope="module")
def document(made: bytes) -> Any:
    return Document(BytesIO(made))


def words(document: Any) -> str:
    """All words of the body, tables and places for own text included."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def write_own(content: bytes, place: str, text: str) -> bytes:
    """The report as a person leaves it: the hint of one place replaced."""
    document = Document(BytesIO(content))
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag.get(qn("w:val")) == f"{TAG}{place}":
            control.find(qn("w:sdtPr")).remove(
                control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
            )
            runs = list(control.iter(qn("w:t")))
            runs[0].text = text
            for run in runs[1:]:
                run.text = ""
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_pages_are_as_the_decree_wants_them(document: Any) -> None:
    body, annex = document.sections
    assert body.page_width == pytest.approx(Mm(210), abs=700)
    assert body.page_height == pytest.approx(Mm(297), abs=700)
    margins = (body.left_margin, body.right_margin, body.top_margin, body.bottom_margin)
    for margin, (least, most) in zip(
        margins, ((30, 35), (15, 20), (20, 25), (20, 25)), strict=True
    ):
        assert Mm(least) - 700 <= margin <= Mm(most) + 700
    assert annex.page_width > annex.page_height
    assert body.different_first_page_header_footer and annex.different_first_page_header_footer
    assert "PAGE" in "".join(t.text or "" for t in body.header._element.iter(qn("w:instrText")))
    assert not list(body.first_page_header._element.iter(qn("w:instrText")))
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_everything_is_times_new_roman_in_vietnamese(document: Any) -> None:
    normal = document.styles["Normal"].element.rPr
    fonts = normal.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{name}")) for name in FONTS} == {"Times New Roman"}
    assert normal.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    named = {f.get(qn("w:ascii")) for f in document.element.body.iter(qn("w:rFonts"))}
    assert named <= {"Times New Roman", None}
    assert document.styles["BC Đoạn"].font.size.pt == 14
    assert document.styles["BC Đoạn"].paragraph_format.first_line_indent.cm == pytest.approx(
        1.27, 0.01
    )


def test_the_head_is_filled_in_and_number_and_day_are_not(document: Any) -> None:
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert left.split("\n")[:2] == ["UBND TỈNH THANH HÓA", "SỞ Y TẾ"]
    assert right.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    number, day = (cell.text for cell in document.tables[0].rows[1].cells)
    assert number.replace(" ", "") == "Số:/BC-SYT"
    assert day.split() == ["Thanh", "Hóa,", "ngày", "tháng", "năm", "2021"]


def test_sections_stand_in_the_order_of_the_form(document: Any) -> None:
    text = words(document)
    order = (
        "BÁO CÁO",
        "Kính gửi: Ủy ban nhân dân tỉnh Thanh Hóa.",
        "I. KẾT QUẢ THỰC HIỆN",
        "1. Tình hình chung",
        "II. ĐÁNH GIÁ CHUNG",
        "2. Tồn tại, hạn chế",
        "III. THỰC HIỆN NHIỆM VỤ",
        "IV. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2021",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "trân trọng báo cáo./.",
        "Nơi nhận:",
        "- Lưu: VT, KHTC.",
        "GIÁM ĐỐC",
        "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU QUÝ III NĂM 2021",
    )
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "{{" not in text


def test_the_sentence_and_the_values_are_those_of_the_pages(document: Any, full: Papers) -> None:
    text, judged = words(document), full.material.judged
    assert headline(judged)[1:].rstrip(".") in text
    known = [a for a in judged if a.measure.value is not None and a.rule and not a.also]
    assert len(known) > 10
    for a in known:
        assert a.rule is not None
        assert value_text(a.measure.value, a.indicator, beside=a.rule.value) in text, a.target.id


def test_tables_repeat_their_heading_and_number_their_columns(document: Any) -> None:
    head = ["TT", "Chỉ tiêu", "Đơn vị tính"]
    table = next(t for t in document.tables if [c.text for c in t.rows[0].cells][:3] == head)
    heads, numbers = ([c.text for c in row.cells] for row in table.rows[:2])
    assert heads[6:8] == ["TH quý III/2021", "Lũy kế đến hết quý III/2021"]
    assert heads[9] == "% so KH (hoặc chênh lệch)"
    assert numbers[0] == "(1)" and numbers[9] == "(10)=(8)/(5)×100"
    for row in table.rows[:2]:
        assert row._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in table.rows)
    groups = [row.cells[0].text for row in table.rows if len(set(row.cells)) == 2]
    assert groups[:3] == ["I", "II", "III"]
    widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    annex = document.sections[1]
    room = (annex.page_width - annex.left_margin - annex.right_margin) / 635
    assert sum(widths) <= room + 1 and min(widths) > 350


def test_notes_tell_what_is_missing_and_what_is_estimated(document: Any) -> None:
    text = words(document)
    assert "chưa có TTYT Mường Lát." in text
    assert "Có số ước thực hiện do đơn vị gửi." in text


def test_simulated_data_are_marked_on_every_page(document: Any) -> None:
    for section in document.sections:
        for foot in (section.footer, section.first_page_footer):
            assert "Số liệu mô phỏng" in "".join(p.text for p in foot.paragraphs)


def test_figures_are_pictures_with_words_for_who_cannot_see(document: Any) -> None:
    about = [d.get("descr") for d in document.element.body.iter(qn("wp:docPr"))]
    assert len(about) == 3 and all(about)
    assert "nguy cơ không đạt" in about[0]


def test_own_text_survives_a_new_making(full: Papers, made: bytes) -> None:
    sent = write_own(made, "nguyen-nhan", "Do thiếu nguồn tuyển dụng bác sĩ.")
    again = with_own(full, sent).docx()
    assert plain_texts(again) == {"nguyen-nhan": ("Do thiếu nguồn tuyển dụng bác sĩ.",)}
    twice = with_own(full, again).docx()
    assert plain_texts(twice) == plain_texts(again)


def test_a_hint_is_no_own_text(made: bytes) -> None:
    assert own_texts(made).places == {}


def write_richly(content: bytes, place: str, *, with_note: bool = False) -> bytes:
    """Own text as people write it: a list, a table, a picture; perhaps a note that cannot stay."""
    document = Document(BytesIO(content))
    control = next(
        c for c in document.element.body.iter(qn("w:sdt"))
        if c.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"{TAG}{place}"
    )  # fmt: skip
    inside = control.find(qn("w:sdtContent"))
    hint = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    control.find(qn("w:sdtPr")).remove(hint)
    for child in list(inside):
        inside.remove(child)
    for text in ("Thiếu bác sĩ", "Thiếu kinh phí"):
        entry = document.add_paragraph(text)
        properties = entry._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, 1
        inside.append(entry._p)
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"ô {number}"
    inside.append(table._tbl)
    shown = document.add_paragraph()
    shown.add_run().add_picture(BytesIO(PICTURE), width=Mm(20))
    inside.append(shown._p)
    if with_note:
        last = document.add_paragraph("Có chú thích")
        last.add_run()._r.append(element("footnoteReference", id="1"))
        inside.append(last._p)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def rich_parts(content: bytes, place: str) -> tuple[list[str], int, list[bytes]]:
    """Of a place: how its lists count, its tables, its pictures."""
    own = own_texts(content)
    inside, numbering = own.places[place], numbering_of(own.document)
    kinds = {
        n.get(qn("w:numId")): n.find(qn("w:abstractNumId")).get(qn("w:val"))
        for n in numbering.findall(qn("w:num"))
    }
    formats = {
        k.get(qn("w:abstractNumId")): k.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
        for k in numbering.findall(qn("w:abstractNum"))
    }
    numbers = [n.get(qn("w:val")) for part in inside for n in part.iter(qn("w:numId"))]
    pictures = [b.get(qn("r:embed")) for part in inside for b in part.iter(qn("a:blip"))]
    related = own.document.part.related_parts
    return (
        [formats[kinds[n]] for n in numbers],
        sum(part.tag == qn("w:tbl") for part in inside),
        [related[number].blob for number in pictures],
    )


def test_lists_tables_and_pictures_of_ones_own_survive_too(full: Papers, made: bytes) -> None:
    sent = write_richly(made, "nguyen-nhan")
    assert rich_parts(sent, "nguyen-nhan")[1:] == (1, [PICTURE])
    again = with_own(full, sent).docx()
    assert rich_parts(again, "nguyen-nhan") == rich_parts(sent, "nguyen-nhan")
    said = plain_texts(again)["nguyen-nhan"]
    assert said[:2] == ("Thiếu bác sĩ", "Thiếu kinh phí") and "ô 3" in said
    assert with_own(full, sent).docx() == again
    assert rich_parts(with_own(full, again).docx(), "nguyen-nhan") == rich_parts(
        sent, "nguyen-nhan"
    )


def test_it_survives_being_saved_by_libreoffice(full: Papers, made: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.docx").write_bytes(write_richly(made, "nguyen-nhan"))
    command = [
        office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx"),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    again = with_own(full, (tmp_path / "out" / "a.docx").read_bytes()).docx()
    _, tables, pictures = rich_parts(again, "nguyen-nhan")
    assert tables == 1 and len(pictures) == 1
    assert plain_texts(again)["nguyen-nhan"][:2] == ("Thiếu bác sĩ", "Thiếu kinh phí")


def test_a_bomb_is_no_report(full: Papers, made: bytes) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed, ZipFile(BytesIO(made)) as parts:
        for name in parts.namelist():
            packed.writestr(name, parts.read(name))
        packed.writestr("word/media/x.png", bytes(400 * 1024**2))
    with pytest.raises(NotAReport):
        with_own(full, bomb.getvalue()).docx()


def test_what_is_no_word_file_is_refused(full: Papers) -> None:
    with pytest.raises(NotAReport):
        with_own(full, b"PK nothing").docx()


def test_the_same_bytes_for_the_same_moment(full: Papers, made: bytes) -> None:
    template = template_bytes(DATA)
    assert word(full.report, template, MOMENT) == made
    assert word(full.report, template, datetime(2022, 3, 2)) != made


def test_without_a_template_the_common_form_is_used(full: Papers, tmp_path: Path) -> None:
    assert template_bytes(tmp_path) == common_form()
    text = words(Document(BytesIO(word(full.report, common_form(), MOMENT))))
    assert "I. KẾT QUẢ THỰC HIỆN" in text and "{{" not in text


def test_a_changed_template_is_followed(full: Papers, tmp_path: Path) -> None:
    document = Document(BytesIO(common_form()))
    document.styles["BC Đoạn"].font.size = 165100  # 13 points
    (tmp_path / "templates").mkdir()
    document.save(str(tmp_path / FILE))
    found = Document(BytesIO(word(full.report, template_bytes(tmp_path), MOMENT)))
    assert found.styles["BC Đoạn"].font.size.pt == 13


def test_every_place_of_the_delivered_template_is_there() -> None:
    text = words(Document(BytesIO((DATA / FILE).read_bytes())))
    for place in ("co_quan", "ky_hieu", "trich_yeu", "kinh_gui", "noi_dung", "noi_nhan", "phu_luc"):
        assert f"{{{{{place}}}}}" in text


def test_without_figures_the_report_says_so(empty: Papers) -> None:
    text = words(Document(BytesIO(empty.docx())))
    assert "có 0/27 chỉ tiêu đạt và vượt kế hoạch" in text
    assert "chưa có chỉ tiêu nào đạt kế hoạch" in text
    assert "0/84 đơn vị đã gửi đủ báo cáo" in text
