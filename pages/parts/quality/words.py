"""Words that every card of the page needs: shares, links, folded rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.catalogue import Catalogue
from indicators.formats import format_number
from indicators.quality import Share
from indicators.text import say
from pages.parts.html import e
from pages.parts.view import View

SHOWN = 6  # rows before the rest is folded away


@dataclass(frozen=True)
class Scene:
    """What every row needs, looked up once: the view, names of units, the catalogue."""

    view: View
    names: Mapping[str, str]
    catalogue: Catalogue

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.view.language


def percent_text(percent: Fraction | None, language: str) -> str:
    """ "96,3%", "…" where nothing is known."""
    number = format_number(percent, 1, language)
    return number if percent is None else f"{number}%"


def share_text(share: Share, language: str) -> str:
    """ "26/27"."""
    if not share.of:
        return say("quality.unknown", language)
    counts = (format_number(n, 0, language) for n in (share.good, share.of))
    return say("quality.of", language, **dict(zip(("good", "of"), counts, strict=True)))


def unit_link(unit: str, scene: Scene) -> str:
    """A unit as a link to its page."""
    return (
        f'<a href="{e(scene.view.link("/don-vi", unit=unit))}">{e(scene.names.get(unit, unit))}</a>'
    )


def folded(items: Sequence[str], language: str, shown: int = SHOWN) -> str:
    """A list whose tail is folded away."""
    head, tail = "".join(items[:shown]), "".join(items[shown:])
    more = e(say("quality.more", language, count=format_number(len(items) - shown, 0, language)))
    rest = f"<details><summary>{more}</summary><ul>{tail}</ul></details>" if tail else ""
    return f"<ul>{head}</ul>{rest}"


def card(name: str, aside: str, inside: str, menu: str = "") -> str:
    """A card with its title, a figure at the right, and the way to take its table away."""
    small = f"<span>{e(aside)}</span>" if aside else ""
    return (
        f'<section class="vd-card vd-q"><div class="vd-title"><h2>{e(name)}</h2>{small}</div>'
        f"{menu}{inside}</section>"
    )


def quiet(text: str) -> str:
    """A sentence in small type."""
    return f'<p class="vd-quiet">{e(text)}</p>'
