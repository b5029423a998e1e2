"""Own text of files that people really send, and of files that nobody should."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.image import ImagePart
from docx.shared import Mm
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from etl.export.report import own_drawn
from etl.export.report.carried import existing_numbering, numbering_of
from etl.export.report.guard import NotAReport, is_elsewhere, opened
from etl.export.report.kept import TAG, own_texts
from etl.export.report.lists import letters, roman
from etl.export.report.own_drawn import PICTURE as PICTURE_SAID
from etl.export.report.own_drawn import drawn_texts
from etl.papers_made import Papers
from tests.etl.papers.conftest import with_own
from tests.etl.papers.test_pdf import words as pdf_words
from tests.etl.papers.test_word import PICTURE, plain_texts, write_richly

PLACE = "nguyen-nhan"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = "http://127.0.0.1:9/x"


@pytest.fixture(scope="module")
def made(full: Papers) -> bytes:
    """A report as it leaves the house."""
    return full.docx()


def room(document: Any, place: str = PLACE) -> Any:
    """The inside of a place, emptied, no longer showing its hint."""
    control = next(
        c for c in document.element.body.iter(qn("w:sdt"))
        if c.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"{TAG}{place}"
    )  # fmt: skip
    for hint in control.iter(qn("w:showingPlcHdr")):
        hint.getparent().remove(hint)
    inside = control.find(qn("w:sdtContent"))
    for child in list(inside):
        inside.remove(child)
    return inside


def saved(document: Any) -> bytes:
    """Its bytes."""
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_xml(content: bytes, *blocks: str) -> bytes:
    """The report with these blocks of WordprocessingML written into a place."""
    document = Document(BytesIO(content))
    inside = room(document)
    spaces = nsdecls("w", "r", "a", "wp", "pic") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    )
    for block in blocks:
        inside.append(parse_xml(f"<w:x {spaces}>{block}</w:x>")[0])
    return saved(document)


def repacked_with(content: bytes, change: Callable[[str, bytes], bytes], **new: bytes) -> bytes:
    """The same package with parts changed and added ("word__x.bin" is word/x.bin)."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            fresh.writestr(name, change(name, old.read(name)))
        for name, part in new.items():
            fresh.writestr(name.replace("__", "/"), part)
    return kept.getvalue()


def with_relation(content: bytes, kind: str, target: str) -> bytes:
    """The same package with one more relation that leaves it."""
    entry = (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )

    def change(name: str, part: bytes) -> bytes:
        if name != "word/_rels/document.xml.rels":
            return part
        return part.replace(b"</Relationships>", f"{entry}</Relationships>".encode())

    return repacked_with(content, change)


def again(full: Papers, sent: bytes) -> tuple[Any, tuple[str, ...]]:
    """The report made with the own text of a file: opened, and the words of its place."""
    new = with_own(full, sent).docx()
    return Document(BytesIO(new)), plain_texts(new).get(PLACE, ())


