"""Own text of the report: whose is in it, and taking an edited Word file that is to be in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from etl.context import local, opened
from etl.deciding import Refused
from etl.export.report.guard import NotAReport
from etl.export.report.kept import own_texts
from etl.store.own_texts import NotKept, OwnText, Paper, drop_own_text, keep_own_text
from indicators.formats import format_number
from indicators.people import Act
from indicators.text import say
from pages.parts.approval.act import WHO, carry_out, told
from pages.parts.html import e, vi
from pages.parts.links import show
from pages.parts.papers.data import papers_of
from pages.parts.person import may, may_send
from pages.parts.submit.sending import ask_name
from pages.parts.view import View

FILE = "vd-papers-own"


def own_text(view: View) -> None:
    """Whose text is in the report; for who may, a place to send another."""
    kept, language = papers_of(view).own_text, view.language
    told()
    if kept is not None:
        show(whose(kept, language), key="report-own")
    if view.moment is not None or not is_allowed(view):
        return
    if kept is not None:
        st.button(say("papers.own_drop", language), on_click=lambda: drop(view), key="vd-own-drop")
    with st.expander(say("papers.keep", language)):
        st.caption(say("papers.keep_about", language))
        sent = st.file_uploader(say("papers.keep_file", language), type=["docx"], key=FILE)
        if sent is not None:
            offer(view, sent.name, sent.getvalue())


def whose(kept: OwnText, language: str) -> str:
    """One line: whose text, from which file, since when."""
    when = f"{local(kept.at):%H:%M %d/%m/%Y}"
    line = e(say("papers.own_is", language, who="{who}", file="{file}", when=when))
    line = line.replace("{who}", f"<b>{vi(kept.by)}</b>").replace("{file}", vi(kept.file))
    return f'<p class="vd-p-own" role="note">{line}</p>'


def is_allowed(view: View) -> bool:
    """Whether whoever is here may write into the report of this unit."""
    return may(Act.RECORD) and may_send([view.unit], [view.period])


def offer(view: View, name: str, content: bytes) -> None:
    """What was found in the file, and the button that takes it."""
    language = view.language
    try:
        found = own_texts(content)
    except NotAReport:
        st.error(say("papers.keep_refused", language))
        return
    if not found.places:
        st.warning(say("papers.own_none", language))
        return
    count = format_number(len(found.places), 0, language)
    st.markdown(say("papers.own_found", language, count=count))
    for kind in sorted(found.missed):
        st.warning(say(f"papers.own_missed.{kind}", language))
    ask_name(say("approval.name", language), say("submit.name_hint", language), key=WHO)
    word = say("papers.own_take", language)
    st.button(word, type="primary", on_click=lambda: keep(view, name, content), key="vd-own-take")


def keep(view: View, name: str, content: bytes) -> None:
    """From now on the own text of this file is in the report."""
    store, paper = opened().store, paper_of(view)

    def write(by: str, at: datetime) -> None:
        keep_own_text(store, paper, name, content, by=by, at=at)

    done(view, write, "papers.own_taken")


def drop(view: View) -> None:
    """From now on the report is without own text; the file stays where it is."""
    store, paper = opened().store, paper_of(view)
    done(view, lambda by, at: drop_own_text(store, paper, by=by, at=at), "papers.own_dropped")


def done(view: View, write: Callable[[str, datetime], object], key: str) -> None:
    """Do it in the name of who is here, who must have one and may write into this report."""

    def named(by: str, at: datetime) -> None:
        if not is_allowed(view):
            raise Refused("not_allowed")
        if not by:
            raise Refused("own_text_name")
        try:
            write(by, at)
        except NotKept:
            raise Refused("own_text_gone") from None

    carry_out(named, Act.RECORD, say(key, view.language), view.language)


def paper_of(view: View) -> Paper:
    """The report that the view is about."""
    return Paper(view.plan, view.period, view.unit)
