"""The frame: its menu, and our own HTML with links, as the app test harness sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.web import ROOT
from pages.parts import links
from pages.parts.html import e
from tests.html import html_of

FRAME = ROOT / "pages" / "parts" / "frame.py"
PAGE = """
import streamlit as st
from pages.parts import links
from pages.parts.html import e

st.title("Trang")
links.show(f'<a href="/chi-tieu?unit={e("<b>")}">x</a>', key="rows")
"""


@pytest.fixture
def frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The frame around four small pages of a deployment with a name."""
    for page in links.PAGES:
        (tmp_path / page.file).write_text(PAGE, "utf-8")
    (tmp_path / "deployment.toml").write_text('name_vi = "Sở Y tế <A>"', "utf-8")
    monkeypatch.setattr(links, "FOLDER", tmp_path)
    monkeypatch.setenv("VANDAN_DATA", str(tmp_path))
    return AppTest.from_file(FRAME)


def test_the_menu_lists_every_page_and_marks_the_open_one(frame: AppTest) -> None:
    shown = html_of(frame.run())
    assert not frame.exception
    for page in links.PAGES:
        assert f'href="{page.path}"' in shown and e(page.title()) in shown
    assert '<a href="/" aria-current="page">Tổng quan</a>' in shown
    assert shown.count('aria-current="page"') == 1 and shown.count("<i>Số liệu</i>") == 1


def test_another_page_is_marked_when_it_is_open(frame: AppTest, tmp_path: Path) -> None:
    frame.run().switch_page(str(tmp_path / "unit.py")).run()
    assert '<a href="/don-vi" aria-current="page">' in html_of(frame)


def test_text_is_escaped_on_its_way_into_our_html(frame: AppTest) -> None:
    shown = html_of(frame.run())
    assert "Sở Y tế &lt;A&gt;" in shown and "unit=&lt;b&gt;" in shown
    assert e('"') == "&quot;" and e(1) == "1"


def test_addresses_are_plain_ascii_and_unique() -> None:
    paths = [page.path for page in links.PAGES]
    assert all(path.isascii() and path.startswith("/") for path in paths)
    assert len(set(paths)) == len(paths) and paths[0] == "/"
