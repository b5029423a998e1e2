"""Own text made fit to stand in another file: what runs, points outside or lives in other parts of
the file sent is taken out, and what a person would miss of it is named."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from struct import error as StructError
from typing import Any

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.ns import nsmap, qn

EMBED, RELATIONS = qn("r:embed"), f"{{{nsmap['r']}}}"
MIXED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Every program knows these; an element of another namespace can make Word refuse the whole file.
KNOWN = (*(f"{{{nsmap[name]}}}" for name in ("w", "r", "wp", "a", "pic", "xml")), MATHS)
# Of these the words stay. A change that was not accepted yet counts as accepted.
UNWRAPPED = ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple")
TAKEN_OUT = (
    "object", "control", "pict", "altChunk", "subDoc", "footnoteReference", "endnoteReference",
    "commentReference", "commentRangeStart", "commentRangeEnd", "sectPr", "instrText", "fldChar",
    "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd",
    "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
)  # fmt: skip
# What a person would miss, by the name it is told with.
MISSED = {
    "object": "object", "control": "object", "altChunk": "object", "subDoc": "object",
    "pict": "drawing", "footnoteReference": "footnote", "endnoteReference": "footnote",
    "commentReference": "comment", "sectPr": "section", "ins": "tracked", "del": "tracked",
    "moveTo": "tracked", "moveFrom": "tracked",
}  # fmt: skip
NO_PICTURE = (
    UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, StructError,
    ValueError, KeyError, IndexError, AttributeError, TypeError,
)  # fmt: skip


def cleaned(part: Any, document: Any) -> tuple[Any, set[str]]:
    """A copy of a paragraph or table, and what it lost: see ``MISSED``, "link"."""
    made = deepcopy(part)
    missed = {kind for name, kind in MISSED.items() if holds(made, name)}
    missed |= {"link"} if any(has_address(link) for link in made.iter(qn("w:hyperlink"))) else set()
    missed |= choose_plain(made)
    drop_deleted_rows(made)
    unwrap(made)
    remove(made.iter(*(qn(f"w:{name}") for name in TAKEN_OUT)))
    for drawing in list(made.iter(qn("w:drawing"))):
        missed |= drawing_cleaned(drawing, document)
    missed |= drop_unknown(made)
    drop_relations(made)
    return made, missed


def holds(part: Any, name: str) -> bool:
    """Whether an element of this name stands in it."""
    return next(part.iter(qn(f"w:{name}")), None) is not None


def has_address(link: Any) -> bool:
    """Whether a link leads out of the document."""
    return link.get(qn("r:id")) is not None


def remove(found: Iterable[Any]) -> None:
    """Take elements out, words and all."""
    for child in list(found):
        if child.getparent() is not None:
            child.getparent().remove(child)


def choose_plain(made: Any) -> set[str]:
    """Of two forms of one thing the one that older programs read; a shape is told as lost."""
    found = list(made.iter(f"{MIXED}AlternateContent"))
    shapes = any(holds(mixed, "drawing") for mixed in found)
    for mixed in found:
        lift(mixed, mixed.find(f"{MIXED}Fallback"))
    return {"drawing"} if shapes else set()


def drop_deleted_rows(made: Any) -> None:
    """A row whose deletion was not accepted yet is none."""
    marks = [qn("w:trPr"), qn("w:del")]
    remove(row for row in made.iter(qn("w:tr")) if row.find("/".join(marks)) is not None)


def unwrap(made: Any) -> None:
    """Take away what stands around words, and keep the words."""
    for child in list(made.iter(*(qn(f"w:{name}") for name in UNWRAPPED))):
        lift(child, child)
    for control in list(made.iter(qn("w:sdt"))):
        lift(control, control.find(qn("w:sdtContent")))


def lift(outer: Any, inside: Any) -> None:
    """Put what is inside in the place of what is around it."""
    if outer.getparent() is None:
        return
    for inner in list(inside if inside is not None else ()):
        if not str(inner.tag).endswith("Pr"):  # properties of what is taken away
            outer.addprevious(inner)
    outer.getparent().remove(outer)


def pictures_of(drawing: Any, document: Any) -> list[tuple[Any, Any]]:
    """Its pictures, each with the part that holds it; none where one of them is not in the file."""
    blips = list(drawing.iter(qn("a:blip")))
    parts = [document.part.related_parts.get(blip.get(EMBED, "")) for blip in blips]
    return list(zip(blips, parts, strict=True)) if all(map(is_picture, parts)) else []


def is_picture(part: Any) -> bool:
    """Whether a part is a picture of a kind that can be put into a document (PNG, JPEG, GIF …)."""
    try:
        return bool(part.image.px_width > 0)
    except NO_PICTURE:
        return False


def drawing_cleaned(drawing: Any, document: Any) -> set[str]:
    """A drawing without its links; taken out where it is no picture."""
    remove(drawing.iter(qn("a:extLst"), qn("a:hlinkClick"), qn("a:hlinkHover")))
    if pictures_of(drawing, document):
        return set()
    remove([drawing])
    return {"drawing"}


def drop_unknown(made: Any) -> set[str]:
    """Take out elements and attributes of namespaces that not every program knows."""
    found = [e for e in made.iter() if not is_known(e.tag)]
    shapes = any(next(e.iter(qn("w:p"), qn("w:drawing")), None) is not None for e in found)
    remove(found)
    for element in made.iter():
        for name in [n for n in element.attrib if n.startswith("{") and not is_known(n)]:
            del element.attrib[name]
    return {"drawing"} if shapes else set()


def is_known(name: Any) -> bool:
    """Whether an element or attribute is of a namespace every program knows; comments are not."""
    return isinstance(name, str) and name.startswith(KNOWN)


def drop_relations(made: Any) -> None:
    """What still names another part of the file sent names nothing in the next one."""
    for element in made.iter():
        is_blip = element.tag == qn("a:blip")
        for name in [n for n in element.attrib if n.startswith(RELATIONS)]:
            if not (is_blip and name == EMBED):
                del element.attrib[name]


def blocks_in(child: Any) -> Iterator[Any]:
    """Paragraphs and tables of an element; of what stands around them only its inside."""
    if child.tag in (qn("w:p"), qn("w:tbl")):
        yield child
    elif child.tag == qn("w:sdt"):
        for inner in child.iterchildren(qn("w:sdtContent")):
            yield from blocks_in(inner)
    elif child.tag in (qn("w:sdtContent"), *(qn(f"w:{name}") for name in UNWRAPPED)):
        for inner in child:
            yield from blocks_in(inner)
