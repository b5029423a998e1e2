"""The quiet *Tải về* at the corner of a card: one word that opens to the kinds of file."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.text import say
from pages.parts.html import e
from pages.parts.view import View

ADDRESS = "/tai-ve"
KINDS = ("xlsx", "csv")


def take_drawn(name: str, picture: str, title: str, view: View) -> str:
    """The same for a chart of our own HTML: also as a picture of `pictures.PICTURES`.

    The PNG is made of the SVG by `page.js`; without a script the link still gives the SVG.
    """
    address = e(view.link(f"{ADDRESS}/{picture}.svg"))
    links = [
        f'<a download{" data-png" * (kind == "png")} href="{address}" '
        f'aria-label="{e(label(kind, title, view.language))}">{kind.upper()}</a>'
        for kind in ("png", "svg")
    ]
    return menu([*links, *table_links(name, title, view)], view.language)


def take(name: str, title: str, view: View, **more: str) -> str:
    """The menu for a table of `tables.TABLES`, to stand anywhere in its `vd-card`.

    Nothing is made before a link is opened: the address says all that the table depends on, so
    ``more`` holds what the page looks at beyond the view.
    """
    return menu(table_links(name, title, view, **more), view.language)


def headed(title: str, menu: str) -> str:
    """A heading outside of cards with the menu at its end; "" for no menu."""
    return f'<div class="vd-headed"><h2 class="vd-chart">{e(title)}</h2>{menu}</div>'


def menu(inside: Sequence[str], language: str) -> str:
    """One word that opens; its items close again with Escape or a click elsewhere."""
    arrow = (
        '<svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">'
        '<path d="M7 1v8m0 0L3.6 5.7M7 9l3.4-3.3M1.5 12.5h11" fill="none" stroke="currentColor" '
        'stroke-width="1.5"/></svg>'
    )
    word = e(say("take.open", language))
    items = "".join(inside)
    return (
        f'<details class="vd-take" name="vd-take"><summary>{arrow}{word}</summary>'
        f"<div>{items}</div></details>"
    )


def table_links(name: str, title: str, view: View, **more: str) -> list[str]:
    """A link for each kind of file."""
    return [
        f'<a download href="{e(view.link(f"{ADDRESS}/{name}.{kind}", more))}" '
        f'aria-label="{e(label(kind, title, view.language))}">{kind.upper()}</a>'
        for kind in KINDS
    ]


def label(kind: str, title: str, language: str) -> str:
    """What a screen reader says of an item."""
    return say("take.as", language, kind=kind.upper(), title=title)