def words(text: str) -> str:
    """A paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


TOLD = {
    "object": "<w:p><w:r><w:t>Chữ</w:t><w:object/></w:r></w:p>",
    "drawing": (
        "<w:p><w:r><w:t>Chữ</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        "<w:drawing><wp:inline/></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ),
    "footnote": "<w:p><w:r><w:t>Chữ</w:t><w:footnoteReference w:id='1'/></w:r></w:p>",
    "comment": "<w:p><w:r><w:t>Chữ</w:t><w:commentReference w:id='1'/></w:r></w:p>",
    "section": "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>Chữ</w:t></w:r></w:p>",
    "tracked": (
        "<w:p><w:del w:id='1'><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>Chữ</w:t></w:r></w:ins></w:p>"
    ),
    "link": "<w:p><w:hyperlink r:id='rId1'><w:r><w:t>Chữ</w:t></w:r></w:hyperlink></w:p>",
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_cannot_come_along_is_told_and_the_words_stay(
    full: Papers, made: bytes, kind: str
) -> None:
    sent = with_xml(made, TOLD[kind])
    assert own_texts(sent).missed == {kind}
    document, said = again(full, sent)
    assert said == ("Chữ",)
    xml = document.element.xml
    assert not any(f"<w:{name}" in xml for name in ("object", "footnoteRef", "ins ", "hyperlink"))


def test_words_of_fields_moved_text_and_plain_forms_stay(full: Papers, made: bytes) -> None:
    sent = with_xml(
        made,
        "<w:p><w:fldSimple w:instr='DDEAUTO c cmd'><w:r><w:t>bảng 3</w:t></w:r></w:fldSimple></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>INCLUDETEXT x</w:instrText>"
        "<w:fldChar w:fldCharType='separate'/><w:t>mục 2</w:t></w:r></w:p>",
        "<w:p><w:moveFrom w:id='1'><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo w:id='2'><w:r>"
        "<w:t>mới</w:t></w:r></w:moveTo></w:p>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='w14'><w14:x/></mc:Choice>"
        "<mc:Fallback><w:t>mặt cười</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        f"<w:customXml>{words('trong thẻ')}</w:customXml>",
    )
    document, said = again(full, sent)
    assert said == ("bảng 3", "mục 2", "mới", "mặt cười", "trong thẻ")
    xml = document.element.body.xml
    assert "DDEAUTO" not in xml and "INCLUDETEXT" not in xml and "w14:x" not in xml


def test_bold_italic_and_maths_stay(full: Papers, made: bytes) -> None:
    formula = (
        "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
        "<m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    )
    bold = "<w:p><w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>đậm</w:t></w:r></w:p>"
    document, _ = again(full, with_xml(made, bold, formula))
    run = next(r for r in room_of(document).iter(qn("w:r")) if r.text == "đậm")
    assert run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
    assert run.find(f"{qn('w:rPr')}/{qn('w:i')}") is not None
    assert "oMath" in xml_of(room_of(document))


def room_of(document: Any) -> Any:
    """The place as it is."""
    return next(
        c for c in document.element.body.iter(qn("w:sdt"))
        if c.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"{TAG}{PLACE}"
    )  # fmt: skip


def test_a_picture_no_program_can_place_is_told_and_breaks_nothing(
    full: Papers, made: bytes
) -> None:
    document = Document(BytesIO(made))
    holder = document.add_paragraph("Biểu đồ dán từ Excel")
    holder.add_run().add_picture(BytesIO(PICTURE), width=Mm(10))
    metafile = ImagePart(PackURI("/word/media/image99.emf"), "image/x-emf", b"\x01\0\0\0" * 30)
    number = document.part.relate_to(metafile, f"{OFFICE}/image")
    next(holder._p.iter(qn("a:blip"))).set(qn("r:embed"), number)
    room(document).append(holder._p)
    sent = saved(document)
    assert own_texts(sent).missed == {"drawing"}
    assert again(full, sent)[1] == ("Biểu đồ dán từ Excel",)


def test_a_picture_brings_no_address_along(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(made))
    holder = document.add_paragraph()
    holder.add_run().add_picture(BytesIO(PICTURE), width=Mm(10))
    number = document.part.relate_to(LINK, f"{OFFICE}/hyperlink", is_external=True)
    for about in holder._p.iter(qn("pic:cNvPr")):
        about.append(parse_xml(f"<a:hlinkClick {nsdecls('a', 'r')} r:id='{number}'/>"))
    next(holder._p.iter(qn("a:blip"))).set(qn("r:link"), number)
    room(document).append(holder._p)
    document, _ = again(full, saved(document))
    place = room_of(document)
    assert len(list(place.iter(qn("a:blip")))) == 1
    assert "hlinkClick" not in xml_of(place) and "r:link" not in xml_of(place)
    assert not any(r.is_external for r in document.part.rels.values())


def test_styles_are_found_by_name_and_tables_keep_lines(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(made))
    inside = room(document)
    document.styles["Table Grid"].element.set(qn("w:styleId"), "LiBang")
    cells = "<w:tr><w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr>"
    for name in ("LiBang", "Riêng"):
        inside.append(
            parse_xml(
                f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblStyle w:val='{name}'/></w:tblPr>"
                f"<w:tblGrid><w:gridCol/></w:tblGrid>{cells}</w:tbl>"
            )
        )
    document, _ = again(full, saved(document))
    first, second = room_of(document).iter(qn("w:tbl"))
    assert first.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) == "TableGrid"
    assert second.tblPr.find(qn("w:tblStyle")) is None
    assert second.tblPr.find(qn("w:tblBorders")) is not None


def test_a_list_by_its_style_stays_one(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(made))
    inside = room(document)
    style = document.styles.add_style("Của tôi", 1)
    style.base_style = document.styles["List Number"]
    entry = document.add_paragraph("việc một", style="Của tôi")
    inside.append(entry._p)
    (drawn,) = drawn_texts(saved(document)).places[PLACE]
    assert (drawn["label"], drawn["level"]) == ("1.", 0)
    document, said = again(full, saved(document))
    number = next(room_of(document).iter(qn("w:numId"))).get(qn("w:val"))
    lists = {n.get(qn("w:numId")) for n in existing_numbering(document).iter(qn("w:num"))}
    assert said == ("việc một",) and number in lists


def test_lists_without_definitions_are_plain(full: Papers, made: bytes) -> None:
    entry = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='777'/></w:numPr></w:pPr>"
        "<w:r><w:t>mục</w:t></w:r></w:p>"
    )
    document, said = again(full, with_xml(made, entry))
    assert said == ("mục",) and next(room_of(document).iter(qn("w:numPr")), None) is None


def test_a_place_copied_or_made_one_inside_a_paragraph_loses_nothing(
    full: Papers, made: bytes
) -> None:
    inner = (
        f"<w:p><w:sdt><w:sdtPr><w:tag w:val='{TAG}{PLACE}'/></w:sdtPr><w:sdtContent><w:r>"
        "<w:t>trong dòng</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    document = Document(BytesIO(with_xml(made, words("một"))))
    document.element.body.insert(0, parse_xml(inner.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    assert sorted(again(full, saved(document))[1]) == ["một", "trong dòng"]


def xml_of(element: Any) -> str:
    """As it is written."""
    return etree.tostring(element, encoding="unicode")


def same(_: str, part: bytes) -> bytes:
    """Nothing changed."""
    return part


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "macro": lambda made: repacked_with(made, same, word__vbaProject=b"x"),
    "remote": lambda made: with_relation(made, "attachedTemplate", "https://example.org/x.dotm"),
    "remote object": lambda made: with_relation(made, "oleObject", "file://may-khac/chia-se/x.xls"),
    "remote share": lambda made: with_relation(made, "frame", r"\\may-khac\x"),
    "locked": lambda made: b"\xd0\xcf\x11\xe0" + made,
    "large": lambda made: made + bytes(21 * 1024**2),
    "unreadable": lambda made: repacked_with(
        made, lambda name, part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part
        if name == "word/comments.xml" or name == "word/document.xml" else part,
    ),
    "unreadable cut": lambda made: made[: len(made) // 2],
    "unreadable xml": lambda made: repacked_with(
        made, lambda name, part: part[:900] if name == "word/document.xml" else part
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_runs_or_fetches_is_refused(made: bytes, kind: str) -> None:
    with pytest.raises(NotAReport) as refused:
        opened(REFUSED[kind](made))
    assert refused.value.kind == kind.split()[0]


def test_a_part_whose_bytes_are_damaged_is_unreadable(made: bytes) -> None:
    at = made.index(b"word/document.xml") + 400
    with pytest.raises(NotAReport):
        opened(made[:at] + bytes(40) + made[at + 40 :])


def test_a_macro_document_under_another_name_is_refused(made: bytes) -> None:
    def change(name: str, part: bytes) -> bytes:
        plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return part.replace(plain, b"ms-word.document.macroEnabled.main+xml")

    with pytest.raises(NotAReport) as refused:
        opened(repacked_with(made, change))
    assert refused.value.kind == "macro"


def test_links_pictures_and_the_template_of_ones_own_machine_are_no_reason_to_refuse(
    made: bytes,
) -> None:
    opened(with_relation(made, "hyperlink", "https://moh.gov.vn"))
    opened(with_relation(made, "image", LINK))
    opened(with_relation(made, "attachedTemplate", "file:///C:\\Users\\Lan\\Normal.dotm"))


@pytest.mark.parametrize(
    ("target", "elsewhere"),
    [
        ("file:///C:/Users/a/Normal.dotm", False),
        ("C:\\Users\\a\\Normal.dotm", False),
        ("Normal.dotm", False),
        ("file://server/a.dotm", True),
        ("file:////server/a.dotm", True),
        ("\\\\server\\a.dotm", True),
        ("HTTPS://a.vn/a.dotm", True),
        ("mhtml:http://a.vn/x", True),
    ],
)
def test_what_leads_to_another_machine(target: str, elsewhere: bool) -> None:
    assert is_elsewhere(target) is elsewhere


def test_tables_and_pictures_wider_than_the_page_are_made_to_fit(full: Papers, made: bytes) -> None:
    document = Document(BytesIO(made))
    inside = room(document)
    table = document.add_table(rows=1, cols=3)
    for column in table._tbl.tblGrid.iter(qn("w:gridCol")):
        column.set(qn("w:w"), "6000")
    inside.append(table._tbl)
    shown = document.add_paragraph()
    shown.add_run().add_picture(BytesIO(PICTURE), width=Mm(320), height=Mm(160))
    inside.append(shown._p)
    document, _ = again(full, saved(document))
    place, width = room_of(document), Mm(160)
    columns = [int(c.get(qn("w:w"))) for c in place.iter(qn("w:gridCol"))]
    assert len(set(columns)) == 1 and width - 3 * 635 <= sum(columns) * 635 <= width
    extent = next(place.iter(qn("wp:extent")))
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    assert abs(wide - width) < 635 and abs(high * 2 - wide) < 10


def test_it_keeps_bold_of_its_first_line_through_libreoffice(
    full: Papers, made: bytes, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t> nhạt</w:t></w:r></w:p>"
    (tmp_path / "a.docx").write_bytes(with_own(full, with_xml(made, bold)).docx())
    command = [
        office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx"),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    (found,) = drawn_texts((tmp_path / "out" / "a.docx").read_bytes()).places[PLACE]
    assert [(r["text"].strip(), r["bold"]) for r in found["runs"]] == [
        ("đậm", True),
        ("nhạt", False),
    ]


def test_the_pdf_draws_lines_entries_tables_and_pictures(made: bytes) -> None:
    own = drawn_texts(write_richly(made, PLACE))
    parts = own.places[PLACE]
    assert [part["kind"] for part in parts] == ["line", "line", "table", "picture"]
    assert [run["text"] for run in parts[0]["runs"]] == ["Thiếu bác sĩ"]
    cells = [[c["parts"][0]["runs"][0]["text"] for c in row] for row in parts[2]["rows"]]
    assert cells == [["ô 0", "ô 1"], ["ô 2", "ô 3"]] and parts[2]["columns"] == 2
    assert parts[3]["width"] == pytest.approx(20, abs=0.1)
    assert own.pictures == {parts[3]["name"]: PICTURE}


def numbered(made: bytes, *entries: tuple[int, int], start: int | None = None) -> bytes:
    """The report with entries (list, level): 1., a), (i), bullet; list 902 shares 901's count."""
    looks = (
        ("decimal", "%1."),
        ("lowerLetter", "%2)"),
        ("decimal", "%1.%2.%3"),
        ("bullet", "\uf0b7"),
    )
    levels = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>"
        f"{'<w:isLgl/>' if at == 2 else ''}<w:lvlText w:val='{text}'/></w:lvl>"
        for at, (kind, text) in enumerate(looks)
    )
    again = f"<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>"
    document = Document(BytesIO(made))
    numbering, inside = numbering_of(document), room(document)
    for xml in (
        f"<w:abstractNum {nsdecls('w')} w:abstractNumId='900'>{levels}</w:abstractNum>",
        f"<w:num {nsdecls('w')} w:numId='901'><w:abstractNumId w:val='900'/></w:num>",
        f"<w:num {nsdecls('w')} w:numId='902'><w:abstractNumId w:val='900'/>"
        f"{again if start is not None else ''}</w:num>",
    ):
        numbering.append(parse_xml(xml))
    for number, level in entries:
        entry = document.add_paragraph("việc")
        properties = entry._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number
        inside.append(entry._p)
    return saved(document)


