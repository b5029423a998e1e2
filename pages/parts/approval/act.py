"""Deciding from the page: the name, the reason, the buttons, and what came of the last click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from etl.context import opened
from etl.deciding import Refused, decide_on
from etl.store.connect import now
from etl.store.decisions import Decision
from indicators.formats import format_number
from indicators.people import Act, Person
from indicators.text import say
from pages.parts.html import as_written
from pages.parts.person import current_person
from pages.parts.submit.sending import ask_name, sender

WHO, REASON = "vd-decide-name", "vd-decide-reason"
DONE, PROBLEM = "vd-decide-done", "vd-decide-problem"


def act_fields(language: str, person: Person) -> None:
    """Who decides (asked only where nobody is logged in), and why."""
    with st.container(horizontal=True, key="vd-decide-fields"):
        if person.is_open:
            ask_name(say("approval.name", language), say("submit.name_hint", language), key=WHO)
        st.text_input(say("approval.reason", language), key=REASON)


def decide_button(
    key: str, numbers: Sequence[int], language: str, *, primary: bool = False, **facts: str
) -> None:
    """A button that decides on these submissions; ``key`` names its word."""
    decision = Decision.RETURNED if key == "return" else Decision.APPROVED
    st.button(
        say(f"approval.{key}", language, **facts),
        key=f"vd-{key}-{numbers[0]}",
        type="primary" if primary else "secondary",
        on_click=lambda: _decide(list(numbers), decision, language),
    )


def _decide(numbers: list[int], decision: Decision, language: str) -> None:
    context = opened()

    def write(by: str, at: datetime) -> None:
        reason = str(st.session_state.get(REASON, ""))
        decide_on(context.store, context.deployment, numbers, decision, reason=reason, by=by, at=at)

    count = format_number(len(numbers), 0, language)
    carry_out(write, Act.DECIDE, say(f"approval.done_{decision}", language, count=count), language)


def carry_out(write: Callable[[str, datetime], object], act: Act, done: str, language: str) -> None:
    """Do it in the name of who is at the screen; refused or done, the next run tells."""
    person = current_person()
    if not person.may(act):
        st.session_state[PROBLEM] = say("approval.not_allowed", language)
        return
    try:
        write(sender(WHO), now())
    except Refused as refusal:
        st.session_state[PROBLEM] = say(refusal.key, language, **refusal.facts)
        return
    st.session_state[DONE] = done
    st.session_state[REASON] = ""
    st.query_params.pop("report", None)


def told() -> None:
    """What the last click did, or why it did nothing."""
    done, problem = st.session_state.pop(DONE, ""), st.session_state.pop(PROBLEM, "")
    if done:
        st.success(as_written(done))
    if problem:
        st.error(as_written(problem))
