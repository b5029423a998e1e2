"""Drafts: keep a file that is not ready to be sent, open it again, drop it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.context import local, opened
from etl.drafting import keep_draft
from etl.entries import Hints
from etl.store.connect import now
from etl.store.drafts import Draft, NoSuchDraft, drafts, drop_draft
from indicators.formats import format_number
from indicators.people import Act
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import as_written, e, vi
from pages.parts.links import show
from pages.parts.person import current_person, may, may_send, signature
from pages.parts.submit.sending import SENDER, TURN, Preview, ask_name, preview, sender
from pages.parts.view import View

OPENED, NOTE, DONE, PROBLEM = (
    "vd-draft-opened",
    "vd-draft-note",
    "vd-draft-done",
    "vd-draft-problem",
)
LISTED = 3  # units or periods that a line names


def offer_draft(previews: Sequence[Preview], language: str) -> None:
    """Keep what was chosen without sending it: nothing of it counts yet."""
    fit = [p for p in previews if not p.is_same and not p.loaded.steps]
    if not fit or not may(Act.SEND):
        return
    with st.expander(say("drafts.keep", language)):
        st.caption(say("drafts.about", language))
        if not any(p.can_be_sent for p in previews):  # else it is asked beside the other button
            ask_name(say("submit.name", language), say("submit.name_hint", language))
        st.text_input(say("drafts.note", language), key=NOTE)
        word = say("drafts.keep_button", language)
        st.button(word, key="vd-draft-keep", on_click=lambda: _keep(fit, language))


def _keep(previews: Sequence[Preview], language: str) -> None:
    context, by = opened(), sender()
    if not may(Act.SEND) or not all(
        _is_mine(p.loaded.units, p.loaded.periods, "") for p in previews
    ):
        st.session_state[PROBLEM] = say("account.act.not_yours", language)
        return
    if not by:
        st.session_state[PROBLEM] = say("submit.name_needed", language)
        return
    for p in previews:
        keep_draft(
            context.store,
            context.deployment,
            p.loaded.file,
            p.content,
            hints=p.hints,
            note=str(st.session_state.get(NOTE, "")),
            by=by,
            at=now(),
        )
    count = format_number(len(previews), 0, language)
    st.session_state[DONE] = say("drafts.kept", language, count=count)
    st.session_state[SENDER], st.session_state[NOTE] = by, ""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # empties the choice of files
    st.session_state.pop(OPENED, None)


def _is_mine(units: Sequence[str], periods: Sequence[str], by: str) -> bool:
    """Whether a draft is for whoever is here: of their units, or, of no unit, their own."""
    if units:
        return may_send(units, periods)
    return not current_person().unit or by == signature() or not by


def mine(view: View) -> list[Draft]:
    """The drafts that whoever is here may open; looking from an earlier moment there are none."""
    if view.moment is not None or not may(Act.SEND):
        return []
    found = drafts(opened().store.cursor())
    return [d for d in found if _is_mine(d.of.units, d.of.periods, d.by)]


def opened_draft(view: View) -> list[Preview]:
    """The draft that was opened, looked at anew with today's data."""
    wanted, uploads = st.session_state.get(OPENED, ""), opened().store.uploads
    draft = next((d for d in mine(view) if d.of.hash == wanted), None)
    if draft is None or uploads is None:
        return []
    period = parse_period(draft.of.period) if draft.of.period else None
    hints = Hints(local(now()).date(), period, draft.of.unit or None)
    return [preview(draft.of.file, (uploads / draft.of.hash).read_bytes(), hints)]


def draft_list(view: View) -> None:
    """What is kept, each with its buttons; nothing where there is no draft."""
    language = view.language
    if done := st.session_state.pop(DONE, ""):
        st.success(as_written(done))
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(as_written(problem))
    found = mine(view)
    if not found:
        return
    show(f'<h2 class="vd-chart">{e(say("drafts.title", language))}</h2>', key="drafts")
    for draft in found:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"vd-draft-{draft.of.hash[:12]}"
        ):
            show(_line(draft, language), key=f"draft-{draft.of.hash[:12]}")
            _buttons(draft, language)


def _buttons(draft: Draft, language: str) -> None:
    digest, uploads = draft.of.hash, opened().store.uploads
    short = digest[:12]
    st.button(
        say("drafts.open", language), key=f"vd-draft-open-{short}", on_click=_open, args=(digest,)
    )
    if uploads is not None:
        st.download_button(
            say("drafts.take", language),
            (uploads / digest).read_bytes,
            file_name=draft.of.file,
            key=f"vd-draft-take-{short}",
            on_click="ignore",
        )
    st.button(
        say("drafts.drop", language),
        key=f"vd-draft-drop-{short}",
        on_click=lambda: _drop(draft, language),
    )


def _open(digest: str) -> None:
    st.session_state[OPENED] = digest
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _drop(draft: Draft, language: str) -> None:
    if not may(Act.SEND) or not _is_mine(draft.of.units, draft.of.periods, draft.by):
        st.session_state[PROBLEM] = say("account.act.not_yours", language)
        return
    try:
        drop_draft(opened().store, draft.of.hash, by=sender() or draft.by, at=now())
    except NoSuchDraft:
        st.session_state[PROBLEM] = say("drafts.gone", language)
        return
    st.session_state[DONE] = say("drafts.dropped", language, file=draft.of.file)


def _line(draft: Draft, language: str) -> str:
    """The file, what it is about, how far it is, whose it is."""
    of, names = draft.of, opened().deployment.units.latest_names
    units = [names[u].name for u in of.units if u in names]
    periods = [period_label(parse_period(code), language) for code in of.periods]
    about = " · ".join(filter(None, (_some(units), _some(periods))))
    figures = say("drafts.figures", language, count=format_number(of.figures, 0, language))
    errors = say("drafts.errors", language, count=format_number(of.errors, 0, language))
    state = f"{figures}, {errors}" if of.errors else figures
    when = f"{local(draft.at):%H:%M %d/%m/%Y}"
    note = f" · {vi(of.note)}" if of.note else ""
    return (
        f'<div class="vd-draft"><b>{vi(of.file)}</b> <span>{vi(about)}</span>'
        f"<small>{e(state)} · {vi(draft.by)}, {e(when)}{note}</small></div>"
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" +{more}" if more > 0 else "")
