"""Own text as the PDF draws it: lines with bold and italics, entries of lists, tables, pictures."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from etl.export.report.carried import whole
from etl.export.report.clean import pictures_of
from etl.export.report.kept import own_texts
from etl.export.report.lists import Lists, value

PICTURE = "[Hình: xem bản Word]"
OFF = ("0", "false", "none", "off")
SIDES = {"center": "center", "right": "right", "end": "right"}
# What Typst draws, by the type that the bytes themselves show, and how many pixels one may have:
# a PNG is unpacked and packed again (12 million: 3 s), a JPEG goes in as it is.
KINDS = {
    "image/png": ("png", 12_000_000),
    "image/gif": ("gif", 12_000_000),
    "image/jpeg": ("jpg", 50_000_000),
}
MOST = 60_000_000  # pixels of all pictures of a report together
EMU = 36000  # a millimetre
CROP = 100_000  # of which the edges of a picture that Word hides are parts
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}

Part = dict[str, Any]


@dataclass
class OwnDrawn:
    """Place to its lines, tables and pictures; the bytes of the pictures by their names.

    ``{"kind": "line", "runs", "label", "level", "align"}`` (``label`` None: no entry of a list),
    ``{"kind": "table", "columns", "rows"}`` with cells ``{"span", "parts"}``,
    ``{"kind": "picture", "name", "alt", "width", "height", "crop", "align"}``, millimetres.
    """

    places: dict[str, list[Part]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def drawn_texts(content: bytes, order: Sequence[str] = ()) -> OwnDrawn:
    """Own text of an edited report; lists count on in the ``order`` of places. Raises NotAReport."""
    own = own_texts(content)
    drawer = Drawer(own.document)
    names = sorted(own.places, key=lambda n: order.index(n) if n in order else len(order))
    places = {name: list(drawer.drawn(own.places[name])) for name in names}
    return OwnDrawn(places, drawer.pictures)


class Drawer:
    """Goes through own text once, from its beginning to its end."""

    def __init__(self, document: Any) -> None:
        self.document, self.lists = document, Lists(document)
        self.pictures: dict[str, bytes] = {}
        self.pixels = 0

    def drawn(self, blocks: Iterable[Any]) -> Iterator[Part]:
        """Paragraphs and tables."""
        for block in blocks:
            if block.tag == qn("w:tbl"):
                yield self.table(block)
            else:
                yield from self.paragraph(block)

    def table(self, table: Any) -> Part:
        """Its rows; of a table inside a cell the lines."""
        rows = [
            [self.cell(cell) for cell in row.iterchildren(qn("w:tc"))]
            for row in table.iterchildren(qn("w:tr"))
        ]
        wide = max((sum(cell["span"] for cell in row) for row in rows), default=0)
        return {"kind": "table", "columns": wide, "rows": rows}

    def cell(self, cell: Any) -> Part:
        """How many columns it takes up, and what is in it."""
        span = whole(value(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")))
        parts = [part for p in cell.iter(qn("w:p")) for part in self.paragraph(p)]
        return {"span": min(max(span, 1), 60), "parts": parts}

    def paragraph(self, part: Any) -> Iterator[Part]:
        """A line, and the pictures that stand in it."""
        runs = [run for run in map(run_of, part.iter(qn("w:r"))) if run["text"]]
        side = SIDES.get(value(part.find(f"{qn('w:pPr')}/{qn('w:jc')}")), "")
        label = self.lists.label(part)
        if runs or (label and label[0]):
            text, level = label or (None, 0)
            yield {"kind": "line", "runs": runs, "label": text, "level": level, "align": side}
        for drawing in part.iter(qn("w:drawing")):
            yield {**self.picture(drawing), "align": side}

    def picture(self, drawing: Any) -> Part:
        """A picture; of one that cannot be drawn only that there is one."""
        found = pictures_of(drawing, self.document)
        extent = next(drawing.iter(qn("wp:extent")), None)
        name = self.name_of(found[0][1]) if len(found) == 1 else ""
        if not name or extent is None:
            return in_words()
        about = next(drawing.iter(qn("wp:docPr")), None)
        return {
            "kind": "picture",
            "name": name,
            "alt": "" if about is None else about.get("descr") or "",
            "width": whole(extent.get("cx")) / EMU,
            "height": whole(extent.get("cy")) / EMU,
            "crop": crop_of(drawing),
        }

    def name_of(self, part: Any) -> str:
        """The name its bytes are kept under, "" where they are of another kind or too many."""
        ending, most = KINDS.get(part.image.content_type, ("", 0))
        pixels = part.image.px_width * part.image.px_height
        name = f"{hashlib.sha256(part.blob).hexdigest()}.{ending}"
        if name in self.pictures:
            return name
        if not ending or pixels > most or self.pixels + pixels > MOST:
            return ""
        self.pixels += pixels
        self.pictures[name] = part.blob
        return name


def in_words() -> Part:
    """What stands in the place of a picture that is not drawn."""
    run = {"text": PICTURE, "bold": False, "italic": True}
    return {"kind": "line", "runs": [run], "label": None, "level": 0, "align": ""}


def without(own: OwnDrawn, names: Iterable[str]) -> OwnDrawn:
    """The same where some pictures are words."""
    gone = set(names)
    places = {place: [_worded(part, gone) for part in parts] for place, parts in own.places.items()}
    return OwnDrawn(places, {n: c for n, c in own.pictures.items() if n not in gone})


def _worded(part: Part, gone: set[str]) -> Part:
    if part["kind"] == "picture" and part["name"] in gone:
        return {**in_words(), "align": part["align"]}
    if part["kind"] != "table":
        return part
    rows = [
        [{**cell, "parts": [_worded(inner, gone) for inner in cell["parts"]]} for cell in row]
        for row in part["rows"]
    ]
    return {**part, "rows": rows}


def crop_of(drawing: Any) -> list[float]:
    """Which shares of a picture are hidden at its left, top, right and bottom."""
    found = next(drawing.iter(qn("a:srcRect")), None)
    if found is None:
        return [0.0] * 4
    shares = [whole(found.get(side)) / CROP for side in "ltrb"]
    is_sound = shares[0] + shares[2] < 1 and shares[1] + shares[3] < 1
    return shares if is_sound else [0.0] * 4


def run_of(run: Any) -> Part:
    """Words with how they are written."""
    text = "".join(map(text_of, run.iterchildren()))
    return {"text": text, "bold": is_set(run, "b"), "italic": is_set(run, "i")}


def text_of(child: Any) -> str:
    """The text of a piece of a run."""
    name = str(child.tag).rpartition("}")[2]
    return (child.text or "") if name == "t" else SIGNS.get(name, "")


def is_set(run: Any, name: str) -> bool:
    """Whether a run is bold ("b") or italic ("i") by itself."""
    found = run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
    return found is not None and found.get(qn("w:val")) not in OFF
