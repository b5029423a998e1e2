"""The sessions that live, each with a button that ends it."""

from __future__ import annotations

import streamlit as st

from etl.accounts.sessions import Session, revoke, sessions
from etl.context import VIETNAM
from etl.store.places import accounts_of
from indicators.text import say
from pages.parts.admin.accounts import MOMENT
from pages.parts.admin.act import act, db
from pages.parts.html import e

SHOWN = 50
BROWSERS = ("Edg", "OPR", "CocCoc", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera", "CocCoc": "Cốc Cốc"}
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")


def live_sessions(language: str) -> None:
    """The last used first."""
    found = sessions(db()) if accounts_of(db()).exists() else []
    title = say("admin.sessions", language, count=len(found))
    st.html(f'<div class="vd-own"><h2 class="vd-chart">{e(title)}</h2></div>')
    if not found:
        text = e(say("admin.no_sessions", language))
        st.html(f'<div class="vd-own"><p class="vd-quiet">{text}</p></div>')
    for session in found[:SHOWN]:
        one(session, language)


def one(session: Session, language: str) -> None:
    """Who, from where, with what, since when; and the button."""
    begun, seen = (f"{at.astimezone(VIETNAM):{MOMENT}}" for at in (session.begun, session.seen))
    about = say("admin.session", language, begun=begun, seen=seen)
    where = " · ".join(filter(None, (session.address, browser_of(session.agent))))
    with st.container(horizontal=True, vertical_alignment="center", key=f"vd-p-live-{session.id}"):
        st.html(
            f'<div class="vd-own vd-live"><b>{e(session.login)}</b> <span>{e(where)}</span>'
            f"<small>{e(about)}</small></div>"
        )
        st.button(
            say("admin.end", language),
            key=f"vd-p-end-{session.id}",
            on_click=lambda: end(session, language),
        )


def browser_of(agent: str) -> str:
    """The browser and the system in two words; "" for what we do not know."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " ".join(filter(None, (NAMES.get(browser, browser), system)))


def end(session: Session, language: str) -> None:
    """End it: the next thing that tab asks for is the login."""

    def write(by: str) -> str:
        revoke(db(), session=session.id, by=by)
        return say("admin.ended", language, login=session.login)

    act(write, language)