def labels(content: bytes) -> list[str]:
    """What stands before the entries of the place."""
    return [part["label"] for part in drawn_texts(content).places[PLACE]]


NESTED = ((901, 0), (901, 1), (901, 1), (901, 0), (901, 1), (901, 2), (901, 3), (902, 0))


def test_lists_are_counted_as_word_counts_them(full: Papers, made: bytes) -> None:
    sent = numbered(made, *NESTED)
    told = ["1.", "a)", "b)", "2.", "a)", "2.1.1", "•", "3."]
    assert labels(sent) == told
    # Taken into the next report they count alike, and lists of one definition go on counting.
    assert labels(with_own(full, sent).docx()) == told
    assert labels(numbered(made, *NESTED, start=7))[-1] == "7."


@pytest.mark.parametrize(
    ("number", "letter", "figure"),
    [(1, "a", "i"), (4, "d", "iv"), (26, "z", "xxvi"), (28, "bb", "xxviii")],
)
def test_letters_and_roman_numbers(number: int, letter: str, figure: str) -> None:
    assert (letters(number), roman(number)) == (letter, figure)


def picture_of(mode: str, kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture of one colour."""
    kept = BytesIO()
    Image.new(mode, size).save(kept, kind)
    return kept.getvalue()


def with_picture(made: bytes, content: bytes, wide: int = 30) -> bytes:
    """The report with words and a picture of this width in millimetres."""
    document = Document(BytesIO(made))
    inside, shown = room(document), document.add_paragraph("Ảnh chụp")
    shown.add_run().add_picture(BytesIO(content), width=Mm(wide))
    inside.append(shown._p)
    return saved(document)


def in_pdf(content: bytes) -> list[tuple[int, int]]:
    """The pictures of a PDF that are drawn from pixels."""
    found = [image.image for page in PdfReader(BytesIO(content)).pages for image in page.images]
    return [image.size for image in found if image is not None]


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG")])
def test_pictures_stand_in_the_pdf(full: Papers, made: bytes, mode: str, kind: str) -> None:
    papers = with_own(full, with_picture(made, picture_of(mode, kind), wide=400))
    printed = papers.pdf()
    assert (60, 40) in in_pdf(printed) and printed == papers.pdf()


def test_a_picture_that_cannot_be_drawn_is_words_and_the_report_is_made(
    full: Papers, made: bytes
) -> None:
    whole = picture_of("RGB", "PNG", (300, 300))
    at = whole.index(b"IDAT") + 10  # what python-docx reads of it stays sound
    damaged = whole[:at] + bytes(30) + whole[at + 30 :]
    sent = with_picture(made, damaged)
    assert len(drawn_texts(sent).pictures) == 1
    printed = pdf_words(with_own(full, sent).pdf())
    assert PICTURE_SAID in printed and "Ảnh chụp" in printed


def test_pictures_of_too_many_pixels_are_words(
    made: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = with_picture(made, picture_of("RGB", "PNG"))
    for name, value in (("MOST", 60 * 40 - 1), ("KINDS", {"image/png": ("png", 60 * 40 - 1)})):
        with monkeypatch.context() as patched:
            patched.setattr(own_drawn, name, value)
            own = drawn_texts(sent)
            assert own.pictures == {} and own.places[PLACE][1]["runs"][0]["text"] == PICTURE_SAID
    assert len(drawn_texts(sent).pictures) == 1
