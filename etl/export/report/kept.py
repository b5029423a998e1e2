"""What persons wrote into the marked places of an earlier report, read from a file they sent."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from etl.grid import MAX_UNPACKED_BYTES, MAX_UNPACKED_RATIO

TAG = "van-dan:"  # before the name of a place, in the tag of its content control
MARK = "vd_"  # before its name as a bookmark: LibreOffice keeps these and loses tags
BLOCKS = (qn("w:p"), qn("w:tbl"))


class NotAReport(Exception):
    """The file is no Word document that could be read."""


@dataclass
class OwnTexts:
    """Place to its paragraphs and tables, in the document they stand in."""

    document: Any = None
    places: dict[str, list[Any]] = field(default_factory=dict)


def own_texts(content: bytes) -> OwnTexts:
    """Every place where somebody wrote something or put a picture. Raises NotAReport."""
    document, found, tagged = opened(content), dict[str, list[Any]](), set[str]()
    for control in document.element.body.iter(qn("w:sdt")):
        name = tag_of(control)
        inside = control.find(qn("w:sdtContent"))
        if name and inside is not None and is_written(control, inside):
            found[name] = [e for child in inside for e in unwrapped(child)]
        tagged |= {name}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        name = place_of(start.get(qn("w:name")) or "")
        inside = [] if not name or name in tagged else between(document.element.body, start)
        tagged |= {name}
        if inside and not is_hint(inside):
            found[name] = inside
    return OwnTexts(document, found)


def bookmark_of(name: str) -> str:
    """A place as the name of a bookmark, which has no hyphens."""
    return MARK + name.replace("-", "_")


def place_of(bookmark: str) -> str:
    """The place that a bookmark names, "" for one that is not ours."""
    return bookmark.removeprefix(MARK).replace("_", "-") if bookmark.startswith(MARK) else ""


def between(body: Any, start: Any) -> list[Any]:
    """The paragraphs and tables from a bookmark to its end."""
    # LibreOffice begins a mark a second time behind a table, with a number of its own.
    name = start.get(qn("w:name"))
    starts = (s for s in body.iter(qn("w:bookmarkStart")) if s.get(qn("w:name")) == name)
    numbers = {s.get(qn("w:id")) for s in starts}
    ends = [e for e in body.iter(qn("w:bookmarkEnd")) if e.get(qn("w:id")) in numbers]
    if not ends:
        return []
    end = ends[-1]
    blocks = list(body)
    first, last = (blocks.index(top_of(body, mark)) for mark in (start, end))
    # An end at the very beginning of a paragraph does not take it in.
    takes_last = has_words_before(end)
    found = blocks[first : last + 1] if takes_last or first == last else blocks[first:last]
    return [inner for block in found for inner in unwrapped(block)]


def unwrapped(block: Any) -> list[Any]:
    """A paragraph or table; what is inside a control; nothing of a mark."""
    if block.tag == qn("w:sdt"):
        inside = block.find(qn("w:sdtContent"))
        return [] if inside is None else [e for child in inside for e in unwrapped(child)]
    return [block] if block.tag in BLOCKS else []


def top_of(body: Any, mark: Any) -> Any:
    """The child of the body in which an element stands."""
    while mark.getparent() is not body:
        mark = mark.getparent()
    return mark


def has_words_before(mark: Any) -> bool:
    """Whether any words of its paragraph come before it."""
    return any(e.tag == qn("w:r") for e in mark.itersiblings(preceding=True))


def is_hint(blocks: list[Any]) -> bool:
    """Whether nothing stands there but the hint, or nothing at all."""
    if any(next(block.iter(qn("w:drawing")), None) is not None for block in blocks):
        return False
    words = " ".join(text_of(block) for block in blocks).strip()
    return not words or (words.startswith("[") and words.endswith("]"))


def plain_texts(content: bytes) -> dict[str, tuple[str, ...]]:
    """The same as plain paragraphs, for other kinds of file."""
    return {
        name: tuple(filter(None, (text_of(p) for part in parts for p in part.iter(qn("w:p")))))
        for name, parts in own_texts(content).places.items()
    }


def opened(content: bytes) -> Any:
    """A Word document, if the file is one that does not unpack to very much. Raises NotAReport."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED_BYTES or size > len(content) * MAX_UNPACKED_RATIO:
            raise NotAReport(f"unpacks to {size} bytes")
        return Document(BytesIO(content))
    # What lxml raises over broken XML is a SyntaxError too.
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise NotAReport(str(error)) from error


def tag_of(control: Any) -> str:
    """The name of the place, "" for a control that is not ours."""
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    name = "" if tag is None else tag.get(qn("w:val")) or ""
    return name.removeprefix(TAG) if name.startswith(TAG) else ""


def is_written(control: Any, inside: Any) -> bool:
    """Whether something stands there that is not the hint alone."""
    words = " ".join(text_of(p) for p in inside.iter(qn("w:p"))).strip()
    shows_hint = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    if next(inside.iter(qn("w:drawing")), None) is not None:
        return True
    return bool(words) and not (shows_hint and words.startswith("[") and words.endswith("]"))


def text_of(paragraph: Any) -> str:
    """The words of a paragraph."""
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip()
