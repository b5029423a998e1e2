"""Accounts, passwords, sessions, throttled logins and their log, each in a file of its own."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

import pytest

from etl.accounts import book, login, passwords, roster, sessions
from etl.accounts.log import access_entries, note
from etl.accounts.mode import Closed, Mode, check_start, is_local, mode_of
from etl.accounts.roster import CannotKeep, Wanted
from etl.store.places import accounts_of
from indicators.people import Role

PASSWORD = "con trau an co ngoai dong"
KEPT = passwords.hashed(PASSWORD)
ADMIN = Wanted("Nguyễn Thị Quản", Role.ADMIN)
ANALYST = Wanted("Trần Thị Hoa", Role.ANALYST, "xa")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A place for a warehouse with one administrator."""
    path = tmp_path / "x.duckdb"
    roster.add(path, "quantri", ADMIN, KEPT, by="thử", once=False)
    return path


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """The clock of sessions and logins goes forward (or back)."""
    for module in (sessions, login, roster):
        monkeypatch.setattr(module, "now", lambda: book.now() + by)


def test_the_file_is_private_and_holds_neither_password_nor_token(db: Path) -> None:
    token = sessions.begin(db, "quantri", address="10.0.0.1", agent="x")
    for file in db.parent.glob("x.duckdb.accounts*"):
        if os.name != "nt":  # there the rights of the folder hold
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        content = file.read_bytes()
        assert PASSWORD.encode() not in content and token.encode() not in content


def test_events_and_log_can_only_be_added_to(db: Path) -> None:
    for table in ("account_event", "access"):
        for act in (f"delete from {table}", f"update {table} set actor = 'x'"):
            with sqlite3.connect(accounts_of(db)) as con, pytest.raises(sqlite3.IntegrityError):
                con.execute(act)
            con.close()


def test_looking_for_accounts_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    assert not roster.has_accounts(path) and sessions.find(path, "x") is None
    assert access_entries(path) == [] and list(tmp_path.iterdir()) == []


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    accounts_of(path).write_bytes(b"rubbish " * 200)
    with pytest.raises(book.Unreadable, match="tài khoản"):
        roster.accounts(path)


@pytest.mark.parametrize("name", ["", "a", "Quan Tri", "../x", "a" * 65, "<b>", "x'; drop", "ộ"])
def test_what_is_no_login_is_refused(db: Path, name: str) -> None:
    with pytest.raises(CannotKeep) as refused:
        roster.add(db, name, ADMIN, "", by="thử", once=False)
    assert refused.value.key == "account.refused.login"


@pytest.mark.parametrize(
    ("name", "wanted", "key"),
    [
        ("quantri", ADMIN, "taken"),
        ("hoa", Wanted("Hoa", Role.ANALYST), "analyst_unit"),
        ("hoa", Wanted("Hoa", Role.PUBLIC), "role"),
        ("hoa", Wanted("H\noa", Role.LEADER), "name"),
        ("hoa", Wanted("H" * 81, Role.LEADER), "name"),
    ],
)
def test_an_account_that_may_not_be(db: Path, name: str, wanted: Wanted, key: str) -> None:
    with pytest.raises(CannotKeep) as refused:
        roster.add(db, name, wanted, "", by="thử", once=False)
    assert refused.value.key == f"account.refused.{key}"


def test_the_first_account_is_an_administrator_and_the_last_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    with pytest.raises(CannotKeep, match="first_admin"):
        roster.add(path, "hoa", ANALYST, "", by="thử", once=False)
    roster.add(path, "quantri", ADMIN, "", by="thử", once=False)
    with pytest.raises(CannotKeep, match="last_admin"):
        roster.disable(path, "quantri", by="thử")
    with pytest.raises(CannotKeep, match="last_admin"):
        roster.change(path, "quantri", Wanted("x", Role.LEADER), by="thử")
    assert [a.role for a in roster.accounts(path)] == [Role.ADMIN]


def test_an_account_is_what_its_events_come_to(db: Path) -> None:
    roster.add(db, "hoa", ANALYST, "h", by="quantri", once=True)
    roster.change(db, "hoa", Wanted("Hoa", Role.APPROVER), by="quantri")
    roster.set_password(db, "hoa", "h2", by="hoa", once=False)
    roster.disable(db, "hoa", by="quantri")
    found = roster.account(db, "hoa")
    assert found and (found.name, found.role, found.unit) == ("Hoa", Role.APPROVER, "")
    assert (found.password, found.must_change, found.disabled) == ("h2", False, True)
    roster.enable(db, "hoa", by="quantri")
    again = roster.account(db, "hoa")
    assert again and not again.disabled
    told = [(e.actor, e.action) for e in access_entries(db)][1:]
    acts = ("added", "changed", "password", "disabled", "enabled")
    assert told == [(("hoa" if a == "password" else "quantri"), f"account.{a}") for a in acts]
    assert not any("h2" in e.detail for e in access_entries(db))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("muoi mot ky", "short"),
        ("x" * 257, "long"),
        ("aaaaaaaaaaaaaaa", "common"),
        ("MatKhau12345", "common"),
        ("tranthihoa2021", "login"),
        (PASSWORD, ""),
        ("mật khẩu của tôi dài", ""),
    ],
)
def test_what_a_password_must_be_like(password: str, why: str) -> None:
    found = passwords.weakness(password, "tranthihoa")
    assert found == (f"account.password.{why}" if why else "")


