"""Small pieces of WordprocessingML that python-docx has no words for."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FONT = "Times New Roman"
LINE = {"val": "single", "sz": "6", "space": "0", "color": "000000"}


def element(name: str, /, **attributes: str) -> Any:
    """``w:name`` with its attributes (all in the ``w`` namespace)."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_font(properties: Any, font: str = FONT) -> None:
    """All four scripts in one typeface: else Word takes another for letters with marks."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def set_language(properties: Any) -> None:
    """Vietnamese, so that the speller does not underline everything."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="vi-VN"))


def rule(paragraph: Any, side: str = "top") -> None:
    """A line over (or under) a paragraph, as wide as its indents leave it."""
    borders = element("pBdr")
    borders.append(element(side, **LINE))
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants the border before spacing and indents.
    after = [qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr")]
    place = next((n for n, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, borders)


def cell_borders(table: Any, *, lines: bool) -> None:
    """Thin lines around every cell, or none at all."""
    kind = LINE if lines else {"val": "nil"}
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, **({**kind, "sz": "4"} if lines else kind)))
    table._tbl.tblPr.append(borders)


def fixed_widths(table: Any, widths: Iterable[int]) -> None:
    """Columns as wide as said (twips), whatever stands in them."""
    properties, widths = table._tbl.tblPr, list(widths)
    without(properties, "tblLayout", "tblW")
    properties.append(element("tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("tblLayout", type="fixed"))
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=False):
            inside = cell.get_or_add_tcPr()
            without(inside, "tcW")
            inside.insert(0, element("tcW", w=str(width), type="dxa"))


def without(parent: Any, *names: str) -> None:
    """Take elements of these names out."""
    for name in names:
        for old in parent.findall(qn(f"w:{name}")):
            parent.remove(old)


def repeated(row: Any) -> None:
    """A heading row that comes again on every page."""
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))


def whole(row: Any) -> None:
    """A row that no page break cuts."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def field(paragraph: Any, code: str) -> None:
    """A field that Word works out (PAGE)."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run._r.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            text = element("instrText")
            text.text = code
            paragraph.add_run()._r.append(text)
        if kind == "separate":
            paragraph.add_run("2")


def spacer() -> Any:
    """A line of one point before own text: LibreOffice makes of a control around several
    paragraphs one around the first alone, and takes bold and italics out of that one."""
    made, properties = element("p"), element("pPr")
    properties.append(element("spacing", before="0", after="0", line="20", lineRule="exact"))
    small = element("rPr")
    small.append(element("sz", val="2"))
    properties.append(small)
    made.append(properties)
    run, text = element("r"), element("t")
    text.text = "\u00a0"
    run.append(deepcopy(small))
    run.append(text)
    made.append(run)
    return made


def own_place(tag: str, title: str, paragraphs: Iterable[Any], *, is_hint: bool) -> Any:
    """A content control around paragraphs: where a person's own text lives, found by its tag."""
    control, properties = element("sdt"), element("sdtPr")
    properties.append(element("alias", val=title))
    properties.append(element("tag", val=tag))
    if is_hint:
        properties.append(element("showingPlcHdr"))
    control.append(properties)
    content = element("sdtContent")
    for paragraph in paragraphs:
        content.append(paragraph)
    control.append(content)
    return control
