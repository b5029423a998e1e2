"""Paragraphs, lists, tables and pictures of one Word document taken into another.

Written here because the libraries that join documents give lists random numbers, and the same
report must give the same bytes.
"""

import re
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.table import Table

from etl.export.report.clean import EMBED, pictures_of
from etl.export.report.wordml import cell_borders, element

STYLES = ("pStyle", "rStyle", "tblStyle")


class Carrier:
    """Takes cleaned elements (`clean.cleaned`) from ``source`` into ``target``.

    ``width``: what a table or picture may have at most, in English Metric Units.
    """

    def __init__(self, source: Any, target: Any, width: int) -> None:
        self.source, self.target, self.width = source, target, width
        self.lists: dict[str, str] = {}  # numbers of lists there to here
        self.kinds: dict[str, str] = {}  # of their definitions: lists of one count on
        self.pictures = 1000  # far from the numbers of the report's own figures
        self.here = {(style.type, style.name): style.style_id for style in target.styles}
        self.there = {s.style_id: s for s in source.styles} if source is not None else {}

    def carried(self, part: Any) -> Any:
        """A copy of a paragraph or table that stands on its own in the target."""
        made = deepcopy(part)
        for drawing in list(made.iter(qn("w:drawing"))):
            self.picture(drawing)
        for style in list(made.iter(*(qn(f"w:{name}") for name in STYLES))):
            self.style(style)
        for number in list(made.iter(qn("w:numId"))):
            self.list_of(number)
        for table in made.iter(qn("w:tbl")):
            with_lines(table)
            narrowed(table, self.width)
        return made

    def picture(self, drawing: Any) -> None:
        """Bring the picture itself along."""
        for blip, part in pictures_of(drawing, self.source):
            number, _ = self.target.part.get_or_add_image(BytesIO(part.blob))
            blip.set(EMBED, number)
        for about in drawing.iter(qn("wp:docPr")):
            self.pictures += 1
            about.set("id", str(self.pictures))
        shrunk(drawing, self.width)

    def style(self, style: Any) -> None:
        """The style of this name here: Word in Vietnamese writes other ids for the same names.

        One that is not here is none: what it looked like is the template's to say. A list that
        was one by its style stays a list.
        """
        found = self.there.get(style.get(qn("w:val")))
        known = None if found is None else self.here.get((found.type, found.name))
        if known is not None:
            style.set(qn("w:val"), known)
            return
        numbered = list_of_style(found)
        properties = style.getparent()
        properties.remove(style)
        if numbered is not None and properties.find(qn("w:numPr")) is None:
            entry = properties.get_or_add_numPr()
            entry.extend(deepcopy(child) for child in numbered)

    def list_of(self, number: Any) -> None:
        """Bring the definition of a list along, once for all its entries."""
        old = number.get(qn("w:val"))
        if old not in self.lists:
            self.lists[old] = self.new_list(old)
        if self.lists[old]:
            number.set(qn("w:val"), self.lists[old])
        else:
            properties = number.getparent()
            properties.getparent().remove(properties)

    def new_list(self, old: str) -> str:
        """The number here of a list there; "" where it has no definition."""
        kept, kind = definition(self.source, old)
        if kept is None or kind is None:
            return ""
        here = numbering_of(self.target)
        entry, new = plain_definition(kept), free(here, "num", "numId")
        entry.set(qn("w:numId"), new)
        entry.find(qn("w:abstractNumId")).set(qn("w:val"), self.new_kind(kind, here))
        here.append(entry)
        return new

    def new_kind(self, kind: Any, here: Any) -> str:
        """The number here of a definition there."""
        old = kind.get(qn("w:abstractNumId"))
        if old not in self.kinds:
            self.kinds[old] = free(here, "abstractNum", "abstractNumId")
            made = plain_definition(kind)
            made.set(qn("w:abstractNumId"), self.kinds[old])
            # The schema wants every definition before the first list.
            first = here.find(qn("w:num"))
            here.append(made) if first is None else first.addprevious(made)
        return self.kinds[old]


TWIP = 635  # English Metric Units


