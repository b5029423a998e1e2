"""``tasks``, ``task`` and ``action``: what they answer, and what they refuse."""

from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.commands import answer
from etl.console import lines_of

TH = "thanh-hoa-2021"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    yield
    context.close()


def ask(command: str, code: int = 0, **arguments: Any) -> Any:
    found = answer(command, arguments, {})
    assert found["exit_code"] == code, found
    assert lines_of(command, found["document"])
    return found["document"]


def test_a_task_is_recorded_listed_and_taken_back() -> None:
    before = ask("tasks", plan=TH, state="overdue")
    first = before["tasks"][0]["id"]
    assert len(before["tasks"]) == before["counts"]["overdue"]
    said = {"plan": TH, "task": first, "state": "done", "done_on": "2021-01-10"}
    number = ask("task", **said, evidence="QĐ 1", by="Lan")["record"]["id"]
    after = ask("tasks", plan=TH)
    assert after["counts"]["overdue"] == before["counts"]["overdue"] - 1
    (row,) = [t for t in after["tasks"] if t["id"] == first]
    assert (
        after["counts"]["done_late"] == 1
        and row["record"]["evidence"] == "QĐ 1"
        and row["record"]["by"] == "Lan"
    )
    for day in ("2021-06-20", "20/06/2021"):
        earlier = ask("tasks", plan=TH, on=day)
        assert earlier["on"] == "2021-06-20" and earlier["counts"]["done_late"] == 0
    revoke = {"plan": TH, "task": first, "revoke": number}
    ask("task", 1, **revoke, by="Lan")
    ask("task", 2, plan=TH, task="other", revoke=number, reason="x", by="Lan")
    ask("task", **revoke, reason="nhầm", by="Lan")
    ask("task", 1, **revoke, reason="nhầm", by="Lan")
    assert ask("tasks", plan=TH)["counts"] == before["counts"]


def test_an_action_is_added_moved_and_listed() -> None:
    agreed = {"plan": TH, "target": "doctors", "text": "Tuyển", "owner": "TCCB", "by": "Lan"}
    number = ask("action", what="add", due="2021-12-15", **agreed)["action"]["id"]
    (row,) = ask("action", what="list", plan=TH)["actions"]
    assert row["days_late"] > 0 and row["indicator"] == "doctors_per_10k" and row["unit"] is None
    ask("action", 1, what="move", id=number, state="cancelled", by="Lan")
    ask("action", what="move", id=number, state="done", by="Lan")
    assert ask("action", what="list")["actions"][0]["days_late"] == 0
    assert ask("action", what="list", on="2021-06-20")["actions"] == []
    ask("action", 1, what="add", due="2021-12-15", **{**agreed, "target": "none"})


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("tasks", {"plan": "none"}),
        ("tasks", {"plan": TH, "state": "late"}),
        ("tasks", {"plan": TH, "on": "hôm qua"}),
        ("task", {"plan": TH, "task": "x"}),
        ("task", {"plan": TH, "task": "x", "state": "done", "done_on": "30/6", "by": "Lan"}),
        ("action", {"what": "burn"}),
        ("action", {"what": "add", "plan": TH, "target": "doctors"}),
        ("action", {"what": "move", "id": 9, "state": "done", "by": "Lan"}),
        ("action", {"what": "move", "id": 9, "state": "lost", "by": "Lan"}),
    ],
)
def test_misuse_is_one_sentence(command: str, arguments: dict[str, Any]) -> None:
    assert ask(command, 2, **arguments)["error"]


@pytest.mark.parametrize(
    ("command", "arguments", "files"),
    [
        ("action", {"what": "add", "plan": TH, "target": "doctors", "due": "2027-01-01"}, {}),
        ("action", {"what": "move", "id": 1, "state": "doing"}, {}),
        ("draft", {}, {"a.csv": b"unit,period,quantity,value\n"}),
        ("draft", {"drop": "ab"}, {}),
        ("own-text", {"what": "drop", "plan": TH, "period": "2021-Q3"}, {}),
        ("task", {"plan": TH, "task": "x", "state": "done"}, {}),
        ("load", {}, {"a.csv": b"unit,period,quantity,value\n"}),
    ],
)
def test_no_act_is_done_as_of_an_earlier_moment(
    command: str, arguments: dict[str, Any], files: dict[str, bytes]
) -> None:
    said = {"text": "Tuyển", "owner": "TCCB", "by": "Lan", "as_known_on": "2026-01-01"}
    found = answer(command, {**said, **arguments}, files)
    assert found["exit_code"] == 2
    assert found["document"]["error"] == "--as-known-on chỉ dùng khi xem, không dùng khi ghi."


def test_an_act_of_then_was_not_done() -> None:
    agreed = {"plan": TH, "target": "doctors", "text": "Tuyển", "owner": "TCCB", "by": "Lan"}
    before = len(ask("audit")["entries"])
    ask("action", 2, what="add", due="2021-12-15", as_known_on="2026-01-01", **agreed)
    assert len(ask("audit")["entries"]) == before
    assert ask("action", what="list", as_known_on="2026-01-01")["actions"] == []
    assert ask("draft", as_known_on="2026-01-01")["drafts"] == []


@pytest.mark.parametrize("text", ["2021-06-20", "2021-6-20", "20/06/2021", "20/6/2021", "20210620"])
def test_a_day_is_written_alike_in_every_list(text: str) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("tasks", {"plan": TH}), ("action", {"what": "list"}), ("reports", {}),
    ]  # fmt: skip
    for command, more in asked:
        assert ask(command, **more, on=text)["on"] == "2021-06-20"


def test_a_day_and_a_moment_are_not_both_taken() -> None:
    found = ask("reports", 2, on="2021-10-10", as_known_on="2021-10-12")
    assert found["error"] == "Chọn một trong --on, --as-known-on."


def test_a_state_that_is_none_is_told_before_the_database_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").write_bytes(b"something else entirely" * 500)
    assert "«late»" in ask("tasks", 2, plan=TH, state="late")["error"]
