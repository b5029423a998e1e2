"""What a visitor sets in the frame: it is in the address, and the address gives it back."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened, today
from etl.web import ROOT
from pages.parts.deck import OF_ONE, deck, deck_bar
from pages.parts.links import PAGES
from pages.parts.own_words import own_words
from pages.parts.view import PRESENTING, View, view_of
from tests.html import html_of
from tests.pages.opening import open_page

FRAME = ROOT / "pages" / "parts" / "frame.py"
PLAN = "thanh-hoa-2021"
pytestmark = pytest.mark.usefixtures("demo_db")


def frame(**query: str) -> AppTest:
    """The overview in its frame."""
    return open_page(FRAME, **query)


def links(html: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'href="(/[^"]*)"', html)]


def test_the_other_language_is_the_same_address() -> None:
    shown = html_of(frame(verdict="at_risk", period="2021-Q2", known="2022-01-20"))
    other = next(a for a in links(shown) if "lang=en" in a)
    asked = dict(parse_qsl(urlsplit(other).query))
    expected = {"verdict": "at_risk", "period": "2021-Q2", "known": "2022-01-20", "lang": "en"}
    assert asked == expected


def test_every_link_of_the_menu_keeps_what_the_visitor_set() -> None:
    kept = {"known": "2022-01-20", "lang": "en", "mode": PRESENTING}
    shown = html_of(frame(verdict="at_risk", **kept))
    menu = shown[shown.index('<nav aria-label="Pages">') :].split("</nav>")[0]
    assert len(links(menu)) == len(PAGES)
    for address in links(menu):
        assert dict(parse_qsl(urlsplit(address).query)) == kept


def test_the_link_to_copy_spells_out_what_is_left_to_the_defaults() -> None:
    shown = html_of(frame(verdict="at_risk"))
    link = re.search(r'data-copy="([^"]*)"', shown)
    assert link is not None
    asked = dict(parse_qsl(urlsplit(link[1].replace("&amp;", "&")).query))
    assert asked == {"verdict": "at_risk", "plan": PLAN, "period": "2021-Q3"}


def test_another_plan_keeps_language_and_moment() -> None:
    at = frame(lang="en", known="2022-01-20", unit="th-nhu-thanh", verdict="at_risk")
    at.selectbox[0].select("nhu-thanh-2021-2025").run()
    assert dict(at.query_params) == {
        "plan": "nhu-thanh-2021-2025",
        "lang": "en",
        "known": "2022-01-20",
    }


def test_an_earlier_moment_is_said_on_every_page_and_no_moment_is_silent() -> None:
    assert "không phải số liệu hiện nay" not in html_of(frame())
    text = "Số liệu như đã biết đến hết ngày 12/10/2021, không phải số liệu hiện nay."
    assert text in html_of(frame(known="2021-10-12"))
    moment = "Số liệu như đã biết lúc 01:00 13/10/2021, không phải số liệu hiện nay."
    assert moment in html_of(frame(known="2021-10-12T18:00"))


def test_the_mode_of_the_address_is_one_we_have() -> None:
    deployment = opened().deployment
    assert view_of({"mode": "x"}, deployment).mode == ""
    presenting = view_of({"mode": PRESENTING}, deployment)
    assert presenting.mode == PRESENTING and f"mode={PRESENTING}" in presenting.link("/")


def test_a_deck_is_the_overview_the_headline_targets_and_what_else_leaders_look_at() -> None:
    deployment = opened().deployment
    view = View(PLAN, "2021-Q3", "thanh-hoa", mode=PRESENTING)
    screens = deck(view, deployment)
    headline = [t.indicators[0] for t in deployment.plans[PLAN].targets if t.headline]
    shown = [asked.indicator for path, asked in screens if path == OF_ONE]
    assert shown == list(dict.fromkeys(headline))
    assert screens[0][0] == "/" and "/nop-so-lieu" not in {path for path, _ in screens}


def test_the_deck_goes_round() -> None:
    deployment = opened().deployment
    view = View(PLAN, "2021-Q3", "thanh-hoa", mode=PRESENTING)
    screens = deck(view, deployment)
    seen = [screens[0]]
    for _ in screens:
        path, asked = seen[-1]
        page = next(page for page in PAGES if page.path == path)
        bar = deck_bar(page, asked, deployment)
        on = re.search(r'href="([^"]*)" data-key="ArrowRight', bar)
        assert on is not None
        address = urlsplit(on[1].replace("&amp;", "&"))
        seen.append((address.path, view_of(dict(parse_qsl(address.query)), deployment)))
    assert seen == [*screens, screens[0]]


def test_a_page_that_is_no_screen_leads_to_the_first_one() -> None:
    view = View(PLAN, "2021-Q3", "thanh-hoa", mode=PRESENTING)
    submit = next(page for page in PAGES if page.always_now)
    bar = deck_bar(submit, view, opened().deployment)
    assert re.search(r'href="/\?[^"]*" data-key="ArrowRight', bar) and "<b>" not in bar


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Choose an option", "Chọn"),
        ("50MB per file", "hoặc kéo tệp vào đây, tối đa 50 MB"),
        ("Remove a (1).xlsx", "Bỏ tệp a (1).xlsx"),
        ("Is Streamlit still running? Not quite.", None),
        ("I choose an option", None),
    ],
)
def test_words_of_streamlit_are_replaced_whole(text: str, wanted: str | None) -> None:
    found = [
        re.sub(pattern, by.replace("$", "\\"), text)
        for pattern, by in own_words("vi")
        if re.search(pattern, text)
    ]
    assert next(iter(found), None) == wanted


def test_words_go_back_where_they_came_from() -> None:
    pairs = dict(own_words("en"))
    assert pairs["^hoặc kéo tệp vào đây, tối đa (.+) MB$"] == "$1MB per file"


def test_today_is_no_earlier_moment_than_its_end() -> None:
    assert View(PLAN, "2021-Q3", "thanh-hoa", known=f"{today()}").today == today()
