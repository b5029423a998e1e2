"""The ways text gets into our own HTML, and into what Streamlit writes itself."""

from __future__ import annotations

import html
import re

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


GAP = "\x00"  # in a sentence: where somebody's own words stand


def with_words(sentence: str, text: str) -> str:
    """A sentence with what somebody wrote, in whatever language the page is, in the place of GAP."""
    return vi(text).join(e(part) for part in sentence.split(GAP))


def as_written(text: str) -> str:
    """Text, or a sentence with such text, for a message or label of Streamlit, which reads Markdown.

    Options of choices and hints in fields are plain text already.
    """
    line = SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return APART.sub(JOINER, NUMBERED.sub(r"\1\\\2", line))


def unmarked(text: str) -> str:
    """Text without whatever Markdown reads: for a label that is heard, where escapes would be, too."""
    return " ".join(LIVE.sub(" ", " ".join(text.split())).split())
