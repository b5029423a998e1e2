"""The one way text gets into our own HTML."""

from __future__ import annotations

import html


def e(text: object) -> str:
    """Text made safe between tags and inside quoted attributes."""
    return html.escape(str(text), quote=True)


def vi(text: object) -> str:
    """Words of a document or of the catalogue, which stay Vietnamese in every language, as HTML."""
    return f'<span lang="vi">{e(text)}</span>' if text else ""