def narrowed(table: Any, width: int) -> None:
    """A table that is wider than the text is made as wide as it, all columns alike."""
    columns = list(table.iter(qn("w:gridCol")))
    wide = sum(whole(column.get(qn("w:w"))) for column in columns) * TWIP
    if wide <= width:
        return
    kinds = ("gridCol", "tcW", "tblW")
    for measure in table.iter(*(qn(f"w:{name}") for name in kinds)):
        if measure.get(qn("w:type"), "dxa") == "dxa":
            measure.set(qn("w:w"), str(whole(measure.get(qn("w:w"))) * width // wide))


def whole(text: str | None) -> int:
    """A number of an attribute; 0 where it is none."""
    return int(text) if text is not None and re.fullmatch("[0-9]{1,12}", text) else 0


def shrunk(drawing: Any, width: int) -> None:
    """A picture that is wider than the text is made as wide as it."""
    sizes = list(drawing.iter(qn("wp:extent"), qn("a:ext")))
    wide = max((whole(size.get("cx")) for size in sizes), default=0)
    for size in sizes if wide > width else ():
        for side in ("cx", "cy"):
            size.set(side, str(whole(size.get(side)) * width // wide))


def with_lines(table: Any) -> None:
    """Lines around the cells of a table that had them from a style which is not here."""
    properties = table.find(qn("w:tblPr"))
    if properties is None:
        properties = element("tblPr")
        table.insert(0, properties)
    has_style = properties.find(qn("w:tblStyle")) is not None
    has_lines = any(next(table.iter(qn(f"w:{n}")), None) is not None for n in BORDERS)
    if not has_style and not has_lines:
        cell_borders(Table(table, None), lines=True)  # type: ignore[arg-type]


BORDERS = ("tblBorders", "tcBorders")


def list_of_style(style: Any) -> Any:
    """What makes paragraphs of a style, or of one it is based on, entries of a list; else None."""
    for _ in range(20):  # a damaged file may have styles that rest on each other in a ring
        if style is None or not hasattr(style, "base_style"):
            return None
        found = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is not None:
            return found
        style = style.base_style
    return None


def definition(document: Any, number: str) -> tuple[Any, Any]:
    """A list and what it looks like, by its number; None for what is not there."""
    numbering = existing_numbering(document)
    if numbering is None:
        return None, None
    lists = {n.get(qn("w:numId")): n for n in numbering.findall(qn("w:num"))}
    kept = lists.get(number)
    names = None if kept is None else kept.find(qn("w:abstractNumId"))
    kinds = {k.get(qn("w:abstractNumId")): k for k in numbering.findall(qn("w:abstractNum"))}
    kind = None if names is None else kinds.get(names.get(qn("w:val")))
    return kept, resolved(kind, kinds)


def resolved(kind: Any, kinds: dict[str, Any]) -> Any:
    """The definition itself where one only points to that of a list style."""
    link = None if kind is None else kind.find(qn("w:numStyleLink"))
    if link is None:
        return kind
    for other in kinds.values():
        style = other.find(qn("w:styleLink"))
        if style is not None and style.get(qn("w:val")) == link.get(qn("w:val")):
            return other
    return None


def plain_definition(kind: Any) -> Any:
    """A copy without what ties it to styles, pictures and numbers of the file it came from."""
    made = deepcopy(kind)
    for name in ("nsid", "tmpl", "name", "styleLink", "numStyleLink", "pStyle", "lvlPicBulletId"):
        for child in list(made.iter(qn(f"w:{name}"))):
            child.getparent().remove(child)
    return made


def existing_numbering(document: Any) -> Any:
    """The definitions of lists of a document, None where it has none."""
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except (KeyError, AttributeError):
        return None


def numbering_of(document: Any) -> Any:
    """The definitions of lists of a document; an empty part is made where it has none."""
    found = existing_numbering(document)
    if found is None:
        name = PackURI("/word/numbering.xml")
        kind = CONTENT_TYPE.WML_NUMBERING
        package = document.part.package
        made = NumberingPart(name, kind, element("numbering"), package)
        document.part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        found = made.element
    return found


def free(numbering: Any, name: str, attribute: str) -> str:
    """A number that no definition of this kind has yet."""
    used = [int(n.get(qn(f"w:{attribute}"))) for n in numbering.findall(qn(f"w:{name}"))]
    return str(max(used, default=0) + 1)
