"""Phương pháp & thuật ngữ: how every number is computed, what every word means, every definition."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from indicators.text import say
from pages.parts.links import show
from pages.parts.methods.asked import (
    INDICATORS,
    METHODS,
    Asked,
    asked_of,
    found_indicators,
    found_sections,
    found_terms,
)
from pages.parts.methods.jump import jump
from pages.parts.methods.show import (
    head,
    indicators_html,
    nothing,
    sections_html,
    tabs,
    terms_html,
)
from pages.parts.view import current_view

deployment = opened().deployment
view = current_view()
asked = asked_of(dict(st.query_params), view, deployment.catalogue)


def search() -> None:
    """Put the words into the address, from which the page is drawn again."""
    st.query_params["q"] = st.session_state[KEY]
    st.query_params.pop("muc", None)


def part(asked: Asked) -> str:
    """The part asked for, with what holds the words."""
    if asked.part == METHODS:
        return sections_html(sections, asked) if sections else nothing(asked)
    if asked.part == INDICATORS:
        plans = list(deployment.plans.values())
        shown = indicators_html(indicators, asked, deployment.catalogue, plans)
        return shown if indicators else nothing(asked)
    return terms_html(terms, asked) if terms else nothing(asked)


KEY = f"q:{asked.words}"
sections, terms = found_sections(asked), found_terms(asked)
indicators = found_indicators(asked, deployment.catalogue)
counts = {"sections": len(sections), "terms": len(terms), "indicators": len(indicators)}
show(head(asked, counts), key="methods-head")
label = say("methods.search", view.language)
with st.container(key="vd-search"):
    st.text_input(
        label,
        asked.words,
        key=KEY,
        placeholder=label,
        label_visibility="collapsed",
        on_change=search,
    )
show(tabs(asked) + part(asked), key="methods")
jump(asked.anchor)
