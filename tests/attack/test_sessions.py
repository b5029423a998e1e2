"""A tab that stays open, or a key, while its account is not what it was any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from etl.accounts import passwords, roster, sessions
from etl.accounts.keys import make_key
from etl.accounts.mode import Mode
from etl.accounts.roster import Wanted
from indicators.people import Role
from pages.parts.gate.routes import read
from pages.parts.gate.visit import VISIT, Visit
from pages.parts.headers import HEADERS, SecurityHeaders
from tests.attack.client import HTML, Guest
from tests.attack.conftest import PASSWORD

BY = "thử"
ENDINGS: dict[str, Callable[[Path, str], object]] = {
    "disabled": lambda db, login: roster.disable(db, login, by=BY),
    "password": lambda db, login: roster.set_password(
        db, login, passwords.hashed("một mật khẩu khác"), by=BY, once=True
    ),
    "revoked": lambda db, login: sessions.revoke(db, login=login, by=BY),
}


def somebody(db: Path, login: str, role: Role) -> None:
    """An account for one test."""
    wanted, kept = Wanted(login, role), passwords.hashed(PASSWORD)
    roster.add(db, login, wanted, kept, by=BY, once=False)


@pytest.mark.parametrize("how", ENDINGS)
def test_an_open_tab_shows_and_takes_nothing_once_its_session_is_over(
    site: str, guarded_db: Path, how: str
) -> None:
    login = f"tam-{how}"
    somebody(guarded_db, login, Role.APPROVER)
    own = Guest(site).logged_in(login, PASSWORD)
    key = {"authorization": f"Bearer {make_key(guarded_db, login, 'thử', by=BY)}"}
    tab = own.live()
    assert "vandan.links" in tab.run("phe-duyet") and own.get("/tai-ve/log.csv").status == 200
    ENDINGS[how](guarded_db, login)
    for page in ("", "phe-duyet", "nop-so-lieu"):
        drawn = tab.run(page)
        assert "vandan.leave" in drawn and "vandan.links" not in drawn
    assert own.get("/tai-ve/log.csv").status == 401 and own.refused_live() == 403
    assert own.ask("PUT", "/_stcore/upload_file/a/b", body=b"x").status == 401
    # A key belongs to the account, not to a session.
    status = 200 if how == "revoked" else 401
    assert Guest(site).get("/api/v1/plans", key).status == status
    tab.close()


def test_an_open_tab_has_the_rights_of_today(site: str, guarded_db: Path) -> None:
    somebody(guarded_db, "tam-ha", Role.APPROVER)
    own = Guest(site).logged_in("tam-ha", PASSWORD)
    tab = own.live()
    assert "file_uploader" in tab.run("nop-so-lieu")
    roster.change(guarded_db, "tam-ha", Wanted("Hạ", Role.LEADER), by=BY)
    drawn = tab.run("nop-so-lieu")
    assert "vd-closed" in drawn and "file_uploader" not in drawn
    assert own.get("/tai-ve/log.csv").status == 403
    assert own.ask("PUT", "/_stcore/upload_file/a/b", body=b"x").status == 403
    tab.close()


PRIVATE = (
    "/", "/chi-tieu", "/tai-ve/targets.csv", "/tai-ve/x.csv", "/tai-ve/lich.ics", "/api/v1/plans",
    "/api/v1/x", "/media/x.csv", "/_stcore/metrics", "/_stcore/host-config", "/metrics", "/healthz",
    "/dang-nhap", "/dang-xuat", "/doi-mat-khau", "/component/x",
)  # fmt: skip


@pytest.mark.parametrize("login", ["", "quantri"])
def test_nothing_private_is_kept_on_the_way(people: dict[str, Guest], login: str) -> None:
    for path in PRIVATE:
        kept = people[login].get(path, HTML).headers.get("cache-control", "")
        assert "no-store" in kept or "no-cache" in kept, path
        assert "public" not in kept, path


ODD: dict[str, tuple[str, str, dict[str, str]]] = {
    "where-to": ("GET", "/dang-nhap?den=http://%5Bx", {}),
    "where-to-host": ("GET", "/dang-nhap?den=//%5B::1", {}),
    "origin": ("POST", "/dang-nhap", {"Origin": "http://[::1"}),
    "host": ("GET", "/", {"Host": "[::1", "Accept": "text/html"}),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_no_address_is_a_refusal_and_no_failure(site: str, what: str) -> None:
    method, path, headers = ODD[what]
    assert Guest(site).ask(method, path, headers).status < 500


def test_a_failure_of_ours_has_the_headers_of_every_answer() -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError

    said: list[Message] = []

    async def keep(message: Message) -> None:
        said.append(message)

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(ValueError):
        asyncio.run(SecurityHeaders(fails)({"type": "http", "scheme": "http"}, nothing, keep))
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    assert said[0]["status"] == 500 and b"ValueError" not in said[1]["body"]
    assert {name.lower() for name in HEADERS} <= set(headers)
    assert headers["cache-control"] == "private, no-cache"


def test_a_browser_that_leaves_in_the_middle_of_a_form_is_no_failure() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    visit = Visit(Mode.ACCOUNTS, None, None, "", "127.0.0.1", False)
    scope = {"type": "http", "method": "POST", "headers": [], "query_string": b"", VISIT: visit}
    with pytest.raises(HTTPException) as refused:
        asyncio.run(read(Request(scope, gone)))
    assert refused.value.status_code == 400


def test_a_form_that_only_dribbles_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    monkeypatch.setattr("pages.parts.gate.routes.BODY_SECONDS", 0.05)
    visit = Visit(Mode.ACCOUNTS, None, None, "", "127.0.0.1", False)
    scope = {"type": "http", "method": "POST", "headers": [], "query_string": b"", VISIT: visit}
    with pytest.raises(HTTPException) as refused:
        asyncio.run(read(Request(scope, never)))
    assert refused.value.status_code == 408
