"""`python -m etl account | sessions`: without the warehouse, passwords by standard input only."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl.accounts import roster, sessions
from etl.accounts.options import NotRead, password_asked, read_password
from etl.accounts.passwords import matches
from etl.commands import answer
from etl.console import lines_of
from tests.cli import ROOT

PASSWORD = "con trau an co ngoai dong"
ADD = {"what": "add", "login": "QuanTri", "role": "admin", "password": PASSWORD, "by": "thử"}


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "x.duckdb"))
    return tmp_path / "x.duckdb"


def run(command: str = "account", code: int = 0, **arguments: Any) -> Any:
    done = answer(command, arguments, {})
    assert done["exit_code"] == code, done
    return done["document"]


def test_the_first_administrator_from_the_terminal(tmp_path: Path) -> None:
    db, password = tmp_path / "x.duckdb", "con trâu ăn cỏ ngoài đồng"
    command = [
        sys.executable,
        "-m",
        "etl",
        "account",
        "add",
        "quantri",
        "--role",
        "admin",
        "--db",
        str(db),
    ]
    # Windows gives a pipe the encoding of the system; a password is UTF-8 everywhere, as in a browser.
    asked = {"cwd": ROOT, "capture_output": True, "check": False}
    asked["env"] = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, input=f"{password}\n".encode(), **asked)
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 0 and "quantri" in said and password not in said
    found = roster.account(db, "quantri")
    assert found and matches(found.password, password) and not db.exists()
    unread = "mười hai chữ cái trở lên\n".encode("utf-16")
    for wrong, why in (("ngắn\n".encode(), "12 ký tự"), (unread, "không phải UTF-8")):
        again = subprocess.run(command, input=wrong, **asked)
        assert again.returncode == 2 and why in again.stdout.decode("utf-8")


def test_from_adding_to_disabling(db: Path) -> None:
    assert run(**ADD)["accounts"][0]["login"] == "quantri"
    once = run(what="add", login="hoa", role="analyst", unit="th-ttyt-nhu-thanh", one_time=True)
    assert once["accounts"][0]["state"] == "once" and len(once["one_time"]) == 17
    assert once["one_time"] in "\n".join(lines_of("account", once))
    assert run(what="role", login="hoa", role="leader", unit="")["accounts"][0]["role"] == "leader"
    assert run(what="disable", login="hoa")["accounts"][0]["state"] == "disabled"
    run(what="enable", login="hoa")
    run(what="unlock", login="hoa")
    run(what="password", login="hoa", password=PASSWORD)
    run(what="add", login="lan", role="leader", no_password=True)
    listed = run(what="list")["accounts"]
    assert [(a["login"], a["state"]) for a in listed] == [
        (n, "active") for n in ("hoa", "lan", "quantri")
    ]
    assert not any("argon2" in str(a) for a in listed)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ({"what": "add", "login": "a"}, 2, "--role"),
        ({"what": "add", "login": ""}, 2, "tên đăng nhập"),
        ({**ADD, "password": "ngắn"}, 2, "12 ký tự"),
        ({**ADD, "unit": "không-có"}, 2, "không-có"),
        ({**ADD, "role": "leader"}, 1, "đầu tiên"),
        ({"what": "disable", "login": "ai"}, 1, "Không có tài khoản"),
        ({"what": "role", "login": "ai", "role": "leader"}, 1, "Không có tài khoản"),
    ],
)
def test_what_is_refused_is_one_sentence(
    db: Path, arguments: dict[str, Any], code: int, sentence: str
) -> None:
    assert sentence in run(code=code, **arguments)["error"]


def test_sessions_are_listed_and_ended(db: Path) -> None:
    run(**ADD)
    token = sessions.begin(db, "quantri", address="10.0.0.1", agent="x")
    found = run("sessions", what="list")
    assert found["sessions"][0]["login"] == "quantri" and token not in str(found)
    assert "10.0.0.1" in "\n".join(lines_of("sessions", found))
    assert "--all" in run("sessions", code=2, what="revoke")["error"]
    assert run("sessions", what="revoke", login="quantri") == {"ok": True, "revoked": 1}
    assert sessions.find(db, token) is None and run("sessions", what="list")["sessions"] == []


def test_a_password_is_asked_for_only_where_one_is_needed() -> None:
    base = {"command": "account", "what": "add", "one_time": False, "no_password": False}
    assert password_asked(base) and password_asked({**base, "what": "password"})
    assert not password_asked({**base, "one_time": True}) and not password_asked(
        {**base, "what": "list"}
    )
    assert not password_asked({"command": "load"})
    assert read_password(io.StringIO("a b\r\nc\n")) == "a b"


def test_a_password_that_no_browser_could_send_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotRead, match="UTF-8"):
        read_password(io.TextIOWrapper(io.BytesIO(b"m\xe8o m\n"), "utf-8", "surrogateescape"))


def test_two_passwords_that_differ_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["con trâu", "con trau"])
    monkeypatch.setattr("getpass.getpass", lambda _asked: next(typed))
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    with pytest.raises(NotRead, match="không giống"):
        read_password(terminal)
