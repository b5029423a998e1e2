"""The report as Word: the template filled in, own text of an earlier report carried over."""

from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from etl.export.report.carried import Carrier
from etl.export.report.drawn import drawing_png
from etl.export.report.grid import add_grid
from etl.export.report.kept import TAG, OwnTexts, bookmark_of, own_texts, with_homeless
from etl.export.report.repack import repacked
from etl.export.report.styled import before
from etl.export.report.wordml import element, own_place, spacer
from indicators.letter import Letter
from indicators.report.blocks import (
    Annex,
    Block,
    Drawing,
    Grid,
    Heading,
    Items,
    Own,
    Paragraph,
    Report,
)
from indicators.report.numbered import Numbers

WIDTH = Emu(160 * 36000)  # of a drawing: that of the text
GREY = "6B7280"


def word(report: Report, template: bytes, moment: datetime, kept: bytes | None = None) -> bytes:
    """The bytes of a .docx; the same report, template, moment and own text give the same bytes.

    ``kept``: an earlier report whose own paragraphs are taken over.
    """
    document = Document(BytesIO(template))
    Writer(document, report, own_texts(kept) if kept else OwnTexts()).write()
    about = document.core_properties
    about.title, about.author, about.comments = report.title, report.letter.name_vi, report.source
    about.created = about.modified = moment.replace(tzinfo=UTC, microsecond=0)
    about.last_modified_by, about.revision, about.language = report.letter.name_vi, 1, "vi-VN"
    saved = BytesIO()
    document.save(saved)
    return repacked(saved.getvalue())


class Writer:
    """A document being filled."""

    def __init__(self, document: Any, report: Report, own: OwnTexts) -> None:
        self.document, self.report, self.own = document, report, own.places
        self.carrier = Carrier(own.document, document, text_width(document))
        self.figures, self.marks = 0, 100  # numbers far from those of the template's bookmarks

    def write(self) -> None:
        """Every place of the template, then the body and the annexes."""
        for place, texts in places(self.report).items():
            self.fill(place, texts)
        body = with_homeless(self.report.body, self.own)
        self.blocks_at("noi_dung", [*body, Paragraph(self.report.closing)])
        self.annexes_at("phu_luc")

    def fill(self, place: str, texts: list[str]) -> None:
        """A place is a word inside a line; several texts become several lines like it."""
        for paragraph in self.paragraphs_with(place):
            for text in reversed(texts[1:]):
                more = deepcopy(paragraph._p)
                paragraph._p.addnext(more)
                replace_in(WordParagraph(more, paragraph._parent), place, text)
            replace_in(paragraph, place, texts[0] if texts else "")

    def paragraphs_with(self, place: str) -> list[WordParagraph]:
        """The lines of body, tables, heads and feet in which a place stands."""
        parts = [self.document.element.body]
        for section in self.document.sections:
            for part in (section.header, section.footer, section.first_page_header):
                parts.append(part._element)
            parts.append(section.first_page_footer._element)
        found = [p for part in parts for p in part.iter(qn("w:p"))]
        lines = [WordParagraph(p, self.document._body) for p in found]
        return [line for line in lines if f"{{{{{place}}}}}" in line.text]

    def blocks_at(self, place: str, blocks: list[Block]) -> None:
        """Blocks in the place of the line that names them."""
        for anchor in self.paragraphs_with(place)[:1]:
            numbers = Numbers()
            for block in blocks:
                self.block(block, anchor, numbers)
            anchor._p.getparent().remove(anchor._p)

    def annexes_at(self, place: str) -> None:
        """Each annex begins a page."""
        for anchor in self.paragraphs_with(place)[:1]:
            for at, annex in enumerate(self.report.annexes):
                self.annex(annex, anchor, is_first=at == 0)
            anchor._p.getparent().remove(anchor._p)

    def annex(self, annex: Annex, anchor: WordParagraph, *, is_first: bool) -> None:
        """Its number, title and what it belongs to, then its tables."""
        head = self.line(f"Phụ lục {annex.number}", "BC Phụ lục", anchor)
        head.paragraph_format.page_break_before = not is_first
        self.line(annex.title.upper(), "BC Tiêu đề phụ lục", anchor)
        letter = self.report.letter
        self.line(belongs_to(letter, self.report.year), "BC Kèm theo", anchor)
        numbers = Numbers()
        for block in annex.blocks:
            if isinstance(block, Paragraph):
                self.line(block.text, "BC Tên bảng", anchor)
            else:
                self.block(block, anchor, numbers)

    def block(self, block: Block, anchor: WordParagraph, numbers: Numbers) -> None:
        """One block before the anchor."""
        match block:
            case Heading():
                self.line(numbers.of(block), f"BC Mục {'I1a'[block.level - 1]}", anchor)
            case Paragraph():
                self.paragraph(block, anchor)
            case Grid():
                add_grid(self.document, block, anchor)
            case _:
                self.other(block, anchor)

    def other(self, block: Items | Own | Drawing, anchor: WordParagraph) -> None:
        """Lists, room for own text, figures."""
        if isinstance(block, Items):
            for text in block.texts:
                self.line(f"- {text}", "BC Gạch đầu dòng", anchor)
        elif isinstance(block, Own):
            self.own_block(block, anchor)
        else:
            self.drawing(block, anchor)

    def paragraph(self, block: Paragraph, anchor: WordParagraph) -> None:
        """Running text behind its first words in bold."""
        made = self.line(f"{block.lead} " if block.lead else "", "BC Đoạn", anchor)
        for run in made.runs:
            run.bold = True
        made.add_run(block.text)

    def line(self, text: str, style: str, anchor: WordParagraph) -> WordParagraph:
        """A paragraph before the anchor."""
        return before(anchor, text, style)

    def drawing(self, drawing: Drawing, anchor: WordParagraph) -> None:
        """The picture, with words for who cannot see it, and its caption."""
        self.figures += 1
        holder = self.line("", "BC Tên hình", anchor)
        holder.paragraph_format.keep_with_next = True
        holder.paragraph_format.space_after = Pt(2)
        shape = holder.add_run().add_picture(BytesIO(drawing_png(drawing)), width=WIDTH)
        about = shape._inline.docPr
        about.set("id", str(self.figures))
        about.set("name", f"Hình {self.figures}")
        about.set("descr", drawing.alt)
        self.line(f"Hình {self.figures}. {drawing.caption}", "BC Tên hình", anchor)

    def own_block(self, own: Own, anchor: WordParagraph) -> None:
        """What was written there before; else a hint that a click replaces."""
        kept = [self.carrier.carried(part) for part in self.own.get(own.id, [])]
        hint = self.line(f"[{own.hint}]", "BC Tự viết", anchor)
        for run in hint.runs:
            run.italic = True
            run._r.get_or_add_rPr().append(element("color", val=GREY))
        hint._p.getparent().remove(hint._p)
        inside = [spacer(), *kept] if kept else [hint._p]
        place = own_place(f"{TAG}{own.id}", "Phần tự viết", inside, is_hint=not kept)
        self.marks += 1
        marked = {"id": str(self.marks)}
        start = element("bookmarkStart", **marked, name=bookmark_of(own.id))
        for made in (start, place, element("bookmarkEnd", **marked)):
            anchor._p.addprevious(made)


