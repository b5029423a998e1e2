"""The template of the report: the department's own `templates/bao-cao.docx`, else the form of NĐ 30.

``python -m etl.export.report.template FILE`` writes the form again, to start a template from it.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt

from etl.export.report.repack import repacked
from etl.export.report.wordml import (
    FONT,
    cell_borders,
    element,
    field,
    fixed_widths,
    rule,
    set_font,
    set_language,
)

FILE = "templates/bao-cao.docx"
CENTRE, JUSTIFY, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)
# Left, right, top, bottom of a page as the decree allows: 30-35, 15-20, 20-25, 20-25 mm.
MARGINS = (30, 20, 20, 20)
LEFT_COLUMN, RIGHT_COLUMN = 3515, 5557  # twips of 160 mm, about 40 : 60
# Width in twips of "Độc lập - Tự do - Hạnh phúc" in bold 13: the line below is as long.
MOTTO = 3360
STYLES: dict[str, dict[str, Any]] = {
    "BC Đoạn": {"size": 14, "align": JUSTIFY, "first": 1.27, "after": 6},
    "BC Gạch đầu dòng": {"size": 14, "align": JUSTIFY, "first": 1.27, "after": 4},
    "BC Mục I": {
        "size": 14,
        "bold": True,
        "align": JUSTIFY,
        "first": 1.27,
        "before": 6,
        "after": 6,
    },
    "BC Mục 1": {
        "size": 14,
        "bold": True,
        "align": JUSTIFY,
        "first": 1.27,
        "before": 2,
        "after": 6,
    },
    "BC Mục a": {"size": 14, "align": JUSTIFY, "first": 1.27, "after": 4},
    "BC Tự viết": {"size": 14, "align": JUSTIFY, "first": 1.27, "after": 6},
    "BC Tên hình": {"size": 12, "italic": True, "align": CENTRE, "after": 8},
    "BC Tên bảng": {"size": 13, "bold": True, "align": LEFT, "before": 8, "after": 4},
    "BC Đầu bảng": {"size": 11, "bold": True, "align": CENTRE},
    "BC Bảng": {"size": 11, "align": LEFT},
    "BC Ghi chú": {"size": 11, "italic": True, "align": JUSTIFY, "after": 2},
    "BC Phụ lục": {"size": 14, "bold": True, "align": CENTRE},
    "BC Tiêu đề phụ lục": {"size": 13, "bold": True, "align": CENTRE},
    "BC Kèm theo": {"size": 13, "italic": True, "align": CENTRE, "after": 8},
}


def template_bytes(folder: Path) -> bytes:
    """The template of a data folder; the common form where it has none."""
    path = folder / FILE
    return path.read_bytes() if path.exists() else common_form()


def common_form() -> bytes:
    """The form of NĐ 30/2020/NĐ-CP with its marked places ({{…}}), always the same bytes."""
    document = Document()
    clear(document)
    base_style(document)
    for name, look in STYLES.items():
        add_style(document, name, look)
    head(document)
    title(document)
    line(document, "{{noi_dung}}", "BC Đoạn")
    closing(document)
    annexes(document)
    page_furniture(document)
    kept = BytesIO()
    document.save(kept)
    return repacked(kept.getvalue())


def clear(document: Any) -> None:
    """Without the paragraph that an empty document begins with; on A4."""
    for child in list(document.element.body):
        if not child.tag.endswith("sectPr"):
            document.element.body.remove(child)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(MARGINS[0]), Mm(MARGINS[1])
    section.top_margin, section.bottom_margin = Mm(MARGINS[2]), Mm(MARGINS[3])
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    section.different_first_page_header_footer = True


def base_style(document: Any) -> None:
    """Times New Roman 14 for every script, Vietnamese."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    set_font(normal.element.get_or_add_rPr())
    set_language(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    defaults = document.styles.element.find(".//{*}rPrDefault/{*}rPr")
    if defaults is not None:
        set_font(defaults)
        set_language(defaults)


def add_style(document: Any, name: str, look: dict[str, Any]) -> None:
    """One paragraph style of the report, which the department may change in Word."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(look["size"])
    style.font.name = FONT
    set_font(style.element.get_or_add_rPr())
    style.font.bold, style.font.italic = look.get("bold", False), look.get("italic", False)
    shape = style.paragraph_format
    shape.alignment = look["align"]
    shape.first_line_indent = Cm(look["first"]) if "first" in look else None
    shape.space_before, shape.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    shape.keep_with_next = name.startswith(("BC Mục", "BC Tên bảng", "BC Phụ", "BC Tiêu", "BC Kèm"))


def head(document: Any) -> None:
    """Who writes, and the national heading: two columns without lines."""
    table = document.add_table(rows=2, cols=2)
    cell_borders(table, lines=False)
    fixed_widths(table, (LEFT_COLUMN, RIGHT_COLUMN))
    left, right = table.rows[0].cells
    words(left, "{{co_quan_chu_quan}}", 13)
    words(left, "{{co_quan}}", 13, bold=True)
    ruled(left, LEFT_COLUMN // 3)
    words(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    words(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    ruled(right, (RIGHT_COLUMN - MOTTO) // 2)
    left, right = table.rows[1].cells
    words(left, "Số:        /{{ky_hieu}}", 13)
    words(right, "{{dia_danh}}, ngày     tháng     năm {{nam}}", 13, italic=True)


def words(cell: Any, text: str, size: int, *, bold: bool = False, italic: bool = False) -> None:
    """A centred line in a cell; the first takes the paragraph that is there."""
    is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
    paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    paragraph.alignment = CENTRE
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def ruled(cell: Any, indent: int) -> None:
    """A line of its own, indented on both sides by so many twips."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent * 635
    paragraph.paragraph_format.space_before = Pt(2)
    run = paragraph.add_run("")
    run.font.size = Pt(4)
    mark = paragraph._p.get_or_add_pPr()
    small = element("rPr")
    small.append(element("sz", val="8"))
    mark.append(small)
    rule(paragraph)


def title(document: Any) -> None:
    """Kind of document, what it is about, to whom."""
    for text, size, before in (("BÁO CÁO", 14, 14), ("{{trich_yeu}}", 14, 0)):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size)
    ruled(document, (LEFT_COLUMN + RIGHT_COLUMN) * 3 // 8)
    paragraph = document.add_paragraph("{{kinh_gui}}")
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.space_after = Pt(10)


def line(document: Any, text: str, style: str) -> None:
    """A paragraph in a style of the report."""
    document.add_paragraph(text, style=style)


def closing(document: Any) -> None:
    """Recipients on the left, who signs on the right."""
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    cell_borders(table, lines=False)
    fixed_widths(table, (LEFT_COLUMN + 500, RIGHT_COLUMN - 500))
    left, right = table.rows[0].cells
    head_ = left.paragraphs[0]
    run = head_.add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    list_ = left.add_paragraph()
    list_.add_run("{{noi_nhan}}").font.size = Pt(11)
    words(right, "{{chuc_vu}}", 14, bold=True)
    for _ in range(4):
        right.add_paragraph().alignment = CENTRE
    words_after = right.add_paragraph()
    words_after.alignment = CENTRE
    words_after.add_run("{{ho_ten}}").bold = True


def annexes(document: Any) -> None:
    """Annexes lie on their side, and their pages are counted from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    section.different_first_page_header_footer = True
    section._sectPr.append(element("pgNumType", start="1"))
    line(document, "{{phu_luc}}", "BC Đoạn")


def page_furniture(document: Any) -> None:
    """Page numbers in the middle above, none on first pages; the mark of simulated data below."""
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer):
            part.is_linked_to_previous = False
        section.first_page_footer.is_linked_to_previous = False
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        field(number, "PAGE")
        for run in number.runs:
            run.font.size = Pt(13)
        for foot in (section.footer, section.first_page_footer):
            mark = foot.paragraphs[0]
            mark.alignment = CENTRE
            mark.add_run("{{mo_phong}}").font.size = Pt(10)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(common_form())
