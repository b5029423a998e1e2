"""Saying what a column or a name means: kept with who said so, and used for the next file too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from etl.context import opened
from etl.entries import ColumnRead, Recognition
from etl.match_headings import Column
from etl.memory import CannotConfirm, confirm
from etl.own_mapping import mapping_with
from etl.store.aliases import AliasKind, AliasTaken
from etl.store.connect import now
from etl.store.mappings import remember_mapping
from etl.template import reporting_units
from indicators.people import Act
from indicators.period import parse_period
from indicators.text import say
from pages.parts.html import as_written
from pages.parts.person import may, may_send
from pages.parts.submit.sending import PREVIEWS, SENDER, Preview, ask_name, sender
from pages.parts.submit.sheet import column_words
from pages.parts.view import View

DENIED, WHO = "vd-correct-denied", "vd-correct-name"
ROLES = (Column.UNIT, Column.PERIOD, Column.QUANTITY, Column.VALUE, Column.IGNORED)


@dataclass(frozen=True)
class Choice:
    """One correction on the page: the keys of its two fields."""

    what: str
    meaning: str


def corrections(seen: Preview, view: View, *, number: int) -> None:
    """A fold with two questions: what does this column mean, whose name is this."""
    tables, language = seen.loaded.tables, view.language
    if not tables:
        return
    with st.expander(say("submit.correct.title", language), expanded=_is_unclear(tables)):
        ask_name(
            say("submit.correct.name", language),
            say("submit.name_hint", language),
            key=f"{WHO}-{number}",
        )
        for index, table in enumerate(tables):
            _column(table, language, f"{number}-{index}")
            _unit(table, view, f"{number}-{index}")
        denied = st.session_state.pop(DENIED, "")
        if denied:
            st.error(as_written(denied))


def _is_unclear(tables: list[Recognition]) -> bool:
    """Whether a column or a row label was taken for nothing."""
    labels = any(meaning is None for table in tables for meaning in table.labels.values())
    return labels or any(not c.role and c.path for table in tables for c in table.columns)


def _column(table: Recognition, language: str, key: str) -> None:
    columns = [c for c in table.columns if c.path]
    if not columns:
        return
    columns.sort(key=lambda c: bool(c.role))  # those not understood first
    quantities = opened().deployment.catalogue.quantities
    meanings = [*quantities, *map(str, ROLES)]
    choice = Choice(f"vd-column-{key}", f"vd-means-{key}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            say("submit.correct.column", language),
            columns,
            format_func=lambda c: _column_text(c, language),
            key=choice.what,
        )
        st.selectbox(
            say("submit.correct.means", language),
            meanings,
            index=None,
            placeholder=say("submit.correct.choose", language),
            format_func=lambda m: meaning_text(m, language),
            key=choice.meaning,
        )
        _button("save_column", language, key, lambda: _save_column(table, choice, key))


def _column_text(column: ColumnRead, language: str) -> str:
    return f"{' / '.join(column.path)} ({column_words(column, language)[1]})"


def meaning_text(meaning: str, language: str) -> str:
    """The name of a quantity, or the words for a role of a column."""
    quantities = opened().deployment.catalogue.quantities
    if meaning not in quantities:
        return say(f"submit.read.{meaning}", language)
    found = quantities[meaning]
    return found.name_vi if language == "vi" else found.name_en


def _unit(table: Recognition, view: View, key: str) -> None:
    texts = sorted(
        (text for role, text in table.labels if role == Column.UNIT),
        key=lambda text: table.labels[Column.UNIT, text] is not None,
    )
    if not texts:
        return
    context, language = opened(), view.language
    known = context.deployment.units.latest_names
    scope = context.deployment.plans[view.plan].unit
    units = reporting_units(context.deployment, scope, parse_period(view.period))
    choice = Choice(f"vd-label-{key}", f"vd-is-{key}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(say("submit.correct.label", language), texts, key=choice.what)
        st.selectbox(
            say("submit.correct.is", language),
            units,
            index=None,
            placeholder=say("submit.correct.choose", language),
            format_func=lambda u: known[u].name,
            key=choice.meaning,
        )
        _button("save_unit", language, key, lambda: _save_unit(choice, view.period))


def _button(what: str, language: str, key: str, act: Callable[[], None]) -> None:
    st.button(say(f"submit.correct.{what}", language), key=f"vd-{what}-{key}", on_click=act)


def _save_column(table: Recognition, choice: Choice, key: str) -> None:
    column, meaning = _chosen(choice)
    by = _by(key)
    if column is None or meaning is None or not by:
        return
    quantity = meaning if meaning in opened().deployment.catalogue.quantities else None
    mapping = mapping_with(table, column.column, None if quantity else Column(meaning), quantity)
    remember_mapping(opened().store, mapping, by=by, at=now())
    st.session_state[PREVIEWS] = {}


def _save_unit(choice: Choice, period: str) -> None:
    text, unit = _chosen(choice)
    by = _by(choice.what.removeprefix("vd-label-"))
    if text is None or unit is None or not by:
        return
    if not may_send([str(unit)], [period]):
        # What a spelling means is read in everybody's files from then on.
        st.session_state[DENIED] = say("account.act.not_yours")
        return
    context = opened()
    try:
        confirm(context.store, context.deployment, AliasKind.UNIT, text, unit, by=by, at=now())
    except (CannotConfirm, AliasTaken) as problem:
        st.session_state[DENIED] = str(problem)
    st.session_state[PREVIEWS] = {}


def _chosen(choice: Choice) -> tuple[object, object]:
    """What stands in the two fields; says so where one is empty."""
    found = (st.session_state.get(choice.what), st.session_state.get(choice.meaning))
    if None in found:
        st.session_state[DENIED] = say("submit.correct.choose_both")
    return found


def _by(key: str) -> str:
    """Who confirms; says so where no name is given, or it may not be."""
    if not may(Act.SEND):
        st.session_state[DENIED] = say("account.act.no_right")
        return ""
    by = sender(f"{WHO}-{key.partition('-')[0]}")
    if not by:
        st.session_state[DENIED] = say("submit.name_needed")
        return ""
    st.session_state[SENDER] = by
    return by
