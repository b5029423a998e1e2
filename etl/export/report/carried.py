"""Paragraphs, lists, tables and pictures of one Word document taken into another.

Written here because the libraries that join documents give lists random numbers, and the same
report must give the same bytes.
"""

from copy import deepcopy
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn

from etl.export.report.kept import OwnTexts

EMBED, LINK = qn("r:embed"), qn("r:link")
# What runs, points outside, or lives in parts of the other file that are of no use here.
LEFT_BEHIND = (
    "object", "pict", "control", "commentReference", "commentRangeStart", "commentRangeEnd",
    "footnoteReference", "endnoteReference", "sectPr", "altChunk", "fldSimple", "instrText",
    "fldChar", "subDoc", "del", "bookmarkStart", "bookmarkEnd",
)  # fmt: skip
# Of these the words stay: a link, an insertion that was not accepted.
UNWRAPPED = ("hyperlink", "ins", "smartTag")
# What a person would miss, by the name it is told with.
MISSED = {"object": "object", "pict": "drawing", "control": "object", "altChunk": "object"}
MISSED |= {"footnoteReference": "footnote", "endnoteReference": "footnote"}


def left_out(own: OwnTexts) -> set[str]:
    """What stands in own text and cannot come along: "object", "drawing", "footnote"."""
    parts = [part for found in own.places.values() for part in found]
    names = {kind for part in parts for name, kind in MISSED.items() if holds(part, name)}
    drawings = (drawing for part in parts for drawing in part.iter(qn("w:drawing")))
    return names | (
        {"drawing"} if any(not pictures_of(d, own.document) for d in drawings) else set()
    )


def holds(part: Any, name: str) -> bool:
    """Whether an element of this name stands in it."""
    return next(part.iter(qn(f"w:{name}")), None) is not None


def pictures_of(drawing: Any, document: Any) -> list[tuple[Any, Any]]:
    """Its pictures, each with the part that holds it; none where one of them is not in the file."""
    blips = list(drawing.iter(qn("a:blip")))
    parts = [document.part.related_parts.get(blip.get(EMBED, "")) for blip in blips]
    if any(part is None or not hasattr(part, "image") for part in parts):
        return []
    return list(zip(blips, parts, strict=True))


class Carrier:
    """Takes elements from ``source`` into ``target``."""

    def __init__(self, source: Any, target: Any) -> None:
        self.source, self.target = source, target
        self.lists: dict[str, str] = {}  # numbers of lists there to here
        self.pictures = 1000  # far from the numbers of the report's own figures

    def carried(self, part: Any) -> Any:
        """A copy of a paragraph or table that stands on its own in the target."""
        made = deepcopy(part)
        self.unwrap(made)
        for child in list(made.iter(*(qn(f"w:{name}") for name in LEFT_BEHIND))):
            if child.getparent() is not None:
                child.getparent().remove(child)
        for drawing in list(made.iter(qn("w:drawing"))):
            self.picture(drawing)
        for number in list(made.iter(qn("w:numId"))):
            self.list_of(number)
        self.drop_unknown_styles(made)
        return made

    def unwrap(self, made: Any) -> None:
        """Take away what stands around words, and keep the words."""
        for child in list(made.iter(*(qn(f"w:{name}") for name in UNWRAPPED))):
            for inner in list(child):
                child.addprevious(inner)
            child.getparent().remove(child)
        for control in list(made.iter(qn("w:sdt"))):
            inside = control.find(qn("w:sdtContent"))
            for inner in list(inside if inside is not None else ()):
                control.addprevious(inner)
            control.getparent().remove(control)

    def picture(self, drawing: Any) -> None:
        """Bring the picture itself along; a chart or a picture kept elsewhere cannot come."""
        found = pictures_of(drawing, self.source)
        if not found:
            drawing.getparent().remove(drawing)
            return
        for blip, part in found:
            number, _ = self.target.part.get_or_add_image(BytesIO(part.blob))
            blip.set(EMBED, number)
            blip.attrib.pop(LINK, None)
            for extension in blip.findall(qn("a:extLst")):
                blip.remove(extension)  # another form of the picture, in a part that stays behind
        for about in drawing.iter(qn("wp:docPr")):
            self.pictures += 1
            about.set("id", str(self.pictures))
            for click in list(about):
                about.remove(click)

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
        there = numbering_of(self.source)
        kept = {n.get(qn("w:numId")): n for n in there.findall(qn("w:num"))}.get(old)
        if kept is None:
            return ""
        kind = kept.find(qn("w:abstractNumId")).get(qn("w:val"))
        kinds = {k.get(qn("w:abstractNumId")): k for k in there.findall(qn("w:abstractNum"))}
        if kind not in kinds:
            return ""
        here = numbering_of(self.target)
        definition, entry = deepcopy(kinds[kind]), deepcopy(kept)
        for name in ("nsid", "tmpl", "styleLink", "numStyleLink"):
            for child in definition.findall(qn(f"w:{name}")):
                definition.remove(child)
        new_kind = free(here, "abstractNum", "abstractNumId")
        new = free(here, "num", "numId")
        definition.set(qn("w:abstractNumId"), new_kind)
        entry.set(qn("w:numId"), new)
        entry.find(qn("w:abstractNumId")).set(qn("w:val"), new_kind)
        # The schema wants every definition before the first list.
        first = here.find(qn("w:num"))
        here.append(definition) if first is None else first.addprevious(definition)
        here.append(entry)
        return new

    def drop_unknown_styles(self, made: Any) -> None:
        """A style that is not here is none; what it looked like is the template's to say."""
        known = {style.style_id for style in self.target.styles}
        for name in ("pStyle", "rStyle", "tblStyle"):
            for style in list(made.iter(qn(f"w:{name}"))):
                if style.get(qn("w:val")) not in known:
                    style.getparent().remove(style)


def numbering_of(document: Any) -> Any:
    """The definitions of lists of a document."""
    return document.part.numbering_part.element


def free(numbering: Any, name: str, attribute: str) -> str:
    """A number that no definition of this kind has yet."""
    used = [int(n.get(qn(f"w:{attribute}"))) for n in numbering.findall(qn(f"w:{name}"))]
    return str(max(used, default=0) + 1)
