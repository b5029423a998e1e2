"""Own text of the report: whose is in it, which were sent before, and acts about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from etl.context import local, opened
from etl.deciding import Refused
from etl.export.report.guard import NotAReport
from etl.own_text import lost_said, take
from etl.store.own_texts import (
    NotKept,
    OwnText,
    OwnTextLost,
    drop_own_text,
    fault_in,
    use_own_text,
    versions,
)
from indicators.formats import format_number
from indicators.people import Act
from indicators.text import say
from pages.parts.approval.act import WHO, carry_out, told
from pages.parts.html import e, say_html, vi
from pages.parts.links import show
from pages.parts.named import file_told, named
from pages.parts.papers.data import PLAIN, papers_of
from pages.parts.papers.own_file import FILE, offer
from pages.parts.papers.own_right import is_allowed
from pages.parts.person import current_person
from pages.parts.submit.sending import ask_name
from pages.parts.take.menu import ADDRESS
from pages.parts.take.own_text import SENT
from pages.parts.view import View

REFUSALS: dict[type[Exception], str] = {
    NotKept: "own_text_gone",
    OwnTextLost: "own_text_lost",
    NotAReport: "own_text_file",
}


def own_text(view: View) -> None:
    """Whose text is in the report; for who may, a place to send another and those sent before."""
    kept, language = papers_of(view).own_text, view.language
    # Always there, so that what is below keeps its place and stays unfolded.
    with st.container(key="vd-own-said"):
        told()
        if kept is not None:
            show(whose(kept, view), key="report-own")
    if view.moment is not None or not is_allowed(view):
        return
    with st.expander(say("papers.keep", language)):
        st.caption(say("papers.keep_about", language))
        if current_person().is_open:
            ask_name(say("papers.own_name", language), say("submit.name_hint", language), key=WHO)
        sent = st.file_uploader(say("papers.keep_file", language), type=["docx"], key=FILE)
        if sent is not None:
            offer(view, sent.getvalue(), lambda: keep(view, sent.name, sent.getvalue()))
        earlier(view, kept)


def whose(kept: OwnText, view: View) -> str:
    """One line: whose text, from which file, since when; and the report without it."""
    language = view.language
    who, file = named(kept.by, language), file_told(kept.file, language)
    parts = {"who": f"<b>{vi(who)}</b>", "file": vi(file)}
    line = say_html("papers.own_is", language, parts, when=moment_of(kept))
    plain = e(view.link(f"{ADDRESS}/{PLAIN}"))
    without = f'<a download href="{plain}">{e(say("papers.own_plain", language))}</a>'
    fault = fault_of(kept)
    if fault is not None:
        said = e(lost_said(OwnTextLost(kept, fault), language, who, file))
        return f'<p class="vd-p-own vd-p-lost" role="alert">{said}<br>{without}</p>'
    return f'<p class="vd-p-own" role="note">{line}<br>{without}</p>'


def fault_of(kept: OwnText) -> str | None:
    """What is wrong with its file on disk; asked each time, since that is no change of data."""
    uploads = opened().store.uploads
    return None if uploads is None else fault_in(uploads, kept)


def moment_of(kept: OwnText) -> str:
    """When it was sent, in Vietnam."""
    return f"{local(kept.at):%H:%M %d/%m/%Y}"


def earlier(view: View, kept: OwnText | None) -> None:
    """Every file that was sent, each to be taken away or used again."""
    found = versions(opened().store.cursor(), papers_of(view).paper)
    if not found:
        return
    count = format_number(len(found), 0, view.language)
    st.markdown(f"**{say('papers.own_versions', view.language, count=count)}**")
    for text in found:
        one(text, view, is_used=kept is not None and kept.hash == text.hash)


def one(text: OwnText, view: View, *, is_used: bool) -> None:
    """A file with what can be done about it."""
    key, language = text.hash[:12], view.language
    with st.container(key=f"vd-own-version-{key}"):
        show(version(text, view, is_used=is_used), key=f"own-version-{key}")
        if is_used:
            word = say("papers.own_drop", language)
            st.button(word, on_click=drop, args=(view,), key="vd-own-drop")
        else:
            word = say("papers.own_use", language)
            st.button(word, on_click=use, args=(view, text.hash), key=f"vd-own-use-{key}")


def version(text: OwnText, view: View, *, is_used: bool) -> str:
    """One file: its name to take it by, who sent it and when, whether it is in the report."""
    address = e(view.link(f"{ADDRESS}/{SENT}", {"hash": text.hash}))
    who = vi(named(text.by, view.language))
    said = say_html("papers.own_version", view.language, {"who": who}, when=moment_of(text))
    mark = f" · <b>✓ {e(say('papers.own_used', view.language))}</b>" if is_used else ""
    mark += f" · <b>{e(say('papers.own_lost.mark', view.language))}</b>" if fault_of(text) else ""
    return (
        f'<p class="vd-p-version"><a download href="{address}">{vi(text.file)}</a> {said}{mark}</p>'
    )


def keep(view: View, name: str, content: bytes) -> None:
    """From now on the own text of this file is in the report."""
    papers = papers_of(view)
    done(view, lambda by, at: take(papers, name, content, by=by, at=at), "papers.own_taken")


def use(view: View, digest: str) -> None:
    """From now on the own text of a file sent before is in the report."""
    store, paper = opened().store, papers_of(view).paper

    def write(by: str, at: datetime) -> None:
        use_own_text(store, paper, digest, by=by, at=at)

    done(view, write, "papers.own_taken")


def drop(view: View) -> None:
    """From now on the report is without own text; the file stays where it is."""
    store, paper = opened().store, papers_of(view).paper
    done(view, lambda by, at: drop_own_text(store, paper, by=by, at=at), "papers.own_dropped")


def done(view: View, write: Callable[[str, datetime], object], key: str) -> None:
    """Do it in the name of who is here, who must have one and may write into this report."""

    def checked(by: str, at: datetime) -> None:
        if not is_allowed(view):
            raise Refused("not_allowed")
        if not by:
            raise Refused("own_text_name")
        try:
            write(by, at)
        except tuple(REFUSALS) as refusal:
            raise Refused(REFUSALS[type(refusal)]) from None

    carry_out(checked, Act.RECORD, say(key, view.language), view.language)
