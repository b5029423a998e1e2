"""The owner file: who holds the database, found again only while it is true."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from etl import owner as owners
from etl import web
from etl.owner import OwnerError, announce, call, file_of, find_owner, hash_of, withdraw


class Desk(BaseHTTPRequestHandler):
    """A stand-in for the server: /healthz and /api/command, answers set by the test."""

    health: object = {}
    status = 200
    seen: dict[str, object] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        self.reply(self.health)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen = {"token": self.headers[owners.TOKEN_HEADER], **json.loads(body)}
        self.reply({"exit_code": 0, "document": {"ok": True}})

    def reply(self, document: object) -> None:
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_words: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def desk() -> Iterator[tuple[type[Desk], int]]:
    class Mine(Desk):
        pass

    with HTTPServer(("127.0.0.1", 0), Mine) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Mine, server.server_port
        server.shutdown()
        thread.join()


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_without_a_file_nobody_owns_the_database(tmp_path: Path) -> None:
    assert find_owner(tmp_path / "a.duckdb") is None


# Windows knows no modes, its folder's rights hold; and says of no process whether it is alive.
posix = pytest.mark.skipif(os.name == "nt", reason="not on Windows")


@posix
def test_the_owner_file_is_for_this_account_only(tmp_path: Path) -> None:
    db = tmp_path / "new" / "a.duckdb"
    owner = announce(db, 8501)
    assert stat.S_IMODE(file_of(db).stat().st_mode) == 0o600
    assert owner.url == "http://127.0.0.1:8501" and owner.pid == os.getpid()
    assert announce(db, 8501).token != owner.token


def test_a_live_server_with_the_same_database_is_found(
    tmp_path: Path, desk: tuple[type[Desk], int]
) -> None:
    db, (handler, port) = tmp_path / "a.duckdb", desk
    owner = announce(db, port)
    handler.health = {"ok": True, "database": hash_of(db)}
    assert find_owner(db) == owner


@pytest.mark.parametrize("health", [{"ok": True}, {"database": "another"}, ["not", "ours"]])
def test_a_server_that_does_not_know_the_database_is_not_the_owner(
    tmp_path: Path, desk: tuple[type[Desk], int], health: object
) -> None:
    db, (handler, port) = tmp_path / "a.duckdb", desk
    announce(db, port)
    handler.health = health
    assert find_owner(db) is None


@posix
def test_the_file_of_a_dead_process_is_ignored_and_removed(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    stale = {"url": "http://127.0.0.1:1", "token": "t", "pid": dead_pid()}
    file_of(db).write_text(json.dumps(stale), "utf-8")
    assert find_owner(db) is None
    assert not file_of(db).exists()


def test_a_silent_owner_is_not_an_owner_but_keeps_its_file(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    announce(db, 1)
    assert find_owner(db) is None
    # It may be starting: only a dead process proves the file stale.
    assert file_of(db).exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"url": 1, "token": 2, "pid": "x"}'])
def test_a_damaged_file_is_no_owner(tmp_path: Path, text: str) -> None:
    db = tmp_path / "a.duckdb"
    file_of(db).write_text(text, "utf-8")
    assert find_owner(db) is None


def test_withdrawing_leaves_the_file_of_a_successor(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    first = announce(db, 1)
    second = announce(db, 2)
    withdraw(db, first)
    assert file_of(db).exists()
    withdraw(db, second)
    assert not file_of(db).exists()


def test_the_file_goes_when_the_process_ends(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    code = (
        f"from pathlib import Path; from etl.owner import announce; announce(Path({str(db)!r}), 1)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=web.ROOT, check=True)
    assert not file_of(db).exists()


@posix
def test_a_process_of_another_account_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(owners.os, "kill", forbid)
    assert owners.is_alive(1)


def test_a_process_that_ended_is_not_alive() -> None:
    assert owners.is_alive(os.getpid())
    assert not owners.is_alive(dead_pid())


def test_a_command_carries_its_files_and_the_token(
    tmp_path: Path, desk: tuple[type[Desk], int]
) -> None:
    handler, port = desk
    owner = announce(tmp_path / "a.duckdb", port)
    answer = call(owner, "load", {"period": "2021-Q3"}, {"tệp.csv": b"\x00\xff"})
    assert answer == {"exit_code": 0, "document": {"ok": True}}
    files = {"tệp.csv": base64.b64encode(b"\x00\xff").decode()}
    arguments = {"period": "2021-Q3"}
    expected = {"command": "load", "arguments": arguments, "files": files, "token": owner.token}
    assert handler.seen == expected


def test_a_refusal_and_a_silent_server_are_sentences(
    tmp_path: Path, desk: tuple[type[Desk], int]
) -> None:
    handler, port = desk
    handler.status = 403
    with pytest.raises(OwnerError, match="HTTP 403"):
        call(announce(tmp_path / "a.duckdb", port), "load", {}, {})
    with pytest.raises(OwnerError, match="Không gọi được"):
        call(announce(tmp_path / "b.duckdb", 1), "load", {}, {})


def test_no_proxy_ever_sees_the_token(
    tmp_path: Path, desk: tuple[type[Desk], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert call(announce(tmp_path / "a.duckdb", desk[1]), "verify", {}, {})["exit_code"] == 0
