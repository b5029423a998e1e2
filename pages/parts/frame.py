"""The frame around every page: its head, its styles, its menu."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

# Streamlit puts the folder of this script first on the path, where our html.py would hide Python's.
sys.path[:] = [folder for folder in sys.path if Path(folder) != Path(__file__).parent]

import streamlit as st

from etl.web import deployment_name, place_of
from indicators.schema import DataErrors
from indicators.text import say
from pages.parts.html import e
from pages.parts.links import FOLDER, PAGES, Page, show

STYLES = Path(__file__).with_name("styles")
ICON = Path(__file__).with_name("icon.svg")
KEPT = ("plan", "period", "unit", "indicator", "known", "lang")


def main() -> None:
    """Register the pages, draw the frame, run the page asked for."""
    # Hidden, because Streamlit's menu has no place above it for the name of the product.
    current = st.navigation([st_page(page) for page in PAGES], position="hidden")
    st.set_page_config(page_title=f"{current.title} · Vạn Dân", page_icon=str(ICON), layout="wide")
    st.html(style())
    with st.sidebar:
        owner = deployment_name(place_of(os.environ))
        show(menu(f"/{current.url_path}", owner=owner, query=kept_query()), key="menu")
    try:
        current.run()
    except DataErrors as faults:
        st.html(data_faults(faults))


@cache
def style() -> str:
    """The look of every page: what all share first, then each part."""
    base = STYLES / "base.css"
    files = [base, *sorted(file for file in STYLES.glob("*.css") if file != base)]
    return f"<style>{''.join(file.read_text('utf-8') for file in files)}</style>"


def kept_query() -> str:
    """The part of the address that stays when another page is opened."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    return f"?{urlencode(kept)}" if kept else ""


def data_faults(faults: DataErrors) -> str:
    """What is wrong in the data folder, for whoever edited it last."""
    lines = "".join(f"<li>{e(fault)}</li>" for fault in faults.errors)
    title = e(say("notice.data_faults", count=len(faults.errors)))
    return f'<div class="vd-own vd-card"><h2>{title}</h2><ul>{lines}</ul></div>'


def st_page(page: Page) -> st.Page:
    """Streamlit's view of one of our pages."""
    path = page.path.lstrip("/")
    return st.Page(FOLDER / page.file, title=page.title, url_path=path, default=not path)


def menu(current: str, *, owner: str, query: str = "") -> str:
    """The product, whose it is, and the pages by group, as HTML."""
    links = "".join(
        caption(page, before) + item(page, current, query)
        for page, before in zip(PAGES, (None, *PAGES), strict=False)
    )
    name = f"<b>Vạn Dân</b><small>{e(owner)}</small>"
    return f'<div class="vd-menu">{name}<nav aria-label="Trang">{links}</nav></div>'


def caption(page: Page, before: Page | None) -> str:
    """The name of a group above its first page."""
    is_first = before is not None and page.group != before.group
    return f"<i>{e(page.group)}</i>" if is_first else ""


def item(page: Page, current: str, query: str) -> str:
    """One line of the menu; the page that is open says so to screen readers too."""
    mark = ' aria-current="page"' if page.path == current else ""
    return f'<a href="{e(page.path + query)}"{mark}>{e(page.title)}</a>'


main()
