"""The ways text gets into our own HTML, and into what Streamlit writes itself."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from indicators.text import say

SIGNS = re.compile(r"[\\`*_\[\]<>|~$&]|:(?=\S)|^[#+-]")
NUMBERED = re.compile(r"^(\d+)([.)])")
# Streamlit looks for these once more where the signs are text already: words for icons, addresses,
# arrows. A word joiner, which nobody sees, keeps their signs apart.
APART = re.compile(r"(?<=\\:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=[-<>~])(?=\\?[-=>])", re.I)
JOINER = "\u2060"
LIVE = re.compile(r"[\\`*_\[\]<>|~$&:@]|^[#+-]|^\d+[.)]|\bwww\.", re.I)


def e(text: object) -> str:
    """Text made safe between tags and inside quoted attributes."""
    return html.escape(str(text), quote=True)


def vi(text: object) -> str:
    """Words of a document or of the catalogue, which stay Vietnamese in every language, as HTML."""
    return f'<span lang="vi">{e(text)}</span>' if text else ""


GAP = "\x00"  # on both sides of the name of a place; no text has it


def say_html(key: str, language: str, parts: Mapping[str, str], /, **facts: object) -> str:
    """The sentence for ``key`` as HTML; ``parts`` are HTML already, by the names of their places.

    Each fills its place alone: names and words of people may look like a place.
    """
    gaps = {name: f"{GAP}{name}{GAP}" for name in parts}
    plain = {name: str(fact).replace(GAP, "") for name, fact in facts.items()}
    pieces = say(key, language, **plain, **gaps).split(GAP)
    return "".join(parts[p] if n % 2 else e(p) for n, p in enumerate(pieces))


def as_written(text: str) -> str:
    """Text, or a sentence with such text, for a message or label of Streamlit, which reads Markdown.

    Options of choices and hints in fields are plain text already.
    """
    line = SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return APART.sub(JOINER, NUMBERED.sub(r"\1\\\2", line))


def unmarked(text: str) -> str:
    """Text without whatever Markdown reads: for a label that is heard, where escapes would be, too."""
    return " ".join(LIVE.sub(" ", " ".join(text.split())).split())
