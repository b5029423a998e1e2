"""The bar above every page: plan, period, unit, and how fresh and complete the figures are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from etl.context import opened
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.paper import paper
from pages.parts.view import View, periods_of

# What a visitor has set for himself, whatever plan he looks at.
OF_THE_VISITOR = {"known", "figures", "lang", "mode"}


def filters(view: View, units: Sequence[str], indicators: Mapping[str, str] | None = None) -> None:
    """The choices; one goes into the address, from which the page is drawn again."""
    context = opened()
    plans = context.deployment.plans
    names = context.deployment.units.latest_names
    periods = [p.code for p in periods_of(plans[view.plan], context)]
    st.html(f'<div class="vd-own">{paper(view)}</div>')
    with st.container(horizontal=True, key="vd-filters"):
        _choice("plan", list(plans), view.plan, lambda p: plans[p].short_vi, view)
        _choice(
            "period",
            periods,
            view.period,
            lambda p: period_label(parse_period(p), view.language),
            view,
        )
        if units:
            _choice("unit", list(units), view.unit, lambda u: names[u].name, view)
        if indicators:
            _choice("indicator", list(indicators), view.indicator, indicators.__getitem__, view)


def _choice(
    name: str, options: list[str], chosen: str, label: Callable[[str], str], view: View
) -> None:
    if chosen not in options:
        options = [chosen, *options]
    # The key carries the value: a link that changes the address must also change the widget.
    key = f"{name}:{chosen}"
    st.selectbox(
        say(f"filter.{name}", view.language),
        options,
        index=options.index(chosen),
        format_func=label,
        key=key,
        label_visibility="collapsed",
        on_change=_choose,
        args=(name, key),
    )


def _choose(name: str, key: str) -> None:
    """Put a choice into the address; another plan starts at its own unit and period."""
    if name == "plan":
        for other in st.query_params.keys() - OF_THE_VISITOR:
            del st.query_params[other]
    st.query_params[name] = st.session_state[key]
