"""Who is behind a request: looked up on the server for every one of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from etl.accounts.keys import account_of_key
from etl.accounts.mode import Mode, is_local, mode_of
from etl.accounts.roster import Account
from etl.accounts.sessions import find
from etl.web import place_of
from indicators.people import OPEN, VISITOR, Act, Person
from pages.parts.gate.cookies import token_of

VISIT = "vandan.visit"
INTERFACE = "/api/v1"
# Headers that say who somebody is or where he comes from. What a trusted proxy says has been taken
# over by the server already (`--proxy`); whoever else sends one is lying.
FORGEABLE = (
    "x-forwarded",
    "forwarded",
    "x-real",
    "x-auth",
    "x-user",
    "x-remote",
    "remote-",
    "x-client",
)


@dataclass(frozen=True)
class Visit:
    """Somebody's request. ``person`` None: nobody we know, who may do nothing."""

    mode: Mode
    person: Person | None
    account: Account | None
    token: str
    address: str
    secure: bool

    def may(self, act: Act) -> bool:
        """Whether this right is there."""
        return self.person is not None and self.person.may(act)

    @property
    def must_change(self) -> bool:
        """Whether a one-time password must be changed first."""
        return self.account is not None and self.account.must_change


def visit_of(scope: Scope, environ: Mapping[str, str] = os.environ) -> Visit:
    """The visit behind a request of the server (`etl.accounts.mode.Closed`, `book.Unreadable`)."""
    db = place_of(environ).db
    mode = mode_of(environ, db)
    asked = HTTPConnection(scope)
    secure = scope["scheme"] in {"https", "wss"}
    address = asked.client.host if asked.client else ""
    if mode is Mode.OPEN:
        person = OPEN if is_own_machine(scope) else None
        return Visit(mode, person, None, "", address, secure)
    token = token_of(asked.cookies, secure=secure)
    account = find(db, token) or account_of_key(db, key_in(scope))
    person = account.person if account else VISITOR if mode is Mode.PUBLIC else None
    return Visit(mode, person, account, token, address, secure)


def key_in(scope: Scope) -> str:
    """The key that another system sends, to read the interface and nothing else; "" without one."""
    if scope["type"] != "http" or not scope["path"].startswith(INTERFACE):
        return ""
    kind, _, key = HTTPConnection(scope).headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" and scope["method"] in {"GET", "HEAD"} else ""


def parts_of(address: str) -> SplitResult:
    """The parts of an address that anybody may have written; none for what is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_own_machine(scope: Scope) -> bool:
    """Whether a request comes from this machine and is meant for it.

    A page elsewhere that has its name point here, or a proxy nobody told us of, brings another name.
    """
    asked = HTTPConnection(scope)
    name = parts_of(f"//{asked.headers.get('host', '')}").hostname or ""
    is_direct = not any(forged in asked.headers for forged in ("x-forwarded-for", "forwarded"))
    return is_local(name) and asked.client is not None and is_local(asked.client.host) and is_direct


def is_same_origin(scope: Scope, *, required: bool) -> bool:
    """Whether a browser sent this from a page of ours. ``required``: it must say where it is from."""
    asked = HTTPConnection(scope)
    origin = asked.headers.get("origin")
    if origin is None:
        return not required
    found = parts_of(origin)
    is_ours = found.netloc.lower() == asked.headers.get("host", "").lower() != ""
    return is_ours and (found.scheme == "https" or scope["scheme"] not in {"https", "wss"})


def without_forged(scope: Scope) -> Scope:
    """The same request without headers by which somebody may say he is somebody else."""
    kept = [(k, v) for k, v in scope["headers"] if not k.decode("latin-1").startswith(FORGEABLE)]
    return {**scope, "headers": kept}
