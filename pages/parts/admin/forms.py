"""Adding an account and changing one: two folds with a few fields."""

from __future__ import annotations

import streamlit as st

from etl.accounts import roster
from etl.accounts.passwords import hashed, one_time
from etl.accounts.roster import Account, Wanted
from etl.context import opened, today
from etl.store.places import accounts_of
from indicators.people import GIVEN, Role
from indicators.text import say
from pages.parts.admin.act import SECRET, act, db

NEW, NEW_NAME, NEW_ROLE, NEW_UNIT = "vd-p-login", "vd-p-name", "vd-p-role", "vd-p-unit"
WHO = "vd-p-who"


def adding(language: str) -> None:
    """A login, a name, a role, a unit; the password is made here and shown once."""
    with st.expander(say("admin.add", language)):
        with st.container(horizontal=True, key="vd-p-fields"):
            st.text_input(say("account.form.login", language), key=NEW)
            st.text_input(say("admin.name", language), key=NEW_NAME)
            role_field(language, NEW_ROLE, None)
            unit_field(language, NEW_UNIT, "")
        st.button(
            say("admin.add_do", language),
            key="vd-p-add",
            type="primary",
            on_click=lambda: add(language),
        )


def role_field(language: str, key: str, role: Role | None) -> None:
    """The choice of a role."""
    st.selectbox(
        say("admin.role", language),
        GIVEN,
        index=GIVEN.index(role) if role else None,
        placeholder=say("admin.choose", language),
        format_func=lambda r: say(f"role.{r}", language),
        key=key,
    )


def unit_field(language: str, key: str, unit: str) -> None:
    """The choice of a unit as they stand today; one that is no more stays choosable for its account."""
    units = opened().deployment.units.at(today()).units
    names = opened().deployment.units.latest_names
    choices = list(dict.fromkeys(["", unit, *sorted(units, key=lambda u: units[u].name)]))
    whole = say("admin.whole", language)
    st.selectbox(
        say("admin.unit", language),
        choices,
        index=choices.index(unit),
        format_func=lambda u: names[u].name if u in names else u or whole,
        key=key,
    )


def wanted(name: str, role: str, unit: str) -> Wanted:
    """What the fields with these keys say; CannotKeep where no role is chosen."""
    fields = st.session_state
    if not fields.get(role):
        raise roster.CannotKeep("account.refused.role")
    return Wanted(str(fields.get(name, "")).strip(), Role(fields[role]), str(fields.get(unit, "")))


def add(language: str) -> None:
    """Keep the new account; fields that were refused stay as they are."""
    secret = one_time()
    login = roster.login_of(str(st.session_state.get(NEW, "")))

    def write(by: str) -> str:
        asked = wanted(NEW_NAME, NEW_ROLE, NEW_UNIT)
        roster.add(db(), login, asked, hashed(secret), by=by, once=True)
        return say("admin.added", language, login=login)

    if act(write, language):
        st.session_state[SECRET] = secret
        st.session_state[NEW] = st.session_state[NEW_NAME] = ""


def changing(language: str) -> None:
    """Choose an account, then what to do with it."""
    found = {a.login: a for a in roster.accounts(db())} if accounts_of(db()).exists() else {}
    if not found:
        return
    with st.expander(say("admin.change", language)):
        chosen = st.selectbox(
            say("admin.account", language),
            list(found),
            format_func=lambda login: found[login].person.signed if login in found else login,
            key=WHO,
        )
        fields(found[chosen], language)


def fields(account: Account, language: str) -> None:
    """Name, role, unit; below, what is done with one click."""
    keys = [f"vd-p-{what}:{account.login}" for what in ("name", "role", "unit")]
    with st.container(horizontal=True, key="vd-p-change"):
        st.text_input(say("admin.name", language), account.name, key=keys[0])
        role_field(language, keys[1], account.role)
        unit_field(language, keys[2], account.unit)
    with st.container(horizontal=True, key="vd-p-buttons"):
        st.button(
            say("admin.save", language),
            key="vd-p-save",
            type="primary",
            on_click=lambda: save(account.login, keys, language),
        )
        button("reset", lambda: reset(account.login, language), language)
        button("unlock", lambda: one(account.login, "unlock", language), language)
        switch = "enable" if account.disabled else "disable"
        button(switch, lambda: one(account.login, switch, language), language)


def button(what: str, do: object, language: str) -> None:
    """One of the quiet buttons."""
    st.button(say(f"admin.{what}", language), key=f"vd-p-{what}", on_click=do)  # type: ignore[arg-type]


def save(login: str, keys: list[str], language: str) -> None:
    """Another name, role or unit."""

    def write(by: str) -> str:
        roster.change(db(), login, wanted(*keys), by=by)
        return say("admin.saved", language, login=login)

    act(write, language)


def reset(login: str, language: str) -> None:
    """A one-time password instead of the one there is; every session of the account ends."""
    secret = one_time()

    def write(by: str) -> str:
        roster.set_password(db(), login, hashed(secret), by=by, once=True)
        return say("admin.did.reset", language, login=login)

    if act(write, language):
        st.session_state[SECRET] = secret


def one(login: str, what: str, language: str) -> None:
    """Unlock, disable or enable."""
    change = {"unlock": roster.unlock, "disable": roster.disable, "enable": roster.enable}[what]

    def write(by: str) -> str:
        change(db(), login, by=by)
        return say(f"admin.did.{what}", language, login=login)

    act(write, language)
