"""The name of a file that was sent, which gives its bytes as they came."""

from __future__ import annotations

from indicators.text import say
from pages.parts.html import e, vi
from pages.parts.take.original import ADDRESS


def original_link(name: str, digest: str, language: str) -> str:
    """The name as a link to the original; the name alone where no bytes were kept."""
    if not digest:
        return f"<b>{vi(name)}</b>"
    label = say("progress.file.original", language, name=name)
    return (
        f'<b><a class="vd-original" download href="{e(f"{ADDRESS}/{digest}")}" '
        f'title="{e(label)}" aria-label="{e(label)}">{vi(name)} <i aria-hidden="true">↓</i></a></b>'
    )
