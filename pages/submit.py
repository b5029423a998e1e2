"""Nộp số liệu: choose files, see what they would change, send, look back, take back."""

from __future__ import annotations

import streamlit as st

from indicators.formats import format_number
from indicators.text import say
from pages.parts.data import holds_simulated
from pages.parts.fresh import simulated_mark
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.submit.choose import choose, template
from pages.parts.submit.correct import corrections
from pages.parts.submit.drafts import draft_list, offer_draft, opened_draft
from pages.parts.submit.forms import saved_forms
from pages.parts.submit.history import history, withdrawn_card
from pages.parts.submit.marked import marked_button
from pages.parts.submit.preview import preview_card, sent_cards
from pages.parts.submit.progress_files import progress_files
from pages.parts.submit.reasons import ask_reasons
from pages.parts.submit.sending import PROBLEM, SENT, Preview, ask_name, send
from pages.parts.submit.sheet import sheet_card
from pages.parts.submit.tell import tell
from pages.parts.view import View, current_view


def main() -> None:
    """The page from top to bottom."""
    # Whatever moment the address looks from: what is done here is done now, and its files say so.
    view = current_view().on(known="")
    st.title(say("submit.title", view.language), anchor=False)
    mark = simulated_mark(view.language) if holds_simulated() else ""
    lead = e(say("submit.lead", view.language))
    st.html(f'<div class="vd-own vd-fresh"><p class="vd-lead">{lead}</p>{mark}</div>')
    show_done(view)
    draft_list(view)
    previews = choose(view) or opened_draft(view)
    for number, seen in enumerate(previews):
        show(preview_card(seen, view.language), key=f"preview-{number}")
        show(sheet_card(seen, view.language), key=f"sheet-{number}")
        tell(seen, view, number=number)
        corrections(seen, view, number=number)
        marked_button(seen, view.language, key=f"vd-marked-{number}")
    offer([p for p in previews if p.can_be_sent], previews, view.language)
    offer_draft(previews, view.language)
    template(view)
    saved_forms(view)
    history(view)
    progress_files(view)


def show_done(view: View) -> None:
    """What the last click stored or took back."""
    done = sent_cards(st.session_state.pop(SENT, []), view) + withdrawn_card(view.language)
    if done:
        show(done, key="done")


def offer(ready: list[Preview], previews: list[Preview], language: str) -> None:
    """The button that sends, with a reason where one is needed; nothing when no file may go."""
    if not ready:
        return
    with st.container(key="vd-send"):
        ask_reasons([finding for p in ready for finding in p.loaded.findings], language)
        ask_name(say("submit.name", language), say("submit.name_hint", language))
        count = format_number(len(ready), 0, language)
        many = say("submit.send_many", language, count=count)
        label = many if len(ready) > 1 else say("submit.send", language)
        st.button(label, key="vd-send-button", type="primary", on_click=send, args=(previews,))
        problem = st.session_state.pop(PROBLEM, "")
        if problem:
            st.error(say(problem, language))
        refused = ", ".join(p.loaded.file for p in previews if p.loaded.refused)
        if refused:
            st.html(f'<p class="vd-quiet">{e(say("submit.left_out", language, files=refused))}</p>')


main()
