"""A page as somebody opens it: the script, asked by an address, that must not fail."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.html import html_of

SECONDS = 120


def open_page(file: Path, **query: str) -> AppTest:
    """The run of a script with this address."""
    at = AppTest.from_file(file, default_timeout=SECONDS)
    for name, text in query.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception
    return at


def page_html(file: Path, **query: str) -> str:
    """All HTML of such a run."""
    return html_of(open_page(file, **query))


def card_of(shown: str, title: str) -> str:
    """The card of a page that has this title."""
    return next(part for part in shown.split("<section") if f"<h2>{title}</h2>" in part)
