"""The cookies of the gate: the session, and what a form of somebody unknown is bound to."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from etl.accounts.sessions import LONGEST

# A name with __Host- is taken by browsers from this host over https only: no neighbour can set it.
SESSION, FORM, STATE = "vd_phien", "vd_bieu", "vd_di"
STATE_SECONDS = 600
HARDENED = "__Host-"


def name_of(cookie: str, *, secure: bool) -> str:
    """What a cookie is called over https, and without it."""
    return f"{HARDENED}{cookie}" if secure else cookie


def token_of(cookies: Mapping[str, str], *, secure: bool) -> str:
    """The token of the session that a browser sent, "" where it sent none."""
    return cookies.get(name_of(SESSION, secure=secure), "")


def any_token(cookies: Mapping[str, str]) -> str:
    """The same where it is not known how the browser came: inside a run of a page."""
    return token_of(cookies, secure=True) or token_of(cookies, secure=False)


def keep_session(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser its session; scripts cannot read it, other sites cannot send forms with it."""
    response.set_cookie(
        name_of(SESSION, secure=secure),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def keep_form(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser what its login form must carry too."""
    response.set_cookie(
        name_of(FORM, secure=secure),
        token,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def keep_state(response: Response, state: str, *, secure: bool) -> None:
    """Bind the way to another login and back to this browser; it comes back from another site."""
    response.set_cookie(
        name_of(STATE, secure=secure),
        state,
        max_age=STATE_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, cookie: str, *, secure: bool) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        name_of(cookie, secure=secure), path="/", secure=secure, httponly=True, samesite="lax"
    )
