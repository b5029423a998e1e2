"""A tab that stays open, or a key, while its account is not what it was any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.accounts import passwords, roster, sessions
from etl.accounts.keys import make_key
from etl.accounts.roster import Wanted
from indicators.people import Role
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
