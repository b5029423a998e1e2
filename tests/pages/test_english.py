"""In English every page is English: only proper names and what is marked as quoted is Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.web import ROOT
from pages.parts.links import FOLDER, PAGES, Page
from tests.pages.words import html_words, is_vietnamese, not_english, said

FRAME = ROOT / "pages" / "parts" / "frame.py"
VIEWS = {
    "default": {},
    "no figures": {"period": "2021"},
    "district": {"unit": "th-nhu-thanh", "plan": "nhu-thanh-2021-2025", "period": "2021-Q3"},
    "facility": {"unit": "th-bvdk-tinh", "indicator": "beds_per_10k"},
    "commune": {"unit": "th-nhu-thanh-thanh-ky", "indicator": "doctors_per_10k"},
    "gone": {"unit": "th-dong-son", "period": "2025", "plan": "nhu-thanh-2021-2025"},
    "each": {"indicator": "covid_community_clusters"},
    "bac giang": {"plan": "bac-giang-2023"},
    "quang ninh": {"plan": "quang-ninh-2019"},
}


def opened_at(file: Path, **query: str) -> AppTest:
    """A script as the address asks for it."""
    at = AppTest.from_file(file, default_timeout=60)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_in_english_has_no_vietnamese_words(page: Page, view: str) -> None:
    at = opened_at(FOLDER / page.file, lang="en", **VIEWS[view])
    assert not at.exception
    assert not_english(said(at)) == []


@pytest.mark.usefixtures("empty_db")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_without_figures_is_english_too(page: Page) -> None:
    assert not_english(said(opened_at(FOLDER / page.file, lang="en"))) == []


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("mode", ["", "trinh-chieu"])
def test_the_frame_is_english(mode: str) -> None:
    at = opened_at(FRAME, lang="en", known="2021-10-12", mode=mode)
    words = said(at)
    assert not_english(words) == []
    assert "Figures as known at the end of 12/10/2021, not those of now." in words


@pytest.mark.usefixtures("demo_db")
def test_the_check_itself_finds_what_is_left() -> None:
    assert is_vietnamese("giường") and is_vietnamese("Đạt") and not is_vietnamese("beds · 12 %")
    assert html_words('<p title="a">b <q lang="vi">c</q> d<br> e</p>') == ["a", "b ", " d", " e"]
    assert not_english(["TTYT Sầm Sơn: 2 people", "Sầm Sơn: 2 người"]) == ["Sầm Sơn: 2 người"]
