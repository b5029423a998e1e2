"""Reports that wait: those without a question in one click, the others one by one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.store.awaiting import Sent
from indicators.formats import format_number
from indicators.people import Act, Person
from indicators.text import say
from pages.parts.approval.act import act_fields, decide_button, told
from pages.parts.approval.data import Situation
from pages.parts.approval.rows import report_rows
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.take.menu import headed, take
from pages.parts.view import View

REPORT = "report"  # in the address: the submission that is open
AT_ONCE = 30
SHOWN = "vd-approval-shown"


def waiting_section(found: Situation, view: View, person: Person) -> None:
    """First what asks for a look, then the rest; each with the buttons to decide."""
    told()
    may = person.may(Act.DECIDE) and not view.known
    if may and found.approval.waiting:
        act_fields(view.language, person)
    menu = take("waiting", say("take.waiting", view.language), view)
    _asking(found.asking, found, view, menu, may=may)
    _clean(found.all_clean, found, view, "" if found.asking else menu, may=may)


def _asking(asking: Sequence[Sent], found: Situation, view: View, menu: str, *, may: bool) -> None:
    """Reports with warnings or with changes of approved figures, the open one with its buttons."""
    if not asking:
        return
    language = view.language
    title = say("approval.asking", language, count=format_number(len(asking), 0, language))
    lead = say("approval.asking_lead", language)
    show(_heading(title, lead, menu), key="approval-asking")
    for sent in asking[: st.session_state.get(SHOWN, AT_ONCE)]:
        _one(sent, found, view, may=may)
    _more(len(asking) - st.session_state.get(SHOWN, AT_ONCE), language)


def _one(sent: Sent, found: Situation, view: View, *, may: bool) -> None:
    html = report_rows([sent], found, view, is_open=_is_open(sent))
    show(f'<section class="vd-card vd-report">{html}</section>', key=f"report-{sent.id}")
    if _is_open(sent) and may:
        _decide_one(sent, view)


def _is_open(sent: Sent) -> bool:
    return str(sent.id) == st.query_params.get(REPORT, "")


def _decide_one(sent: Sent, view: View) -> None:
    with st.container(horizontal=True, key=f"vd-decide-{sent.id}"):
        decide_button("approve", [sent.id], view.language, primary=True)
        decide_button("return", [sent.id], view.language)


def _more(rest: int, language: str) -> None:
    if rest <= 0:
        return
    count = format_number(min(rest, AT_ONCE), 0, language)
    st.button(say("approval.more", language, count=count), on_click=_show_more)


def _show_more() -> None:
    st.session_state[SHOWN] = st.session_state.get(SHOWN, AT_ONCE) + AT_ONCE


def _clean(clean: Sequence[Sent], found: Situation, view: View, menu: str, *, may: bool) -> None:
    """Everything that asks for no look, approved together; one that is opened stands by itself."""
    if not clean:
        return
    language = view.language
    title = say("approval.clean", language, count=format_number(len(clean), 0, language))
    show(_heading(title, say("approval.clean_lead", language), menu), key="clean-head")
    for sent in filter(_is_open, clean):
        _one(sent, found, view, may=may)
    if rest := [sent for sent in clean if not _is_open(sent)]:
        _together(rest, found, view, may=may)


def _together(rest: Sequence[Sent], found: Situation, view: View, *, may: bool) -> None:
    language, count = view.language, format_number(len(rest), 0, view.language)
    summary = e(say("approval.clean_list", language, count=count))
    inside = f"<details><summary>{summary}</summary>{report_rows(rest, found, view)}</details>"
    show(f'<section class="vd-card">{inside}</section>', key="clean")
    if may:
        with st.container(horizontal=True, key="vd-decide-clean"):
            numbers = [s.id for s in rest]
            decide_button("approve_all", numbers, language, primary=True, count=count)


def _heading(title: str, lead: str, menu: str) -> str:
    return f'{headed(title, menu)}<p class="vd-quiet">{e(lead)}</p>'
