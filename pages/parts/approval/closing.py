"""Closing the period of the view, reopening it, and every time that was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from etl.context import local, opened
from etl.deciding import close_period, reopen_period
from etl.store.closing import Closing
from indicators.people import Act, Person
from indicators.period import Period, parse_period, period_label
from indicators.text import say
from pages.parts.approval.act import WHO, carry_out
from pages.parts.approval.data import Situation
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.submit.sending import ask_name
from pages.parts.view import View

WHY = "vd-close-reason"


def closing_section(found: Situation, view: View, person: Person) -> None:
    """How the period stands, the button, the history."""
    period = parse_period(view.period)
    show(_card(found, period, view.language), key="closing")
    if not person.may(Act.CLOSE) or view.known:
        return
    own = found.approval.closing
    # The name is asked once on a page: above, where reports wait.
    asks_name = person.is_open and not found.approval.waiting
    if own is None:
        _fields("close", close_period, period, view.language, asks_name=asks_name)
    else:
        # A period inside a closed one opens with that: by the name it was closed under.
        _fields("reopen", reopen_period, own.period, view.language, asks_name=asks_name)


def _fields(
    key: str, write: Callable[..., None], period: Period, language: str, *, asks_name: bool
) -> None:
    name = period_label(period, language)
    with st.expander(say(f"approval.{key}_open", language, period=name)):
        if asks_name:
            ask_name(say("approval.name", language), say("submit.name_hint", language), key=WHO)
        st.text_input(say(f"approval.{key}_reason", language), key=WHY)
        st.button(
            say(f"approval.{key}", language, period=name),
            key=f"vd-{key}",
            on_click=lambda: _move(key, write, period, language),
        )


def _move(key: str, write: Callable[..., None], period: Period, language: str) -> None:
    store, reason = opened().store, str(st.session_state.get(WHY, ""))

    def act(by: str, at: datetime) -> None:
        write(store, period, reason=reason, by=by, at=at)
        st.session_state[WHY] = ""

    done = say(f"approval.{key}_done", language, period=period_label(period, language))
    carry_out(act, Act.CLOSE, done, language)


def _card(found: Situation, period: Period, language: str) -> str:
    title = e(say("approval.closing", language))
    name = period_label(period, language)
    closing = found.approval.closing
    if closing is None:
        text = say("approval.is_open", language, period=name)
    else:
        text = say("approval.is_closed", language, period=name, day=_day(closing))
    why = _said(closing) if closing else ""
    lines = "".join(f"<li>{_line(c, language)}</li>" for c in reversed(found.closings))
    history = e(say("approval.closings", language))
    past = f"<details><summary>{history}</summary><ul>{lines}</ul></details>" if lines else ""
    return f'<section class="vd-card vd-closing"><h2>{title}</h2><p>{e(text)} {why}</p>{past}</section>'


def _line(closing: Closing, language: str) -> str:
    key = "closed_line" if closing.is_closed else "reopened_line"
    facts = {"period": period_label(closing.period, language), "day": _day(closing)}
    return f"{e(say(f'approval.{key}', language, **facts))} {_said(closing)}"


def _said(closing: Closing) -> str:
    """Who did it and why, as they wrote it."""
    return f'<span lang="vi">{e(closing.by)}: {e(closing.reason)}.</span>'


def _day(closing: Closing) -> str:
    return f"{local(closing.at):%d/%m/%Y}"
