"""What persons wrote into the marked places of an earlier report, read from a file they sent."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from etl.export.report.clean import MATHS, MISSED, blocks_in, cleaned, holds
from etl.export.report.guard import opened
from indicators.report.blocks import Block, Own, Paragraph

TAG = "van-dan:"  # before the name of a place, in the tag of its content control
MARK = "vd_"  # before its name as a bookmark: LibreOffice keeps these and loses tags

HOMELESS = (
    "Phần tự viết dưới đây thuộc mục nay không còn trong báo cáo; đề nghị chuyển về đúng mục."
)


@dataclass
class OwnTexts:
    """Place to its paragraphs and tables, cleaned, and the document they stand in.

    ``missed``: what could not come along, see `clean.MISSED`.
    """

    document: Any = None
    places: dict[str, list[Any]] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def take(self, name: str, blocks: Iterable[Any]) -> None:
        """Add what stands in a place; a person may have copied a place and filled in both."""
        for block in blocks:
            made, missed = cleaned(block, self.document)
            self.places.setdefault(name, []).append(made)
            self.missed |= missed


def own_texts(content: bytes) -> OwnTexts:
    """Every place where somebody wrote something or put a picture. Raises NotAReport."""
    own = OwnTexts(opened(content))
    for name, blocks, _ in places_in(own.document.element.body):
        own.take(name, blocks)
        own.missed |= {MISSED[e] for block in blocks for e in ("altChunk",) if holds(block, e)}
    own.places = {name: trimmed(found) for name, found in own.places.items() if says(found)}
    return own


def with_homeless(body: Sequence[Block], places: Iterable[str]) -> list[Block]:
    """The body, and at its end own text whose place the report no longer has."""
    here = {block.id for block in body if isinstance(block, Own)}
    lost = [name for name in places if name not in here]
    notice = [Paragraph(HOMELESS)] if lost else []
    return [*body, *notice, *(Own(name, "") for name in lost)]


def places_in(body: Any) -> list[tuple[str, list[Any], list[Any]]]:
    """Name, what stands there (nothing where it is the hint), and all elements it takes up."""
    found, tagged = [], set[str]()
    for control in body.iter(qn("w:sdt")):
        name, inside = tag_of(control), control.find(qn("w:sdtContent"))
        if not name or inside is None or any(map(tag_of, control.iterancestors(qn("w:sdt")))):
            continue
        tagged.add(name)
        blocks = [] if shows_hint(control, inside) else contents(control, inside)
        found.append((name, blocks, [control]))
    for start in body.iter(qn("w:bookmarkStart")):
        name = place_of(start.get(qn("w:name")) or "")
        if not name or name in tagged:
            continue
        tagged.add(name)
        taken = between(body, start)
        blocks = [inner for block in taken for inner in blocks_in(block)]
        found.append((name, [] if is_hint(blocks) else blocks, taken))
    return found


def contents(control: Any, inside: Any) -> list[Any]:
    """Paragraphs and tables of a control; Word may have made it one inside a paragraph."""
    around = control.getparent()
    if around.tag != qn("w:p"):
        return [inner for child in inside for inner in blocks_in(child)]
    whole = deepcopy(around)
    for child in list(whole):
        if child.tag != qn("w:pPr"):
            whole.remove(child)
    for child in inside:
        whole.append(deepcopy(child))
    return [whole]


def bookmark_of(name: str) -> str:
    """A place as the name of a bookmark, which has no hyphens."""
    return MARK + name.replace("-", "_")


def place_of(bookmark: str) -> str:
    """The place that a bookmark names, "" for one that is not ours."""
    name = bookmark.removeprefix(MARK).replace("_", "-")
    return name if bookmark.startswith(MARK) and is_name(name) else ""


def is_name(text: str) -> bool:
    """Whether a place may be called so: what a file says goes into the next one."""
    return re.fullmatch(r"[a-z][a-z0-9-]{0,30}", text) is not None


def between(body: Any, start: Any) -> list[Any]:
    """The children of the body from a bookmark to its end."""
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
    return blocks[first : last + 1] if takes_last or first == last else blocks[first:last]


def top_of(body: Any, mark: Any) -> Any:
    """The child of the body in which an element stands."""
    while mark.getparent() is not body:
        mark = mark.getparent()
    return mark


def has_words_before(mark: Any) -> bool:
    """Whether any words of its paragraph come before it."""
    return any(e.tag == qn("w:r") for e in mark.itersiblings(preceding=True))


def says(blocks: Iterable[Any]) -> bool:
    """Whether there are words or pictures in it."""
    return any(holds(block, "drawing") or words_of(block) for block in blocks)


def trimmed(blocks: list[Any]) -> list[Any]:
    """Without empty lines before and after: one of ours may be among them."""
    full = [number for number, block in enumerate(blocks) if says([block]) or is_table(block)]
    return blocks[full[0] : full[-1] + 1]


def is_table(block: Any) -> bool:
    """Whether it is one."""
    return bool(block.tag == qn("w:tbl"))


def is_hint(blocks: list[Any]) -> bool:
    """Whether nothing stands there but the hint, or nothing at all."""
    if any(holds(block, "drawing") or holds(block, "object") for block in blocks):
        return False
    words = " ".join(words_of(block) for block in blocks).strip()
    return not words or (words.startswith("[") and words.endswith("]"))


def shows_hint(control: Any, inside: Any) -> bool:
    """Whether a control still shows its hint: Word takes the mark away when somebody writes."""
    marked = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    return marked and is_hint([inside])


def tag_of(control: Any) -> str:
    """The name of the place, "" for a control that is not ours."""
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    name = "" if tag is None else tag.get(qn("w:val")) or ""
    return (
        name.removeprefix(TAG) if name.startswith(TAG) and is_name(name.removeprefix(TAG)) else ""
    )


def words_of(part: Any) -> str:
    """The words of a paragraph or of anything that holds some."""
    return "".join(t.text or "" for t in part.iter(qn("w:t"), f"{MATHS}t")).strip()
