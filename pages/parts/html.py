"""The one way text gets into our own HTML."""

from __future__ import annotations

import html


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
