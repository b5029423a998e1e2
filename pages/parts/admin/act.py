"""Acts of administration: each checks the right again, says what came of it, and signs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from etl.accounts.passwords import Busy
from etl.accounts.roster import CannotKeep
from etl.web import place_of
from indicators.people import Act
from indicators.text import say
from pages.parts.html import as_written, e
from pages.parts.person import may, signature

DONE, DENIED, SECRET = "vd-admin-done", "vd-admin-denied", "vd-admin-secret"
UNSIGNED = "127.0.0.1"  # open: whoever sits at this machine


def db() -> Path:
    """The warehouse whose accounts these are."""
    return place_of(os.environ).db


def act(write: Callable[[str], str], language: str) -> bool:
    """Do something by its signer; what it returns is told on the next run. Whether it was done."""
    if not may(Act.MANAGE):
        st.session_state[DENIED] = say("account.act.no_right", language)
        return False
    try:
        st.session_state[DONE] = write(signature() or UNSIGNED)
    except CannotKeep as refusal:
        st.session_state[DENIED] = say(refusal.key, language)
        return False
    except Busy:
        st.session_state[DENIED] = say("account.login.busy", language)
        return False
    return True


def told(language: str) -> None:
    """What the last act came to; a one-time password is shown this once and kept nowhere."""
    denied, done = st.session_state.pop(DENIED, ""), st.session_state.pop(DONE, "")
    secret = st.session_state.pop(SECRET, "")
    if denied:
        st.error(as_written(denied))
    if not done:
        return
    shown = ""
    if secret:
        once = e(say("admin.once", language))
        shown = f'<p class="vd-once"><code>{e(secret)}</code></p><p class="vd-quiet">{once}</p>'
    st.html(
        f'<div class="vd-own"><section class="vd-card vd-done" role="status"><p>{e(done)}</p>'
        f"{shown}</section></div>"
    )
