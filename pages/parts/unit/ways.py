"""From a unit on to what else there is about it: only pages that exist."""

from __future__ import annotations

from indicators.text import say
from pages.parts.html import e
from pages.parts.links import PAGES
from pages.parts.view import View

OF_AREAS = {"/bang-nhiet": "unit.way.heat"}
WAYS = {
    "/chat-luong": "unit.way.quality",
    "/nhiem-vu": "unit.way.tasks",
    "/nop-so-lieu": "unit.way.sent",
}


def ways(view: View, *, is_area: bool) -> str:
    """Links to the same unit on other pages, as chips."""
    known = {page.path for page in PAGES}
    found = {**(OF_AREAS if is_area else {}), **WAYS}
    chips = "".join(
        f'<a class="vd-chip" href="{e(view.link(path))}">{e(say(key, view.language))}</a>'
        for path, key in found.items()
        if path in known
    )
    return f'<nav class="vd-links vd-ways">{chips}</nav>'
