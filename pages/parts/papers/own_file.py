"""An edited Word file that was chosen: what of it is taken, what is not, and the button."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from etl.export.report.guard import NotAReport
from etl.export.report.outside import Change
from etl.own_text import Look, look_at
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import as_written, e, vi
from pages.parts.kept import kept
from pages.parts.links import show
from pages.parts.papers.data import key_of, papers_of
from pages.parts.view import View

FILE = "vd-papers-own"


def offer(view: View, content: bytes, keep: Callable[[], None]) -> None:
    """What was found in the file, and the button that takes it."""
    language = view.language
    try:
        look = look_of(view, content)
    except NotAReport as refusal:
        said = say(f"papers.own_refused.{refusal.kind}", language, target=refusal.detail)
        st.error(as_written(said))
        return
    if not look.places:
        st.warning(say("papers.own_refused.empty", language))
        return
    count = format_number(len(look.places), 0, language)
    st.markdown(say("papers.own_found", language, count=count))
    for kind in look.missed:
        st.warning(say(f"papers.own_missed.{kind}", language))
    show(changed(look.changes, language), key="report-own-changed")
    st.button(say("papers.own_take", language), type="primary", on_click=keep, key="vd-own-take")


def look_of(view: View, content: bytes) -> Look:
    """What taking the file would do, worked out once per file and data version."""
    name = hashlib.sha256(content).hexdigest()
    return kept(key_of(view, f"own:{name}"), lambda: look_at(papers_of(view), content), long=True)


def changed(found: tuple[Change, ...], language: str) -> str:
    """Every edit outside the places: as it is in the file, as the report is made now."""
    if not found:
        return f'<p class="vd-quiet">{e(say("papers.own_same", language))}</p>'
    count = format_number(len(found), 0, language)
    got, made = (e(say(f"papers.own_{name}", language)) for name in ("got", "made"))
    rows = "".join(row(change, language) for change in found)
    return (
        f'<div class="vd-p-changed" role="region" tabindex="0" aria-label="{got}">'
        f"<b>{e(say('papers.own_changed', language, count=count))}</b>"
        f"<p>{e(say('papers.own_changed_about', language))}</p>"
        f'<table class="vd-table"><thead><tr><th scope="col">{got}</th><th scope="col">{made}</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def row(change: Change, language: str) -> str:
    """One edit."""
    cells = (
        vi(text) if text else f"<i>{e(say(f'papers.own_{name}', language))}</i>"
        for text, name in ((change.got, "removed"), (change.made, "added"))
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
