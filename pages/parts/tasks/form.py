"""Recording how far a task is, and taking a record back: a fold with a few fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import streamlit as st

from etl.context import local, opened
from etl.store.actions import NoSuchAction
from etl.store.connect import now
from etl.store.tasks import AlreadyWithdrawn, NoSuchRecord, Report
from etl.tasks import CannotKeep, report, take_back
from indicators.people import Act
from indicators.tasks import Progress, TaskRecord, TaskStanding
from indicators.text import say
from pages.parts.html import as_written
from pages.parts.person import may, may_record_of
from pages.parts.submit.sending import SENDER, ask_name, sender
from pages.parts.tasks.asked import Asked
from pages.parts.tasks.marks import state_text
from pages.parts.tasks.messages import PROBLEM, SAVED, denied, is_denied, told
from pages.parts.view import View

DONE_ON, EVIDENCE, NOTE, STATE = "vd-t-day", "vd-t-evidence", "vd-t-note", "vd-t-state"
WHO, REASON = "vd-t-name", "vd-t-reason"


def progress_form(found: Sequence[TaskStanding], asked: Asked, view: View) -> None:
    """Choose a task, say how far it is, sign; what is wrong is said in words."""
    language = view.language
    told(WHO)
    if not found or not may_record_of(view.plan):
        return
    if view.known:
        past_notice(view)
        return
    is_asked = bool(asked.task) or is_denied(WHO)
    with st.expander(say("tasks.form.title", language), expanded=is_asked):
        standing = _choose_task(found, asked, language)
        _fields(standing, view)
        if standing.record:
            _taking_back(standing.record, standing, language)
        denied(WHO)


def past_notice(view: View) -> None:
    """Looking back, nothing can be recorded: what is kept is stamped with the present."""
    st.info(say("tasks.form.past", view.language, day=f"{view.today:%d/%m/%Y}"))


def _choose_task(found: Sequence[TaskStanding], asked: Asked, language: str) -> TaskStanding:
    by_id = {s.task.id: s for s in found}
    ids = list(by_id)
    chosen = st.selectbox(
        say("tasks.form.task", language),
        ids,
        index=ids.index(asked.task) if asked.task in ids else 0,
        format_func=lambda i: f"{by_id[i].task.title_vi} ({state_text(by_id[i].state, language)})",
        key=f"vd-t-task:{asked.task}",
    )
    return by_id[chosen]


def _fields(standing: TaskStanding, view: View) -> None:
    language, task = view.language, standing.task
    with st.container(horizontal=True, key="vd-t-fields"):
        progress = st.selectbox(
            say("tasks.form.state", language),
            list(Progress),
            format_func=lambda p: say(f"tasks.progress.{p}", language),
            key=STATE,
        )
        if progress is Progress.DONE:
            st.text_input(say("tasks.form.done_on", language), key=DONE_ON)
        st.text_input(say("tasks.form.evidence", language), key=EVIDENCE)
        st.text_input(say("tasks.form.note", language), key=NOTE)
        hint = say("submit.name_hint", language)
        ask_name(say("tasks.form.name", language), hint, key=WHO)
    st.button(
        say("tasks.form.save", language),
        key="vd-t-save",
        type="primary",
        on_click=lambda: _save(view, task.id, task.title_vi),
    )


def _save(view: View, task: str, title: str) -> None:
    context = opened()
    fields = st.session_state
    said = Report(
        view.plan,
        task,
        Progress(fields[STATE]),
        day_of(fields.get(DONE_ON, "")),
        fields.get(EVIDENCE, ""),
        fields.get(NOTE, ""),
    )
    plan = context.deployment.plans[view.plan]
    keep(
        lambda by, at: report(context.store, plan, said, by=by, at=at),
        say("tasks.form.saved", view.language, task=title),
        view.language,
        who=WHO,
        of=(view.plan, None),
        emptied=(DONE_ON, EVIDENCE, NOTE),
    )


def _taking_back(record: TaskRecord, standing: TaskStanding, language: str) -> None:
    state = say(f"tasks.progress.{record.progress}", language)
    day = f"{local(record.occurred_at):%d/%m/%Y}"
    said = say("tasks.form.current", language, state=state, name=record.actor, day=day)
    st.caption(as_written(said))
    with st.container(horizontal=True, vertical_alignment="bottom", key="vd-t-back"):
        st.text_input(say("tasks.form.reason", language), key=REASON)
        st.button(
            say("tasks.form.take_back", language),
            key="vd-t-take-back",
            on_click=lambda: _take_back(record, standing.task.title_vi, language),
        )


def _take_back(record: TaskRecord, title: str, language: str) -> None:
    store, reason = opened().store, st.session_state.get(REASON, "")
    of = (record.plan, record.task)
    keep(
        lambda by, at: take_back(store, record.id, of=of, reason=reason, by=by, at=at),
        say("tasks.form.taken_back", language, task=title),
        language,
        who=WHO,
        of=(record.plan, None),
        emptied=(REASON,),
    )


def keep(
    write: Callable[[str, datetime], object],
    saved: str,
    language: str,
    *,
    who: str,
    of: tuple[str, str | None],
    emptied: Sequence[str],
) -> None:
    """Write with the name and the present moment; what comes of it is told on the next run.

    ``of``: the plan, and the unit where it is about one.
    """
    if not may_record_of(*of):
        key = "not_yours" if may(Act.RECORD) else "no_right"
        st.session_state[PROBLEM + who] = say(f"account.act.{key}", language)
        return
    by = sender(who)
    try:
        write(by, now())
    except CannotKeep as refusal:
        st.session_state[PROBLEM + who] = say(refusal.key, language)
        return
    except (NoSuchRecord, AlreadyWithdrawn):
        st.session_state[PROBLEM + who] = say("tasks.refused.too_late", language)
        return
    except NoSuchAction:
        st.session_state[PROBLEM + who] = say("tasks.refused.no_action", language)
        return
    st.session_state[SENDER] = by
    st.session_state[SAVED + who] = saved
    for field in emptied:
        st.session_state[field] = ""


def day_of(text: str) -> date | None:
    """A day as people write it (30/6/2021); None for anything else."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None
