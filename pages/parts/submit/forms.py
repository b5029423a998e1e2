"""How units' own forms are read: a small list of what was saved, each to be taken back."""

from __future__ import annotations

import streamlit as st

from etl.context import local, opened
from etl.findings import column_letters
from etl.match_headings import Column
from etl.store.connect import now
from etl.store.mappings import MappingRevoked, SavedMapping, mappings, revoke_mapping
from indicators.people import Act
from indicators.text import say
from pages.parts.html import e
from pages.parts.person import may
from pages.parts.submit.correct import meaning_text
from pages.parts.submit.sending import PREVIEWS, SENDER, ask_name, sender
from pages.parts.view import View

PROBLEM, REASON, WHO, WHICH = "vd-form-problem", "vd-form-reason", "vd-form-name", "vd-form"


def saved_forms(view: View) -> None:
    """A fold with the mappings that count, newest first; nothing where there is none."""
    found = [m for m in reversed(mappings(opened().store.cursor())) if m.is_valid]
    if not found:
        return
    language = view.language
    with st.expander(say("tell.saved", language, count=len(found))):
        rows = "".join(f"<li>{_words(m, language)}</li>" for m in found)
        st.html(f'<ul class="vd-forms">{rows}</ul>')
        with st.container(horizontal=True, vertical_alignment="bottom", key="vd-forms"):
            numbers = {m.id: m for m in found}
            st.selectbox(
                say("tell.which", language),
                list(numbers),
                index=None,
                placeholder=say("submit.correct.choose", language),
                format_func=lambda n: _title(numbers[n], language) if n in numbers else "",
                key=WHICH,
            )
            st.text_input(say("withdraw.reason", language), key=REASON)
            ask_name(say("withdraw.name", language), say("submit.name_hint", language), key=WHO)
            st.button(say("tell.take_back", language), key="vd-form-revoke", on_click=_revoke)
        problem = st.session_state.pop(PROBLEM, "")
        if problem:
            st.error(say(problem, language))


def _title(saved: SavedMapping, language: str) -> str:
    day = f"{local(saved.confirmed_at):%d/%m/%Y}"
    return say("tell.form", language, id=saved.id, by=saved.confirmed_by, day=day)


def _words(saved: SavedMapping, language: str) -> str:
    """Who saved it when, and what each column that is read means."""
    columns = "; ".join(
        f"{column_letters(c.column + 1)} {c.heading} → {meaning_text(c.quantity or c.role, language)}"
        for c in saved.mapping.columns
        if c.role != Column.IGNORED
    )
    return f"<b>{e(_title(saved, language))}</b><br><small>{e(columns)}</small>"


def _revoke() -> None:
    if not may(Act.SEND):
        st.session_state[PROBLEM] = "account.act.no_right"
        return
    number, reason = st.session_state.get(WHICH), str(st.session_state.get(REASON, "")).strip()
    by = sender(WHO)
    if number is None or not reason or not by:
        st.session_state[PROBLEM] = "tell.all_three"
        return
    st.session_state[SENDER] = by
    try:
        revoke_mapping(opened().store, number, reason=reason, by=by, at=now())
    except MappingRevoked:
        st.session_state[PROBLEM] = "tell.gone"
    st.session_state[WHICH], st.session_state[REASON] = None, ""
    st.session_state[PREVIEWS] = {}
