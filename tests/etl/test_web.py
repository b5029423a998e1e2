"""What the server does with files and the database, without the server."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

import etl
from etl import owner as owners
from etl import web


class Commands(SimpleNamespace):
    """Stand-in for `etl.commands` that remembers what it was asked."""

    def __init__(self, **answers: Any) -> None:
        super().__init__(asked=[], code=0, error=None, unfinished=False)
        vars(self).update(answers)

    def answer(self, command: str, arguments: object, files: object) -> dict[str, object]:
        self.asked.append((command, arguments, files))
        return {"exit_code": self.code, "document": {"error": "hỏng"} if self.code else None}

    def is_unfinished(self) -> bool:
        return self.unfinished

    def open_store(self) -> None:
        self.asked.append("open")
        if self.error:
            raise self.error

    def close_store(self) -> None:
        self.asked.append("close")

    def data_version(self) -> int:
        return 3


def stand_in(monkeypatch: pytest.MonkeyPatch, **answers: Any) -> Commands:
    commands = Commands(**answers)
    monkeypatch.setattr(etl, "commands", commands, raising=False)
    return commands


def place_in(folder: Path) -> web.Place:
    return web.Place(data=folder, db=folder / "run" / "a.duckdb")


def test_the_environment_names_the_deployment(tmp_path: Path) -> None:
    environ = {"VANDAN_DATA": str(tmp_path)}
    place = web.place_of(environ)
    assert place == web.Place(data=tmp_path, db=tmp_path / "run" / "vandan.duckdb")
    web.publish(place, environ)
    assert web.place_of(environ) == place
    assert web.place_of({}).db == web.ROOT / "data" / "run" / "vandan.duckdb"


def test_the_name_comes_from_the_deployment(tmp_path: Path) -> None:
    assert web.deployment_name(place_in(tmp_path)) == ""
    (tmp_path / "deployment.toml").write_text('name_vi = "Sở Y tế Thanh Hóa"', "utf-8")
    assert web.deployment_name(place_in(tmp_path)) == "Sở Y tế Thanh Hóa"
    (tmp_path / "deployment.toml").write_text("name_vi = ", "utf-8")
    assert web.deployment_name(place_in(tmp_path)) == ""


@pytest.mark.parametrize("demo", [True, False])
def test_an_absent_database_is_created_then_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    commands = stand_in(monkeypatch)
    web.hold(place_in(tmp_path), demo=demo)
    assert commands.asked == [("init", {"demo": demo}, {}), "open"]
    assert (tmp_path / "run").is_dir()


def test_a_present_database_is_only_opened_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands, place = stand_in(monkeypatch), place_in(tmp_path)
    place.db.parent.mkdir()
    place.db.touch()
    web.hold(place, demo=True)
    web.release()
    assert commands.asked == ["open", "close"] and web.data_version() == 3


def test_a_half_made_database_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands, place = stand_in(monkeypatch, unfinished=True), place_in(tmp_path)
    place.db.parent.mkdir()
    place.db.touch()
    web.hold(place, demo=True)
    assert commands.asked == [("init", {"demo": True}, {}), "open"]


def test_a_failing_start_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, code=1)
    with pytest.raises(web.Refused, match="hỏng"):
        web.hold(place_in(tmp_path), demo=True)


def test_of_many_faults_the_first_is_named() -> None:
    fault = {"file": "plans/a.toml", "key": "x", "message": "thiếu tên"}
    reason = web.reason_of({"ok": False, "errors": [fault, fault]})
    assert reason.startswith("plans/a.toml · x: thiếu tên (2 lỗi")


def test_a_locked_database_is_a_refusal_of_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, error=duckdb.IOException("Could not set lock\nSee also"))
    with pytest.raises(web.Refused) as refusal:
        web.hold(place_in(tmp_path), demo=True)
    assert "Could not set lock" in str(refusal.value) and "\n" not in str(refusal.value)


def test_a_second_server_is_refused_and_the_first_is_not() -> None:
    first = owners.Owner(url="http://127.0.0.1:8501", token="t", pid=os.getpid())
    web.refuse_second(Path("a.duckdb"), None)
    web.refuse_second(Path("a.duckdb"), first)
    with pytest.raises(web.Refused, match="8501"):
        web.refuse_second(Path("a.duckdb"), owners.Owner(first.url, "t", os.getpid() + 1))


def test_an_answer_unpacks_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = stand_in(monkeypatch)
    body = {"command": "load", "arguments": {"unit": "u"}, "files": {"a": "AP8="}}
    assert web.answer(json.dumps(body).encode()) == {"exit_code": 0, "document": None}
    assert commands.asked == [("load", {"unit": "u"}, {"a": b"\x00\xff"})]


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"files": 1}'])
def test_an_unreadable_request_is_refused(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    commands = stand_in(monkeypatch)
    with pytest.raises(web.Refused):
        web.answer(body)
    assert commands.asked == []
