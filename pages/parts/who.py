"""Who is at the screen, at the foot of the menu; what somebody sees who may not be here."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import streamlit as st

from etl.context import opened
from indicators.people import Person, Role
from indicators.text import say
from pages.parts.gate.gate import LOGIN, LOGOUT, PASSWORD
from pages.parts.html import e
from pages.parts.links import Page
from pages.parts.person import logout_token

LEAVE = st.components.v2.component(
    "vandan.leave",
    html="<i hidden></i>",
    js="export default ({ data }) => location.replace(data.to + encodeURIComponent("
    "location.pathname + location.search));",
)


def who(person: Person, language: str, *, here: str) -> str:
    """The name with what one can do about it; without a session the way to one."""
    back = quote(here, safe="")
    if person.role is Role.PUBLIC:
        text = e(say("account.enter", language))
        return f'<a class="vd-enter" href="{LOGIN}?den={back}">{text}</a>'
    role = say(f"role.{person.role}", language)
    about = " · ".join(filter(None, (role, unit_name(person.unit))))
    # On a telephone the first letter of the given name, which stands last, has to do.
    name = f'<i aria-hidden="true">{e(person.name.split()[-1][:1].upper())}</i>'
    name += f"<span>{e(person.name)}</span>"
    change = e(say("account.change_password", language))
    link = f'<a class="vd-option" href="{PASSWORD}?lang={language}&amp;den={back}">{change}</a>'
    return (
        f'<details class="vd-options vd-account"><summary aria-label="'
        f'{e(say("account.label", language))}: {e(person.name)}">{name}</summary>'
        f"<div><p>{e(about)}</p>{link}{leave_form(language)}</div></details>"
    )


def open_notice(language: str) -> str:
    """That there are no accounts, in sight on every page."""
    return f'<p class="vd-open">{e(say("account.open", language))}</p>'


def unit_name(unit: str) -> str:
    """What a unit is called now, its id where the registry no longer has it; "" for none."""
    found = opened().deployment.units.latest_names.get(unit)
    return found.name if found else unit


def leave_form(language: str) -> str:
    """Logging out is a form with what only this session knows: no other site can send it."""
    text = e(say("account.leave", language))
    return (
        f'<form method="post" action="{LOGOUT}"><input type="hidden" name="form" '
        f'value="{e(logout_token())}"><input type="hidden" name="lang" value="{language}">'
        f"<button>{text}</button></form>"
    )


def to_login(language: str) -> None:
    """The session is over: to the login, which comes back to this very view."""
    st.set_page_config(page_title="Vạn Dân")
    query = dict(st.query_params)
    back = f"/?{urlencode(query)}" if query else "/"
    text, enter = e(say("account.over", language)), e(say("account.enter", language))
    # For who has no scripts between here and there; everybody else is taken along below.
    st.html(f'<p>{text} <a href="{LOGIN}?den={quote(back, safe="")}">{enter}</a></p>')
    LEAVE(key="leave", data={"to": f"{LOGIN}?lang={language}&den="})


def not_for_you(page: Page, language: str) -> str:
    """A page that this account does not open, who it is for, and the way on."""
    title = say("account.page.title", language, page=page.title(language))
    why = say("account.page.why", language, right=say(f"right.{page.act}", language))
    back = e(say("account.page.back", language))
    return (
        f'<section class="vd-card vd-closed"><h1>{e(title)}</h1><p>{e(why)}</p>'
        f'<p><a class="vd-chip" href="/">{back}</a></p></section>'
    )
