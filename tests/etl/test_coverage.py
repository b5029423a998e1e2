"""``python -m indicators coverage``: what was taken from each paragraph, what was left and why."""

import os
from pathlib import Path
from typing import Any

import pytest

from etl import commands
from etl.console import lines_of
from etl.context import stamp_of
from tests.cli import run
from tests.indicators.outlined import OUTLINE, PLAN, outlined
from tests.indicators.small import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deployment with one plan that has an outline."""
    return write(tmp_path / "data", outlined())


def ask(folder: Path, monkeypatch: pytest.MonkeyPatch, **arguments: Any) -> dict[str, Any]:
    monkeypatch.setenv("VANDAN_DATA", str(folder))
    return commands.answer("coverage", arguments, {})


def test_the_document_has_stable_keys_and_needs_no_database(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "none.duckdb"
    (plan,) = run("indicators", "coverage", "--plan", "plan", data=folder, db=db)
    assert list(plan) == ["plan", "name_vi", "document", "rows", "totals"]
    for row in plan["rows"]:
        assert list(row) == [
            *("section", "title_vi", "lines"),
            *("targets", "tasks", "reporting", "goals", "left_vi"),
        ]
    assert not db.exists()


def test_every_row_tells_what_was_taken_or_why_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan,) = ask(folder, monkeypatch)["document"]
    rows = {row["section"]: row for row in plan["rows"]}
    assert [t["id"] for t in rows["I/1"]["targets"]] == ["insurance", "beds"]
    assert rows["II"]["tasks"] == [{"id": "build", "section": "II", "title_vi": "Xây dựng"}]
    assert rows["IV"]["reporting"][0]["frequency"] == "hàng quý"
    assert rows["III/1"]["goals"][0]["reason_vi"] == "không có số đo"
    assert rows["III/2"]["left_vi"] == "Nhắc lại: mục I/1" and not rows["III/2"]["targets"]


def test_totals_count_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plan,) = ask(folder, monkeypatch, plan="plan")["document"]
    left = plan["totals"].pop("left")
    assert plan["totals"] == {
        "rows": 8, "taken": 5, "targets": 2, "tasks": 1, "reporting": 1, "goals": 1,
    }  # fmt: skip
    assert {r["reason_vi"]: r["rows"] for r in left} == {
        "Tiêu đề": 1, "Nhắc lại": 1, "Thể thức văn bản": 1,
    }  # fmt: skip


def test_people_read_one_line_for_each_thing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of("coverage", ask(folder, monkeypatch)["document"])
    assert lines[0] == "plan: Kế hoạch"
    at = lines.index("  II (dòng 6,8): Nhiệm vụ")
    assert lines[at + 1] == "    nhiệm vụ build: Xây dựng"
    assert "    không lấy. Nhắc lại: mục I/1" in lines
    assert "    không xét được goal (cả mục III): Truyền thông; không có số đo" in lines
    assert lines[-2].startswith("  Tổng cộng 8 dòng. Đã lấy 5: chỉ tiêu ở 2 dòng")
    assert lines[-1].startswith("  Không lấy 3: ") and "Nhắc lại 1" in lines[-1]


def test_a_plan_without_an_outline_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / OUTLINE).unlink()
    done = ask(folder, monkeypatch)
    assert done["document"][0]["rows"] == []
    assert lines_of("coverage", done["document"])[1] == "  Chưa có đề cương của văn bản này."


def test_an_unknown_plan_is_misuse(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = ask(folder, monkeypatch, plan="none")
    assert done["exit_code"] == 2 and "plan" in done["document"]["error"]


def test_a_paragraph_nobody_accounts_for_is_refused(folder: Path, tmp_path: Path) -> None:
    with (folder / OUTLINE).open("a", encoding="utf-8") as file:
        file.write("V,Kinh phí,30,\n")
    refused = run("indicators", "coverage", data=folder, db=tmp_path / "a.duckdb", ok=False)
    assert [(e["file"], e["key"]) for e in refused["errors"]] == [(OUTLINE, "V")]


@pytest.mark.parametrize("name", [OUTLINE, PLAN])
def test_pages_see_a_changed_outline(folder: Path, name: str) -> None:
    before = stamp_of(folder)
    os.utime(folder / name, ns=(1, 1))
    assert stamp_of(folder) != before
    (folder / OUTLINE).unlink()
    assert len(stamp_of(folder)) == len(before) - 1
