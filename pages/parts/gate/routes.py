"""The routes of the gate: logging in and out, another password."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from etl.accounts import login, roster, sessions
from etl.accounts.log import clean, note
from etl.accounts.mode import Mode
from etl.accounts.passwords import Busy, hashed, weakness
from etl.web import place_of
from pages.parts.gate import cookies, oidc
from pages.parts.gate.forms import (
    POLICY,
    Asked,
    language_of,
    login_page,
    logout_page,
    password_page,
    safe_path,
)
from pages.parts.gate.gate import LOGIN, LOGOUT, PASSWORD
from pages.parts.gate.visit import VISIT, Visit, is_same_origin

BODY_BYTES = 16 * 1024
BODY_SECONDS = 20  # a form is sent at once; who dribbles only holds the line


@dataclass(frozen=True)
class Sent:
    """A request of a form: who, and the fields, each once."""

    visit: Visit
    fields: Mapping[str, str]
    agent: str

    @property
    def wanted(self) -> str:
        """Where one wanted to go, inside this application."""
        return safe_path(self.fields.get("den", "/"))

    @property
    def language(self) -> str:
        """The language of the page."""
        return language_of(self.fields.get("lang", ""), self.wanted)

    def asked(self, form_token: str, problem: str = "") -> Asked:
        """What the page is drawn from."""
        return Asked(self.language, self.wanted, form_token, problem)


def routes() -> list[Route]:
    """The addresses of the gate."""
    return [
        Route(LOGIN, show_login, methods=["GET"]),
        Route(LOGIN, do_login, methods=["POST"]),
        Route(f"{LOGIN}/oidc", go_elsewhere, methods=["GET"]),
        Route(f"{LOGIN}/oidc/ve", come_back, methods=["GET"]),
        Route(LOGOUT, show_logout, methods=["GET"]),
        Route(LOGOUT, do_logout, methods=["POST"]),
        Route(PASSWORD, show_password, methods=["GET"]),
        Route(PASSWORD, do_password, methods=["POST"]),
    ]


def db() -> Path:
    """The warehouse whose accounts these are."""
    return place_of(os.environ).db


async def read(request: Request) -> Sent:
    """The request with its fields; 403 from another site."""
    visit: Visit = request.scope[VISIT]
    agent = request.headers.get("user-agent", "")
    if request.method != "POST":
        return Sent(visit, dict(request.query_params), agent)
    if not is_same_origin(request.scope, required=False):
        raise HTTPException(403)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await body_of(request)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Sent(visit, {name: values[0] for name, values in found.items()}, agent)


async def body_of(request: Request) -> bytes:
    """What was sent; 413 for more than any form of ours has."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES:
            raise HTTPException(413)
    return body


