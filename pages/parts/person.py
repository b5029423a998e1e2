"""Who is at this screen, looked up on the server at every run and before every act."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date

import streamlit as st

from etl.accounts.mode import Mode, is_local, mode_of
from etl.accounts.sessions import find, form_token
from etl.context import opened, today
from etl.web import place_of
from indicators.people import NOBODY, OPEN, VISITOR, Act, Person
from indicators.period import parse_period
from pages.parts.gate.cookies import any_token


def current_person() -> Person:
    """Who this is now; `NOBODY`, who may do nothing, where the session is over or never was.

    The websocket of a tab outlives its session: what the gate said when it opened proves nothing.
    """
    db = place_of(os.environ).db
    mode = mode_of(os.environ, db)
    if mode is Mode.OPEN:
        # Whoever runs the pages without our server has no gate before them.
        return OPEN if is_local(str(st.get_option("server.address"))) else NOBODY
    account = find(db, token())
    if account is None:
        return VISITOR if mode is Mode.PUBLIC else NOBODY
    return NOBODY if account.must_change else account.person


def token() -> str:
    """The token of the session, as the browser sent it when this tab was opened."""
    return any_token(st.context.cookies)


def logout_token() -> str:
    """What the logout form of this session must carry."""
    return form_token(token())


def may(act: Act) -> bool:
    """Whether whoever is here has this right, at this moment."""
    return current_person().may(act)


def may_send(units: Iterable[str], periods: Iterable[str]) -> bool:
    """Whether figures of these units for these periods may be sent or taken back.

    A unit is below another on the last day of a period or today: reports of former districts are
    sent by whoever took them over.
    """
    return reaches(current_person(), units, periods)


def reaches(person: Person, units: Iterable[str], periods: Iterable[str]) -> bool:
    """The same of a person who is known already."""
    tree, asked = opened().deployment.units, list(units)
    days: set[date] = {today(), *(parse_period(code).end for code in periods)}
    if any(person.may_send(asked, tree.at(day)) for day in days):  # of whole provinces too
        return True
    return all(any(person.may_send([unit], tree.at(day)) for day in days) for unit in asked)


def may_record_of(plan: str, unit: str | None = None) -> bool:
    """Whether progress and actions of a plan, or of a unit under it, may be recorded.

    As units stand today, or stood in the first or last year of the plan: districts are gone.
    """
    person, deployment = current_person(), opened().deployment
    asked = deployment.plans[plan]
    days = (today(), *(date(year, 12, 31) for year in (asked.first_year, asked.last_year)))
    return any(person.may_record(unit or asked.unit, deployment.units.at(day)) for day in days)


def signature() -> str:
    """The name under every act of somebody with an account; "" where one signs by hand."""
    person = current_person()
    return "" if person.is_open else person.signed
