"""No page shows a table or a chart that cannot be taken away: all pages are walked."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pages.parts.links import FOLDER, PAGES, Page
from tests.pages.opening import page_html

CARD = re.compile(r'<(?:section|div) class="((?:vd-card|vd-heat-page)[^"]*)"')
# What makes a card a table or a chart: rows of figures, a table, our own drawings.
FIGURES = re.compile(
    r"<table|vd-(?:crow|prow|brow|row|task|upload|bone|tile|shapes|heat)\b|<ul|<ol"
)
MENU = "vd-take"
EXCEPT = {
    "vd-card vd-notice": "a notice of a sentence or two",
    "vd-card vd-definition": "the words of the document and the catalogue, which the methods page gives",
    "vd-card vd-reading": "the first rows of the sender's own file, who has it",
    "vd-card vd-text": "the text of the methods, to be printed or linked to",
    "vd-card vd-closing": "who closed and reopened, which the log beside it gives",
    "vd-card vd-p-outline": "what the report holds, whose files stand above it",
    "vd-card vd-file": "what a file would change, before it is sent",
}
# One menu above several cards: the table it gives, and what stands in those cards.
ABOVE = {
    "tasks": "vd-t-group",
    "two_plans": "vd-prow|vd-fold vd-bare",
    "glossary": "vd-glossary",
    "catalogue": "vd-terms",
    "uploads": "vd-uploads",
    "progress_sent": "vd-uploads",
    "waiting": "vd-differences|vd-warned",
}
VIEWS = (
    {"period": "2021-Q3"},
    {"period": "2021-Q3", "unit": "th-nhu-thanh", "indicator": "stations_with_doctor"},
    {"period": "2021", "unit": "th-bvdk-tinh", "by": "unit"},
    {"period": "2021-Q3", "by": "plan", "phan": "terms"},
    {"period": "2021-Q3", "phan": "indicators", "indicator": "covid_community_clusters"},
)


def without_menu(shown: str) -> list[str]:
    """The classes and beginnings of cards that hold figures and no menu."""
    found = []
    starts = [m.start() for m in CARD.finditer(shown)]
    for at, end in pairwise([*starts, len(shown)]):
        card = shown[at:end]
        kind = CARD.match(card)
        assert kind
        if FIGURES.search(card) and not (MENU in card or excepted(kind[1]) or covered(card, shown)):
            found.append(card[:160])
    return found


def covered(card: str, shown: str) -> bool:
    """Whether a menu above the cards gives what stands in this one."""
    given = (parts for name, parts in ABOVE.items() if f"/tai-ve/{name}.xlsx" in shown)
    return any(re.search(parts, card) for parts in given)


def excepted(kind: str) -> bool:
    return any(kind.startswith(known) for known in EXCEPT)


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("query", VIEWS, ids=lambda q: "-".join(q.values()))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_card_with_figures_can_be_taken_away(page: Page, query: dict[str, str]) -> None:
    shown = page_html(FOLDER / page.file, **query)
    assert without_menu(shown) == []


def test_the_check_itself_finds_a_card_without_a_menu() -> None:
    bare = '<section class="vd-card"><table><tr><td>1</td></tr></table></section>'
    assert without_menu(bare)
    assert not without_menu(bare.replace("<table", '<details class="vd-take"></details><table'))
    assert not without_menu('<section class="vd-card vd-notice"><ul><li>a</li></ul></section>')
