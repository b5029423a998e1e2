"""Own text as the PDF draws it: lines with bold and italics, entries of lists, tables."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from etl.export.report.carried import list_of_style
from etl.export.report.clean import holds
from etl.export.report.kept import own_texts

ENTRY = "- "
PICTURE = "[Hình: xem bản Word]"
OFF = ("0", "false", "none", "off")


def drawn_texts(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """By place ``{"kind": "line", "runs": …}`` and ``{"kind": "table", "rows": …}``, in order.

    Raises NotAReport.
    """
    own = own_texts(content)
    lists = {style.style_id for style in own.document.styles if list_of_style(style) is not None}
    return {
        name: [done for part in parts for done in drawn(part, lists)]
        for name, parts in own.places.items()
    }


def drawn(part: Any, lists: set[str]) -> Iterator[dict[str, Any]]:
    """A paragraph or a table; of a picture only that there is one. ``lists``: styles of entries."""
    if part.tag == qn("w:tbl"):
        rows = [[words(cell) for cell in row.iter(qn("w:tc"))] for row in part.iter(qn("w:tr"))]
        yield {"kind": "table", "columns": max(map(len, rows), default=0), "rows": rows}
        return
    runs = [run for run in map(run_of, part.iter(qn("w:r"))) if run["text"]]
    if runs:
        is_entry = holds(part, "numPr") or style_of(part) in lists
        lead = [{"text": ENTRY, "bold": False, "italic": False}] if is_entry else []
        yield {"kind": "line", "runs": [*lead, *runs]}
    if holds(part, "drawing"):
        yield {"kind": "line", "runs": [{"text": PICTURE, "bold": False, "italic": True}]}


def style_of(paragraph: Any) -> str:
    """The id of its style, "" for the usual one."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(qn("w:val")) or ""


def words(cell: Any) -> str:
    """The lines of a cell; of a table inside it the words."""
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
    return "\n".join(line for line in lines if line.strip())


def run_of(run: Any) -> dict[str, Any]:
    """Words with how they are written."""
    text = "".join(t.text or "" for t in run.iter(qn("w:t")))
    return {"text": text, "bold": is_set(run, "b"), "italic": is_set(run, "i")}


def is_set(run: Any, name: str) -> bool:
    """Whether a run is bold ("b") or italic ("i") by itself."""
    found = run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
    return found is not None and found.get(qn("w:val")) not in OFF