def html(text: str, status: int = 200) -> Response:
    """A page of the gate: kept nowhere, and with the strictest policy."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HTMLResponse(text, status, headers)


def away(to: str) -> Response:
    """On to another address, by GET."""
    return RedirectResponse(to, 303, {"Cache-Control": "no-store"})


async def show_login(request: Request) -> Response:
    """The form; whoever is logged in already goes on."""
    sent = await read(request)
    if sent.visit.mode is Mode.OPEN or sent.visit.account:
        return away(sent.wanted)
    return login_form(sent, problem=oidc.problem_of(sent.fields.get("loi", "")))


def login_form(sent: Sent, *, problem: str = "", written: str = "") -> Response:
    """The form with a fresh token, in it and in a cookie that other sites do not send."""
    token = secrets.token_urlsafe(24)
    text = login_page(sent.asked(token, problem), login=written, elsewhere=oidc.name(os.environ))
    response = html(text, 403 if problem else 200)
    cookies.keep_form(response, token, secure=sent.visit.secure)
    return response


async def do_login(request: Request) -> Response:
    """Look at login and password; a new session, or the form again with a sentence."""
    sent = await read(request)
    kept = request.cookies.get(cookies.name_of(cookies.FORM, secure=sent.visit.secure), "")
    if not kept or not same(kept, sent.fields.get("form", "")):
        return login_form(sent, problem="account.form.stale")
    written, password = sent.fields.get("login", ""), sent.fields.get("password", "")
    if not written.strip() or not password:
        return login_form(sent, problem="account.form.empty", written=written)
    found = await asyncio.to_thread(login.log_in, db(), written, password, sent.visit.address)
    if found.account is None:
        return login_form(sent, problem=found.problem, written=written)
    return await entered(sent, found.account)


async def entered(sent: Sent, account: roster.Account) -> Response:
    """A session of somebody who has shown who he is; any other of this browser ends."""
    token = await asyncio.to_thread(
        sessions.begin,
        db(),
        account.login,
        address=sent.visit.address,
        agent=sent.agent,
        instead_of=sent.visit.token,
    )
    response = away(PASSWORD if account.must_change else sent.wanted)
    cookies.keep_session(response, token, secure=sent.visit.secure)
    cookies.forget(response, cookies.FORM, secure=sent.visit.secure)
    return response


async def go_elsewhere(request: Request) -> Response:
    """To the login of the organisation, where there is one."""
    sent = await read(request)
    settings = oidc.settings_of(os.environ)
    if settings is None or sent.visit.mode is Mode.OPEN:
        raise HTTPException(404)
    try:
        there, state = await oidc.begin(settings, sent.wanted)
    except oidc.Failed as error:
        return not_recognised(sent, error)
    response = away(there)
    cookies.keep_state(response, state, secure=sent.visit.secure)
    return response


async def come_back(request: Request) -> Response:
    """From there: whoever it says, if he has an account here. It gives no rights of its own."""
    sent = await read(request)
    settings = oidc.settings_of(os.environ)
    if settings is None or sent.visit.mode is Mode.OPEN:
        raise HTTPException(404)
    kept = request.cookies.get(cookies.name_of(cookies.STATE, secure=sent.visit.secure), "")
    try:
        claimed, wanted = await oidc.finish(settings, dict(request.query_params), kept)
        account = await asyncio.to_thread(oidc.account_of, db(), claimed, sent.visit.address)
    except oidc.Failed as error:
        return not_recognised(sent, error)
    response = await entered(replace(sent, fields={"den": wanted}), account)
    cookies.forget(response, cookies.STATE, secure=sent.visit.secure)
    return response


def not_recognised(sent: Sent, error: oidc.Failed) -> Response:
    """Back to the form, which says why; what exactly went wrong is for the log of the server."""
    # What went wrong may quote the address, which anybody writes.
    logging.getLogger(__name__).warning("OIDC: %s", clean(str(error)))
    return away(f"{LOGIN}?loi={error.code}&lang={sent.language}")


async def show_logout(request: Request) -> Response:
    """The question; whoever is not logged in is out already."""
    sent = await read(request)
    if sent.visit.account is None:
        return away(LOGIN)
    asked = sent.asked(sessions.form_token(sent.visit.token))
    return html(logout_page(asked, sent.visit.account.person.name))


async def do_logout(request: Request) -> Response:
    """The session ends on the server: a copy of the cookie opens nothing any more."""
    sent = await read(request)
    if sent.visit.account is not None:
        if not carries_token(sent):
            raise HTTPException(403)
        await asyncio.to_thread(leave, sent.visit.account.login, sent.visit)
    response = away(f"{LOGIN}?lang={sent.language}")
    cookies.forget(response, cookies.SESSION, secure=sent.visit.secure)
    return response


def leave(name: str, visit: Visit) -> None:
    """End a session and write it down."""
    sessions.end(db(), visit.token)
    note(db(), name, "logout", "", visit.address)


async def show_password(request: Request) -> Response:
    """The form for another password."""
    return password_form(await read(request))


def password_form(sent: Sent, problem: str = "") -> Response:
    """The form, for who is logged in."""
    account = sent.visit.account
    if account is None:
        return away(LOGIN)
    asked = sent.asked(sessions.form_token(sent.visit.token), problem)
    text = password_page(asked, account.login, forced=account.must_change)
    return html(text, 403 if problem else 200)


async def do_password(request: Request) -> Response:
    """Another password; every other session of this account ends, this one gets a new token."""
    sent = await read(request)
    account = sent.visit.account
    if account is None:
        return away(LOGIN)
    if not carries_token(sent):
        raise HTTPException(403)
    problem = await asyncio.to_thread(changed, account, sent)
    if problem:
        return password_form(sent, problem)
    fresh = await asyncio.to_thread(roster.account, db(), account.login)
    return await entered(sent, fresh) if fresh else away(LOGIN)


def changed(account: roster.Account, sent: Sent) -> str:
    """Set the password; why not, as the key of a text. A guess of the old one is throttled too."""
    new = sent.fields.get("new", "")
    problem = weakness(new, account.login)
    if problem or new != sent.fields.get("again", ""):
        return problem or "account.password.differ"
    current = sent.fields.get("current", "")
    if current == new:
        return "account.password.same"
    address = sent.visit.address
    found = login.log_in(db(), account.login, current, address, noted="password.checked")
    if found.account is None:
        wrong = found.problem == "account.login.wrong"
        return "account.password.wrong" if wrong else found.problem
    try:
        roster.set_password(db(), account.login, hashed(new), by=account.login, once=False)
    except Busy:
        return "account.login.busy"
    return ""


def carries_token(sent: Sent) -> bool:
    """Whether a form was drawn for this very session."""
    return same(sessions.form_token(sent.visit.token), sent.fields.get("form", ""))


def same(left: str, right: str) -> bool:
    """Whether two texts are one, in a time that tells nothing."""
    return secrets.compare_digest(left.encode(), right.encode("utf-8", "replace"))
