"""Saying what a column or a name means: kept with who said so, and used for the next file too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from etl.context import opened, today
from etl.entries import ColumnRead, Recognition
from etl.match_headings import Column
from etl.memory import CannotConfirm, confirm
from etl.own_mapping import mapping_with
from etl.store.aliases import AliasKind
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
            _unit(table, periods_of(seen, table), view, f"{number}-{index}")
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
        _button("save_column", language, key, lambda: _save_column(table, choice, language, key))


def _column_text(column: ColumnRead, language: str) -> str:
    return f"{' / '.join(column.path)} ({column_words(column, language)[1]})"


def meaning_text(meaning: str, language: str) -> str:
    """The name of a quantity, or the words for a role of a column."""
    quantities = opened().deployment.catalogue.quantities
    if meaning not in quantities:
        return say(f"submit.read.{meaning}", language)
    found = quantities[meaning]
    return found.name_vi if language == "vi" else found.name_en


def periods_of(seen: Preview, table: Recognition) -> list[str]:
    """The periods that the file is about, as far as they are read or the sender chose one."""
    found = {*seen.loaded.periods, *filter(None, [seen.hints.period and seen.hints.period.code])}
    found |= {code for (role, _), code in table.labels.items() if role == Column.PERIOD and code}
    return sorted(found)


def may_name(unit: str, periods: Sequence[str]) -> bool:
    """Whether who looks may say what a unit is called: it is read so in everybody's files.

    A unit that is there today is for those who send for it today, whatever the file is about; a
    former one for those who send for it in the periods of the file.
    """
    is_here = unit in opened().deployment.units.at(today()).units
    return may_send([unit], [] if is_here else periods)


def offered(periods: Sequence[str], view: View) -> list[str]:
    """The units that report in the periods of the file, of the plan's area, that one may name."""
    deployment = opened().deployment
    scope = deployment.plans[view.plan].unit
    of = [parse_period(code) for code in periods or [view.period]]
    every = dict.fromkeys(u for p in of for u in reporting_units(deployment, scope, p))
    return list(every) if may_send(every, []) else [u for u in every if may_name(u, periods)]


def _unit(table: Recognition, periods: Sequence[str], view: View, key: str) -> None:
    texts = sorted(
        (text for role, text in table.labels if role == Column.UNIT),
        key=lambda text: table.labels[Column.UNIT, text] is not None,
    )
    units = offered(periods, view) if texts else []
    if not units:
        return
    known, language = opened().deployment.units.latest_names, view.language
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
        _button("save_unit", language, key, lambda: _save_unit(choice, periods, language))


def _button(what: str, language: str, key: str, act: Callable[[], None]) -> None:
    st.button(say(f"submit.correct.{what}", language), key=f"vd-{what}-{key}", on_click=act)


def _save_column(table: Recognition, choice: Choice, language: str, key: str) -> None:
    column, meaning = _chosen(choice, language)
    by = _by(key, language)
    if column is None or meaning is None or not by:
        return
    quantity = meaning if meaning in opened().deployment.catalogue.quantities else None
    mapping = mapping_with(table, column.column, None if quantity else Column(meaning), quantity)
    remember_mapping(opened().store, mapping, by=by, at=now())
    st.session_state[PREVIEWS] = {}


def _save_unit(choice: Choice, periods: Sequence[str], language: str) -> None:
    text, unit = _chosen(choice, language)
    by = _by(choice.what.removeprefix("vd-label-"), language)
    if text is None or unit is None or not by:
        return
    if not may_name(str(unit), periods):
        st.session_state[DENIED] = say("submit.correct.not_yours", language)
        return
    context = opened()
    try:
        confirm(context.store, context.deployment, AliasKind.UNIT, text, unit, by=by, at=now())
    except CannotConfirm as problem:
        st.session_state[DENIED] = say(problem.key, language, **problem.facts)
    st.session_state[PREVIEWS] = {}


def _chosen(choice: Choice, language: str) -> tuple[object, object]:
    """What stands in the two fields; says so where one is empty."""
    found = (st.session_state.get(choice.what), st.session_state.get(choice.meaning))
    if None in found:
        st.session_state[DENIED] = say("submit.correct.choose_both", language)
    return found


def _by(key: str, language: str) -> str:
    """Who confirms; says so where no name is given, or it may not be."""
    if not may(Act.SEND):
        st.session_state[DENIED] = say("account.act.no_right", language)
        return ""
    by = sender(f"{WHO}-{key.partition('-')[0]}")
    if not by:
        st.session_state[DENIED] = say("submit.name_needed", language)
        return ""
    st.session_state[SENDER] = by
    return by
