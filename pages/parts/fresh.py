"""How fresh, how complete and how far approved the figures of a page are."""

from __future__ import annotations

from etl.context import local
from etl.results import Picture
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.view import APPROVED, View


def fresh_bar(picture: Picture, view: View, page: str) -> None:
    """The line under the choices of a page; ``page``: its path."""
    show(freshness(picture, view, page), key="fresh")


def freshness(picture: Picture, view: View, page: str) -> str:
    """*Số liệu đến ngày*, units that reported, what is approved, whether simulated, as HTML."""
    mark = simulated_mark(view.language) if picture.simulated else ""
    parts = (
        f"<span>{e(received_text(picture, view.language))}</span>{approval(picture, view, page)}"
    )
    return f'<div class="vd-fresh">{parts}{mark}</div>'


def received_text(picture: Picture, language: str) -> str:
    """Until when figures came, and from how many units."""
    units = {r.unit for r in picture.progress.reports}
    missing = {r.unit for r in picture.progress.missing}
    return say(
        "freshness.line",
        language,
        day=f"{local(picture.latest):%d/%m/%Y}" if picture.latest else "…",
        reported=format_number(len(units - missing), 0, language),
        expected=format_number(len(units), 0, language),
    )


def approval(picture: Picture, view: View, page: str) -> str:
    """Closed, or what waits; and the way from all figures to the approved ones and back."""
    found, language = picture.approval, view.language
    if found.closing is not None:
        day = f"{local(found.closing.at):%d/%m/%Y}"
        text = say("freshness.closed", language, day=day)
        return f'<span class="vd-shut">{e(text)}</span>'
    only = view.figures == APPROVED
    waits = sum(not s.is_change for s in found.waiting)
    if not waits and not only:
        return ""
    key = "only_approved" if only else "some_wait"
    text = say(f"freshness.{key}", language, count=format_number(waits, 0, language))
    other = view.link(page, figures="" if only else APPROVED)
    link = e(say("freshness.show_all" if only else "freshness.show_approved", language))
    return f'<span class="vd-waits">{e(text)} <a href="{e(other)}">{link}</a></span>'


def simulated_mark(language: str = "vi") -> str:
    """*Số liệu mô phỏng*, as HTML: on every screen that shows any of it."""
    return f'<span class="vd-sim">{e(say("simulated.label", language))}</span>'