def test_a_password_matches_itself_alone_and_nobody_has_the_empty_hash() -> None:
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$") and kept != passwords.hashed(PASSWORD)
    assert passwords.matches(kept, PASSWORD) and not passwords.matches(kept, PASSWORD + " ")
    assert not passwords.matches("", PASSWORD) and not passwords.matches("", "")
    assert len({passwords.one_time() for _ in range(50)}) == 50
    assert passwords.weakness(passwords.one_time(), "hoa") == ""


class Counting:
    """Stands in for argon2 and counts how many look at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = Lock()

    def verify(self, kept: str, password: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        return True


def test_no_more_passwords_are_looked_at_at_once_than_there_are_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", counting)
    with ThreadPoolExecutor(40) as pool:
        found = [pool.submit(passwords.matches, "x", PASSWORD) for _ in range(40)]
        errors = [f.exception() for f in found]
    assert counting.most == passwords.AT_ONCE
    busy = [e for e in errors if e is not None]
    assert busy and all(isinstance(e, passwords.Busy) for e in busy)
    assert errors.count(None) >= passwords.WAITING
    # Everybody gave the place back.
    assert passwords.matches("x", PASSWORD)


def test_a_session_is_found_by_its_token_until_it_ends(db: Path) -> None:
    token = sessions.begin(db, "quantri", address="10.0.0.1", agent="x")
    other = sessions.begin(db, "quantri", address="10.0.0.2", agent="y")
    found = sessions.find(db, token)
    assert found and found.login == "quantri"
    assert sessions.find(db, token[:-1]) is None and sessions.find(db, "") is None
    sessions.end(db, token)
    assert sessions.find(db, token) is None and sessions.find(db, other) is not None
    assert sessions.revoke(db, login="nobody", by="x") == 0
    assert sessions.revoke(db, by="x") == 1 and sessions.find(db, other) is None


def test_logging_in_again_ends_the_session_one_had(db: Path) -> None:
    token = sessions.begin(db, "quantri", address="", agent="")
    sessions.begin(db, "quantri", address="", agent="", instead_of=token)
    assert sessions.find(db, token) is None and len(sessions.sessions(db)) == 1


@pytest.mark.parametrize("act", ["disable", "password"])
def test_who_is_disabled_or_gets_another_password_is_out(db: Path, act: str) -> None:
    roster.add(db, "hoa", ANALYST, "h", by="x", once=False)
    token = sessions.begin(db, "hoa", address="", agent="")
    if act == "disable":
        roster.disable(db, "hoa", by="x")
    else:
        roster.set_password(db, "hoa", "h2", by="x", once=True)
    assert sessions.find(db, token) is None


@pytest.mark.parametrize(
    ("steps", "lives"),
    [([59], True), ([61], False), ([50] * 14, True), ([50] * 15, False), ([-5], False)],
    ids=["used lately", "idle", "twelve hours", "too long", "clock back"],
)
def test_a_session_ends_by_itself(
    db: Path, monkeypatch: pytest.MonkeyPatch, steps: list[int], lives: bool
) -> None:
    token, passed = sessions.begin(db, "quantri", address="", agent=""), 0
    found = None
    for minutes in steps:
        passed += minutes
        later(monkeypatch, timedelta(minutes=passed))
        found = sessions.find(db, token)
    assert (found is not None) is lives
    assert bool(sessions.sessions(db)) is lives


def test_a_wrong_password_and_a_login_nobody_has_answer_alike(db: Path) -> None:
    wrong = login.log_in(db, "quantri", "không phải", "10.0.0.1")
    nobody = login.log_in(db, "nobody", "không phải", "10.0.0.1")
    assert wrong == nobody and wrong.problem == "account.login.wrong"
    right = login.log_in(db, " QuanTri ", PASSWORD, "10.0.0.1")
    assert right.account and right.account.login == "quantri"


@pytest.mark.parametrize("name", ["quantri", "nobody"])
def test_after_five_wrong_ones_a_login_is_locked_whoever_has_it(
    db: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(login, "matches", lambda kept, password: bool(kept) and password == "đúng")
    answers = [login.log_in(db, name, "sai", f"10.0.0.{n}").problem for n in range(7)]
    assert answers == ["account.login.wrong"] * 5 + ["account.login.locked"] * 2
    assert login.log_in(db, name, "đúng", "10.9.9.9").problem == "account.login.locked"
    told = [e.action for e in access_entries(db)]
    assert told.count("login.failed") == 5 and told.count("login.locked") == 1


def test_a_lock_ends_with_time_or_by_the_administrator(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "matches", lambda kept, password: password == "đúng")
    for _ in range(5):
        login.log_in(db, "quantri", "sai", "10.0.0.1")
    assert login.is_locked(db, "quantri")
    roster.unlock(db, "quantri", by="x")
    assert login.log_in(db, "quantri", "đúng", "10.0.0.1").account
    for _ in range(5):
        login.log_in(db, "quantri", "sai", "10.0.0.1")
    assert login.is_locked(db, "quantri")
    later(monkeypatch, timedelta(minutes=16))
    assert not login.is_locked(db, "quantri")


def test_one_address_cannot_try_many_logins(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "matches", lambda kept, password: False)
    answers = [login.log_in(db, f"ten{n}", "sai", "10.0.0.1").problem for n in range(45)]
    assert answers.count("account.login.locked") == 45 - login.PER_ADDRESS
    assert login.log_in(db, "ten99", "sai", "10.0.0.2").problem == "account.login.wrong"


def test_a_hundred_guesses_in_the_same_moment_are_five(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(login, "matches", lambda kept, password: bool(looked.append(password)))
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: login.log_in(db, "quantri", f"sai{n}", "10.0.0.1"), range(100)))
    assert len(looked) == login.PER_LOGIN


def test_nobody_writes_a_second_line_into_the_log(db: Path) -> None:
    login.log_in(db, "x\nquantri login\x1b[31m", "sai", "10.0.0.1")
    note(db, "", "refused", "/a\r\nb" + "c" * 1000, "10.0.0.1")
    for entry in access_entries(db):
        assert entry.detail.isprintable() and len(entry.detail) <= 300


def test_the_log_up_to_a_moment(db: Path) -> None:
    first = access_entries(db)
    note(db, "quantri", "download", "/tai-ve/x", "10.0.0.1")
    assert access_entries(db, first[-1].at) == first
    assert [e.action for e in access_entries(db)] == ["account.added", "download"]
    assert all(isinstance(e.at, datetime) and e.at.tzinfo for e in access_entries(db))


@pytest.mark.parametrize(
    ("said", "has", "host", "proxy", "mode"),
    [
        ("", False, "127.0.0.1", "", Mode.OPEN),
        ("", False, "::1", "", Mode.OPEN),
        ("", False, "0.0.0.0", "", None),
        ("", False, "10.1.2.3", "", None),
        ("", False, "127.0.0.1", "127.0.0.1", None),
        ("open", True, "127.0.0.1", "", Mode.OPEN),
        ("open", True, "0.0.0.0", "", None),
        ("", True, "0.0.0.0", "", Mode.ACCOUNTS),
        ("accounts", False, "127.0.0.1", "", None),
        ("public", False, "127.0.0.1", "", None),
        ("public", True, "0.0.0.0", "", Mode.PUBLIC),
        ("everybody", True, "127.0.0.1", "", None),
    ],
)
def test_the_server_never_starts_open_to_others(
    tmp_path: Path, said: str, has: bool, host: str, proxy: str, mode: Mode | None
) -> None:
    path = tmp_path / "x.duckdb"
    if has:
        roster.add(path, "quantri", ADMIN, "", by="x", once=False)
    environ = {"VANDAN_ACCESS": said, "VANDAN_PROXY": proxy}
    if mode is None:
        with pytest.raises(Closed):
            check_start(environ, path, host)
    else:
        assert check_start(environ, path, host) is mode is mode_of(environ, path)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "evil.example", "127.0.0.1.evil", "10.0.0.1"]
)
def test_what_is_not_this_machine(host: str) -> None:
    assert not is_local(host)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York"])
def test_the_log_as_known_on_a_moment_knows_no_zone_of_the_machine(
    db: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        note(db, "lan", "login")
        at = access_entries(db)[-1].at.astimezone(UTC).replace(tzinfo=None)
        assert access_entries(db, at)[-1].actor == "lan"
        assert not access_entries(db, at - timedelta(hours=1))
        assert not access_entries(db, datetime(1, 1, 1))
    finally:
        monkeypatch.undo()
        time.tzset()
