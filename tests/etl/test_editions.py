"""Definitions of an earlier moment: what was judged then can be judged again, whatever changed."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.commands import answer
from tests.etl.tables import CENTRE, DATA, long

ASKED = {"plan": "thanh-hoa-2021", "period": "2021-Q3"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A data folder of one's own that may be edited, and its database."""
    own = tmp_path / "data"
    shutil.copytree(DATA, own, ignore=shutil.ignore_patterns("run"))
    monkeypatch.setenv("VANDAN_DATA", str(own))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    yield own
    context.close()


def ask(command: str, files: dict[str, bytes] | None = None, **arguments: Any) -> Any:
    done = answer(command, arguments, files or {})
    assert done["exit_code"] == 0, done["document"]
    return done["document"]


def edit(folder: Path, old: str, new: str) -> None:
    """Edit the plan as an analyst does, and let the process see it."""
    plan = folder / "plans" / "thanh-hoa-2021.toml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")
    time.sleep(context.PAUSE)


def row(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(r for r in rows if r["target"] == "doctors")


def test_a_plan_that_changed_does_not_change_what_was_known(folder: Path) -> None:
    ask("init")
    ask("load", {"a.csv": long([f"{CENTRE},2021-Q3,doctors,12"])}, by="Lan")
    before = ask("verdicts", **ASKED)
    moment = datetime.now(UTC).replace(tzinfo=None).isoformat()
    value = row(before)["target_value"]
    written = 'as_written = "Số bác sỹ/vạn dân: 11,5 người."\nindicator = "doctors_per_10k"\n'
    rest = 'comparator = "bare"\nvalue = '
    edit(folder, f"{written}{rest}11.5", f"{written}{rest}99")
    now = ask("verdicts", **ASKED)
    assert value != 99 and row(now)["target_value"] == 99
    assert ask("verdicts", **ASKED, as_known_on=moment) == before
    assert row(ask("verdicts", **ASKED))["target_value"] == 99
    assert ask("verify")["ok"]


def test_an_edition_is_kept_once_for_each_change(folder: Path) -> None:
    from etl.editions import newest

    ask("init")
    ask("plans")
    assert newest(context.opened().store.cursor()) == 1
    context.close()
    assert newest(context.opened().store.cursor()) == 1
    edit(folder, "# ", "#  ")
    assert newest(context.opened().store.cursor()) == 2
    assert newest(context.opened().store.cursor()) == 2


def test_a_list_of_a_day_finds_the_plans_of_that_day(folder: Path) -> None:
    ask("init")
    context.close()
    (folder / "plans" / "bac-giang-2024.toml").unlink()
    (folder / "plans" / "bac-giang-2024.outline.csv").unlink(missing_ok=True)
    earlier = {"plan": "bac-giang-2024", "on": "2024-06-20"}
    assert answer("action", {"what": "list", "plan": "bac-giang-2024"}, {})["exit_code"] == 2
    assert ask("tasks", **earlier)["on"] == ask("action", what="list", **earlier)["on"]
