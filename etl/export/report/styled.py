"""Paragraphs in the styles of the template, looked up once for each document."""

from typing import Any
from weakref import WeakKeyDictionary

from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph

# python-docx looks through every style of the document for every paragraph: two thirds of the time
# that a report takes. By document: name of a style to its id there, None for the usual one.
_IDS: WeakKeyDictionary[Any, dict[str, str | None]] = WeakKeyDictionary()


def set_style(paragraph: Paragraph, name: str) -> None:
    """Put a paragraph into the style of this name."""
    part = paragraph.part
    known = _IDS.setdefault(part, {})
    if name not in known:
        known[name] = part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
    paragraph._p.style = known[name]


def before(anchor: Paragraph, text: str, name: str) -> Paragraph:
    """A paragraph before another, in the style of this name."""
    made = anchor.insert_paragraph_before(text)
    set_style(made, name)
    return made
