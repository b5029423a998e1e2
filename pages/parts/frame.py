"""The frame around every page: its head, its styles, its menu."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

# Where this script runs without our server (`server.settle`), Streamlit puts its folder first on
# the path, and there our html.py would hide Python's.
if sys.path[0] == str(Path(__file__).parent):
    sys.path.pop(0)

import streamlit as st

from etl.context import look_from, opened
from etl.web import deployment_name, place_of
from indicators.people import Act, Person, Role
from indicators.schema import DataErrors
from indicators.text import say
from pages.parts.deck import deck_bar
from pages.parts.html import e
from pages.parts.kept import one_run
from pages.parts.links import FOLDER, PAGES, Page, show
from pages.parts.named import show_people
from pages.parts.options import languages, moment_notice, options
from pages.parts.own_words import own_words
from pages.parts.person import current_person
from pages.parts.view import View, current_view, language_of
from pages.parts.who import not_for_you, open_notice, to_login, who

HERE = Path(__file__).parent
STYLES = HERE / "styles"
ICON = HERE / "icon.svg"
KEPT = ("plan", "period", "unit", "indicator", "known", "figures", "lang", "mode")
# Without HTML of its own: it looks after the window.
WINDOW = st.components.v2.component("vandan.window", js=(HERE / "frame.js").read_text("utf-8"))


@one_run()
def main() -> None:
    """Register the pages, draw the frame, run the page asked for."""
    look_from(None)
    language = language_of(dict(st.query_params))
    person = current_person()
    if person.role is Role.NOBODY:
        to_login(language)
        return
    show_people(person.may(Act.FOLLOW))
    # Hidden, because Streamlit's menu has no place above it for the name of the product.
    current = st.navigation([st_page(page, language) for page in PAGES], position="hidden")
    st.set_page_config(page_title=f"{current.title} · Vạn Dân", page_icon=str(ICON), layout="wide")
    st.html(style())
    page = next(page for page in PAGES if page.path == f"/{current.url_path}")
    view = view_or_none()
    look_from(view.moment if view and not page.always_now else None)
    with st.sidebar:
        show(menu(page, language, view, person), key="menu")
        WINDOW(key="window", data={"language": language, "words": own_words(language)})
    try:
        if view:
            above(page, view)
        if person.may(page.act):
            current.run()
        else:
            show(not_for_you(page, language), key="not-for-you")
    except DataErrors as faults:
        st.html(data_faults(faults, language))


def view_or_none() -> View | None:
    """What the address asks for; None where the data folder has faults, which the page says."""
    try:
        return current_view()
    except DataErrors:
        return None


def above(page: Page, view: View) -> None:
    """What stands above a page only when asked for: the bar of a presentation, another moment."""
    bar = deck_bar(page, view, opened().deployment) if view.mode else ""
    html = bar + moment_notice(page, view)
    if html:
        show(html, key="above")


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


def data_faults(faults: DataErrors, language: str) -> str:
    """What is wrong in the data folder, for whoever edited it last."""
    lines = "".join(f'<li lang="vi">{e(fault)}</li>' for fault in faults.errors)
    title = e(say("notice.data_faults", language, count=len(faults.errors)))
    return f'<div class="vd-own vd-card"><h1>{title}</h1><ul>{lines}</ul></div>'


def st_page(page: Page, language: str) -> st.Page:
    """Streamlit's view of one of our pages."""
    path = page.path.lstrip("/")
    return st.Page(FOLDER / page.file, title=page.title(language), url_path=path, default=not path)


def menu(current: Page, language: str, view: View | None, person: Person) -> str:
    """The product, whose it is, the pages by group, and what a visitor may set, as HTML."""
    query = kept_query()
    # What somebody may not open is not offered; its address says so politely.
    pages = [page for page in PAGES if person.may(page.act)]
    links = "".join(
        caption(page, before, language) + item(page, current, query, language)
        for page, before in zip(pages, (None, *pages), strict=False)
    )
    owner = deployment_name(place_of(os.environ), language)
    skip = f'<a class="vd-skip" href="#">{e(say("frame.skip", language))}</a>'
    name = f"<b>Vạn Dân</b><small>{e(owner)}</small>"
    label = e(say("frame.pages", language))
    more = languages(current, language) + (options(current, view) if view else "")
    more += "" if person.is_open else who(person, language, here=current.path + query)
    mine = open_notice(language) if person.is_open else ""
    return (
        f'<div class="vd-menu">{skip}{name}<nav aria-label="{label}">{links}</nav>'
        f'<div class="vd-more">{more}</div>{mine}</div>'
    )


def caption(page: Page, before: Page | None, language: str) -> str:
    """The name of a group above its first page."""
    is_first = before is not None and page.group != before.group
    return f"<i>{e(say(f'page_group.{page.group}', language))}</i>" if is_first else ""


def item(page: Page, current: Page, query: str, language: str) -> str:
    """One line of the menu; the page that is open says so to screen readers too."""
    mark = ' aria-current="page"' if page == current else ""
    return f'<a href="{e(page.path + query)}"{mark}>{e(page.title(language))}</a>'


main()
