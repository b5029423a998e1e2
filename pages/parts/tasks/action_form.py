"""Agreeing an action for a target, and saying how far one is: two folds with a few fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from etl.context import opened
from etl.store.actions import Agreement
from etl.tasks import CannotKeep, agree, move
from indicators.actions import Action, ActionState
from indicators.people import Act
from indicators.text import say
from pages.parts.person import may, may_record_of
from pages.parts.submit.sending import ask_name
from pages.parts.tasks.form import day_of, keep, past_notice
from pages.parts.tasks.messages import denied, is_denied, told
from pages.parts.view import View

CONTENT, OWNER, DUE, WHO = "vd-a-content", "vd-a-owner", "vd-a-due", "vd-a-name"
WHICH, STATE, REASON, MOVER = "vd-a-which", "vd-a-state", "vd-a-reason", "vd-a-mover"


def action_forms(found: Sequence[Action], about: tuple[str, str] | None, view: View) -> None:
    """``about``: target and indicator for which an action may be added; None on the whole plan."""
    told(WHO)
    told(MOVER)
    if not may(Act.RECORD):
        return
    if view.known:
        if about:
            past_notice(view)
        return
    if about and may_record_of(view.plan, view.unit):
        _adding(about, view)
    mine = [action for action in found if may_record_of(action.plan, action.unit)]
    if mine:
        _moving(mine, view.language)


def _adding(about: tuple[str, str], view: View) -> None:
    language = view.language
    with st.expander(say("action.add", language), expanded=is_denied(WHO)):
        with st.container(horizontal=True, key="vd-a-fields"):
            st.text_input(say("action.content", language), key=CONTENT)
            st.text_input(say("action.who", language), key=OWNER)
            st.text_input(say("action.due_day", language), key=DUE)
            ask_name(say("action.by", language), say("submit.name_hint", language), key=WHO)
        st.button(
            say("action.save", language),
            key="vd-a-add",
            type="primary",
            on_click=lambda: _add(about, view),
        )
        denied(WHO)


def _add(about: tuple[str, str], view: View) -> None:
    context, fields = opened(), st.session_state
    target, indicator = about
    due, plan = day_of(fields[DUE]), context.deployment.plans[view.plan]
    # The unit is kept only where it is not the whole area of the plan.
    unit = view.unit if view.unit != plan.unit else None

    def write(by: str, at: datetime) -> Action:
        if due is None:
            raise CannotKeep("tasks.refused.no_due")
        agreed = Agreement(plan.id, target, indicator, unit, fields[CONTENT], fields[OWNER], due)
        return agree(context.store, plan, agreed, by=by, at=at)

    saved = say("action.saved", view.language, text=fields[CONTENT])
    keep(
        write,
        saved,
        view.language,
        who=WHO,
        of=(plan.id, unit),
        emptied=(CONTENT, OWNER, DUE),
    )


def _moving(found: Sequence[Action], language: str) -> None:
    by_id = {a.id: a for a in found}
    with st.expander(say("action.move", language), expanded=is_denied(MOVER)):
        with st.container(horizontal=True, key="vd-a-moving"):
            st.selectbox(
                say("action.which", language),
                list(by_id),
                format_func=lambda i: f"{by_id[i].content} ({by_id[i].owner})",
                key=WHICH,
            )
            st.selectbox(
                say("tasks.form.state", language),
                list(ActionState),
                format_func=lambda s: say(f"action.state.{s}", language),
                key=STATE,
            )
            st.text_input(say("action.why", language), key=REASON)
            ask_name(say("action.by", language), say("submit.name_hint", language), key=MOVER)
        st.button(
            say("action.save", language),
            key="vd-a-move",
            type="primary",
            on_click=lambda: _move(by_id[st.session_state[WHICH]], language),
        )
        denied(MOVER)


def _move(action: Action, language: str) -> None:
    store, fields = opened().store, st.session_state
    state, reason = ActionState(fields[STATE]), fields[REASON]
    word = say(f"action.state.{state}", language)
    saved = say("action.saved", language, text=f"{action.content} ({word.lower()})")
    keep(
        lambda by, at: move(store, action.id, state, reason=reason, by=by, at=at),
        saved,
        language,
        who=MOVER,
        of=(action.plan, action.unit),
        emptied=(REASON,),
    )
