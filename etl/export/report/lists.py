"""Lists of a Word file counted as Word counts them: what stands before each of their entries."""

import re
from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

from etl.export.report.carried import definition, list_of_style, whole

DEEPEST = 8  # levels are 0 to 8
# Signs of the typefaces Symbol and Wingdings, and the letter that stands for a ring, as letters
# that every typeface has.
SIGNS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "►", "\uf0fc": "✓", "\uf0a8": "◊",
    "\uf076": "◊", "o": "○", "·": "•", "": "•",
}  # fmt: skip
PRIVATE = re.compile("[\ue000-\uf8ff]")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb: as Word does it."""
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1) if number > 0 else ""


def roman(number: int) -> str:
    """4 is iv."""
    made = ""
    for value, sign in ROMAN:
        made += sign * (number // value)
        number %= value
    return made


FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}


class Lists:
    """The lists of a document, counted from its beginning to its end."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = {s.style_id: s for s in document.styles} if document is not None else {}
        self.counts: dict[str, dict[int, int]] = {}  # by definition: what each level has come to
        self.begun: set[tuple[str, int]] = set()  # lists and levels that began anew already

    def label(self, paragraph: Any) -> tuple[str, int] | None:
        """What stands before an entry ("a)", "1.2.", "•"; "" for nothing) and its level from 0.

        None for what is no entry of a list.
        """
        number, level = self.place(paragraph)
        kept, kind = definition(self.document, number) if number else (None, None)
        if kept is None or kind is None:
            return None
        return self.counted(kept, kind, level), level

    def place(self, paragraph: Any) -> tuple[str, int]:
        """Number and level of its list, by itself or by its style; "" for none."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = self.styles.get(value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")))
        found = own if own is not None else list_of_style(style)
        if found is None:
            return "", 0
        number, level = value(found.find(qn("w:numId"))), whole(value(found.find(qn("w:ilvl"))))
        return "" if number == "0" else number, min(level, DEEPEST)

    def counted(self, kept: Any, kind: Any, level: int) -> str:
        """One entry further, and the label it has."""
        counts = self.counts.setdefault(kind.get(qn("w:abstractNumId")), {})
        begins = override(kept, level)
        start = None if begins is None else begins.find(qn("w:startOverride"))
        key = (kept.get(qn("w:numId")), level)
        if start is not None and key not in self.begun:
            counts[level] = whole(value(start))
        else:
            counts[level] = counts[level] + 1 if level in counts else start_of(kept, kind, level)
        self.begun.add(key)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return written(kept, kind, level, counts)


def written(kept: Any, kind: Any, level: int, counts: dict[int, int]) -> str:
    """The text of a level with its numbers put in, or its sign."""
    look = level_of(kept, kind, level)
    shown, text = format_of(look), value(None if look is None else look.find(qn("w:lvlText")))
    if shown == "none":
        return ""
    if shown == "bullet":
        return SIGNS.get(text.strip(), PRIVATE.sub("•", text.strip()))
    plain = look is not None and look.find(qn("w:isLgl")) is not None

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        kind_of = "decimal" if plain else format_of(level_of(kept, kind, at))
        return FORMATS.get(kind_of, str)(counts.get(at, start_of(kept, kind, at)))

    return re.sub("%([1-9])", number, text)


def level_of(kept: Any, kind: Any, level: int) -> Any:
    """What a level looks like: as the list itself says, else its definition; None for nowhere."""
    own = override(kept, level)
    found = None if own is None else own.find(qn("w:lvl"))
    return found if found is not None else at_level(kind, "lvl", level)


def override(kept: Any, level: int) -> Any:
    """What a list says of a level beside its definition."""
    return at_level(kept, "lvlOverride", level)


def at_level(parent: Any, name: str, level: int) -> Any:
    """The child of that name for a level."""
    return next((c for c in parent.findall(qn(f"w:{name}")) if level_is(c, level)), None)


def level_is(child: Any, level: int) -> bool:
    """Whether it is about this level."""
    return whole(child.get(qn("w:ilvl"))) == level


def start_of(kept: Any, kind: Any, level: int) -> int:
    """The number a level begins with; 0 where it says none, as the standard has it."""
    look = level_of(kept, kind, level)
    return whole(value(None if look is None else look.find(qn("w:start"))))


def format_of(look: Any) -> str:
    """How a level writes its numbers; decimal where it says nothing."""
    return value(None if look is None else look.find(qn("w:numFmt"))) or "decimal"


def value(found: Any) -> str:
    """The value of an element, "" where there is none."""
    return "" if found is None else found.get(qn("w:val")) or ""