def text_width(document: Any) -> int:
    """Between the margins of the pages of the body, in English Metric Units."""
    page = document.sections[0]
    return int(page.page_width - page.left_margin - page.right_margin)


def places(report: Report) -> dict[str, list[str]]:
    """What stands in the places of a template."""
    letter = report.letter
    return {
        "co_quan_chu_quan": [letter.superior.upper()],
        "co_quan": [letter.issuer.upper()],
        "ky_hieu": [letter.symbol],
        "dia_danh": [letter.place],
        "nam": [str(report.year)],
        "trich_yeu": [unbroken(report.title)],
        "kinh_gui": addressed(letter.addressees),
        "noi_nhan": recipients(letter.recipients),
        "chuc_vu": list(letter.signer),
        "ho_ten": [""],
        "mo_phong": [f"{report.mark} · {report.source}" if report.mark else report.source],
    }


def unbroken(title: str) -> str:
    """A title whose lines do not end between "Quý" and its number."""
    return title.replace("Quý ", "Quý\u00a0")


def addressed(to: tuple[str, ...]) -> list[str]:
    """ "Kính gửi: …." for one, a line each for several."""
    if len(to) < 2:
        return [f"Kính gửi: {to[0]}." if to else ""]
    lines = [f"- {name}{'.' if name == to[-1] else ';'}" for name in to]
    return ["Kính gửi:", *lines]


def recipients(to: tuple[str, ...]) -> list[str]:
    """ "- Như trên;" … "- Lưu: VT."."""
    return [f"- {name}{'.' if name == to[-1] else ';'}" for name in to]


def belongs_to(letter: Letter, year: int) -> str:
    """The line under the title of an annex; number and day are filled in by hand."""
    return (
        f"(Kèm theo Báo cáo số        /{letter.symbol} ngày     tháng     năm {year} "
        f"của {letter.name_vi})"
    )


def replace_in(paragraph: WordParagraph, place: str, text: str) -> None:
    """Put a text in its place; Word may have cut the place over several runs."""
    mark = f"{{{{{place}}}}}"
    for run in paragraph.runs:
        if mark in run.text:
            run.text = run.text.replace(mark, text)
            return
    whole = paragraph.text.replace(mark, text)
    first, *others = paragraph.runs
    first.text = whole
    for run in others:
        run.text = ""
