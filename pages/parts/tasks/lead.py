"""The choice of who leads; it goes into the address like every other choice."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from indicators.tasks import TaskStanding
from indicators.text import say
from pages.parts.tasks.asked import Asked


def choose_lead(found: Sequence[TaskStanding], asked: Asked, language: str) -> None:
    """A list of the leads; nothing where there is nothing to choose."""
    leads = sorted({s.task.lead for s in found})
    if len(leads) < 2:
        return
    options = ["", *leads]
    # The key carries the value: a link that changes the address must also change the widget.
    key = f"vd-lead:{asked.lead}"
    with st.container(key="vd-t-lead"):
        st.selectbox(
            say("tasks.lead", language),
            options,
            index=options.index(asked.lead),
            format_func=lambda lead: lead or say("tasks.every_lead", language),
            key=key,
            label_visibility="collapsed",
            on_change=_choose,
            args=(key,),
        )


def _choose(key: str) -> None:
    lead = st.session_state[key]
    if lead:
        st.query_params["lead"] = lead
    else:
        st.query_params.pop("lead", None)
