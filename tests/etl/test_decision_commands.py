"""``waiting``, ``approve``, ``return``, ``close``, ``reopen``, ``closings``, ``audit``."""

from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.commands import answer
from etl.console import lines_of
from tests.etl.tables import CENTRE, OTHER, long


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    rows = [
        f"{unit},{period},doctors,12"
        for unit in (CENTRE, OTHER)
        for period in ("2021-Q2", "2021-Q3")
    ]
    send(rows)
    yield
    context.close()


def send(rows: list[str], code: int = 0, **more: Any) -> Any:
    found = answer("load", {"by": "Lan", **more}, {"a.csv": long(rows)})
    assert found["exit_code"] == code, found
    return found["document"]["files"][0]


def ask(command: str, code: int = 0, **arguments: Any) -> Any:
    found = answer(command, arguments, {})
    assert found["exit_code"] == code, found
    assert lines_of(command, found["document"])
    return found["document"]


def test_reports_wait_are_approved_and_a_change_is_told_apart() -> None:
    found = ask("waiting")["reports"]
    assert len(found) == 4 and all(r["clean"] and r["added"] == 1 for r in found)
    assert ask("approve", clean=True, period="2021-Q3", by="Hà")["decision"] == "approved"
    assert {r["period"] for r in ask("waiting")["reports"]} == {"2021-Q2"}
    assert ask("waiting", period="2021-Q3")["reports"] == []
    send([f"{CENTRE},2021-Q3,doctors,13", f"{CENTRE},2021-Q3,stations,2"], reason="đếm lại")
    (change,) = ask("waiting", period="2021-Q3")["reports"]
    assert change["change"] and not change["clean"] and change["reason"] == "đếm lại"
    assert (change["added"], change["changed"], change["figures"]) == (1, 1, 2)
    ask("return", ids=[change["id"]], reason="sai", by="Hà")
    assert ask("waiting", period="2021-Q3")["reports"] == []


def test_what_was_returned_and_sent_again_is_looked_at_again() -> None:
    sent = [r["id"] for r in ask("waiting", period="2021-Q3")["reports"]]
    ask("return", ids=sent, reason="sai", by="Hà")
    send([f"{CENTRE},2021-Q3,doctors,13"], reason="đếm lại")
    *others, again = sorted(ask("waiting")["reports"], key=lambda r: r["id"])
    assert again["returned_before"] and not again["clean"] and others
    assert all(r["clean"] and not r["returned_before"] for r in others)
    ask("approve", clean=True, by="Hà")
    assert [r["id"] for r in ask("waiting")["reports"]] == [again["id"]]


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("approve", {"ids": [1]}, "tên người"),
        ("approve", {"ids": [], "by": "Hà"}, "Chưa chọn"),
        ("approve", {"ids": [1], "by": "lan"}, "không tự duyệt"),
        ("approve", {"ids": [77], "by": "Hà"}, "77"),
        ("return", {"ids": [1], "by": "Hà"}, "lý do"),
        ("close", {"period": "2021-Q3", "by": "Hà"}, "lý do"),
        ("close", {"period": "2021-Q3", "by": "Hà", "reason": "x"}, "Còn 2 báo cáo"),
        ("close", {"period": "2099", "by": "Hà", "reason": "x"}, "chưa kết thúc"),
        ("reopen", {"period": "2021-Q3", "by": "Hà", "reason": "x"}, "không ở trạng thái"),
    ],
)
def test_what_is_refused_says_why(command: str, arguments: dict[str, Any], said: str) -> None:
    assert said in ask(command, 1, **arguments)["error"]


def test_a_closed_period_refuses_everything_until_it_is_reopened() -> None:
    number = ask("waiting", period="2021-Q3")["reports"][0]["id"]
    ask("approve", clean=True, by="Hà")
    why = {"period": "2021-Q3", "by": "Hà"}
    ask("close", **why, reason="Đủ báo cáo")
    refused = send([f"{CENTRE},2021-Q3,doctors,13"], 1, reason="sửa")
    assert [f["code"] for f in refused["findings"] if f["severity"] == "blocks"] == [
        "period-closed"
    ]
    assert "đã chốt" in ask("rollback", 1, id=number, reason="x", by="Hà")["error"]
    assert "đã chốt" in ask("return", 1, ids=[number], reason="x", by="Hà")["error"]
    ask("reopen", **why, reason="Sai số")
    assert [c["closed"] for c in ask("closings")["closings"]] == [True, False]
    assert send([f"{CENTRE},2021-Q3,doctors,13"], reason="sửa")["committed"]


def test_verdicts_of_approved_figures_alone() -> None:
    asked = {"plan": "thanh-hoa-2021", "period": "2021-Q3"}
    rows = {r["target"]: r for r in ask("verdicts", **asked)}
    only = {r["target"]: r for r in ask("verdicts", **asked, approved=True)}
    assert rows["doctors"]["numerator"] is None or rows["doctors"]["coverage"]["reported"]
    assert only["doctors"]["coverage"]["reported"] == 0
    ask("approve", clean=True, by="Hà")
    assert {r["target"]: r for r in ask("verdicts", **asked, approved=True)} == rows


def test_the_log_names_every_act() -> None:
    ask("approve", clean=True, by="Hà")
    ask("close", period="2021-Q3", by="Hà", reason="Đủ")
    acts = [(e["actor"], e["action"]) for e in ask("audit")["entries"]]
    assert acts[-3:] == [("Lan", "load"), ("Hà", "approve"), ("Hà", "close")]
    assert ask("verify")["ok"]


def test_periods_that_are_none_are_misuse() -> None:
    assert answer("close", {"period": "quý", "by": "Hà", "reason": "x"}, {})["exit_code"] == 2
