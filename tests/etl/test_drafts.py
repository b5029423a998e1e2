"""Drafts: kept with their errors, counted nowhere, over when sent or dropped."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.approval import stages
from etl.commands import answer
from etl.console import lines_of
from etl.drafting import keep_draft
from etl.entries import Hints
from etl.progress import progress
from etl.store.connect import Store, now, open_store
from etl.store.drafts import Draft, NoSuchDraft, drafts, drop_draft
from etl.store.originals import fault_of
from etl.store.verify import faults
from indicators.approval import Stage
from indicators.period import parse_period
from tests.etl.tables import CENTRE, TODAY, deployment, long, send

Q3 = parse_period("2021-Q3")
GOOD = [f"{CENTRE},2021-Q3,doctors,12"]
BAD = [f"{CENTRE},2021-Q3,doctors,-3", "khong-co,2021-Q3,doctors,1"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.duckdb")


def draft(store: Store, rows: list[str], day: int = 1, by: str = "Lan", name: str = "a.csv") -> str:
    hints = Hints(TODAY, None, None)
    at = datetime(2021, 10, day)
    return keep_draft(
        store, deployment(), name, long(rows), hints=hints, note=" còn thiếu ", by=by, at=at
    ).hash


def found(store: Store) -> list[Draft]:
    return drafts(store.cursor())


def stage(store: Store) -> Stage:
    reports = progress(store.cursor(), deployment(), CENTRE, Q3).reports
    return stages(store.cursor(), reports)[CENTRE, "2021-Q3", "ttyt_quarter"]


def test_nothing_of_a_draft_counts_and_its_report_is_being_entered(store: Store) -> None:
    assert stage(store) is Stage.NOT_SENT
    draft(store, GOOD)
    assert stage(store) is Stage.ENTERING
    assert store.cursor().execute("select count(*) from submission").fetchall() == [(0,)]
    (kept,) = found(store)
    assert (kept.by, kept.of.note, kept.of.figures, kept.of.errors) == ("Lan", "còn thiếu", 1, 0)
    assert kept.of.units == (CENTRE,) and kept.of.periods == ("2021-Q3",)
    reports = progress(store.cursor(), deployment(), CENTRE, Q3).reports
    assert all(r.received is None for r in reports)
    others = stages(store.cursor(), reports)
    assert [key for key, s in others.items() if s is Stage.ENTERING] == [
        (CENTRE, "2021-Q3", "ttyt_quarter")
    ]


def test_sending_its_bytes_ends_it_in_the_same_act(store: Store) -> None:
    draft(store, GOOD)
    assert send(store, GOOD).committed
    assert found(store) == [] and stage(store) is Stage.WAITING
    # Kept again after it was sent, it is a draft again.
    draft(store, GOOD, 3)
    assert len(found(store)) == 1 and stage(store) is Stage.WAITING


def test_one_with_errors_is_kept_too(store: Store) -> None:
    draft(store, BAD)
    (kept,) = found(store)
    assert kept.of.errors >= 1
    keep = keep_draft(
        store, deployment(), "x.xlsx", b"no workbook", hints=Hints(TODAY, None, None),
        note="", by="Lan", at=now(),
    )  # fmt: skip
    assert keep.figures == 0 and keep.errors == 1 and len(found(store)) == 2


def test_dropped_it_is_gone_once_and_its_bytes_stay(store: Store) -> None:
    digest = draft(store, GOOD)
    drop_draft(store, digest, by="Lan", at=now())
    assert found(store) == [] and stage(store) is Stage.NOT_SENT
    with pytest.raises(NoSuchDraft):
        drop_draft(store, digest, by="Lan", at=now())
    assert store.uploads is not None and fault_of(store.uploads, digest) is None


def test_kept_twice_it_is_one_and_the_newest_is_first(store: Store) -> None:
    draft(store, GOOD, 1)
    draft(store, BAD, 2, name="b.csv")
    draft(store, GOOD, 3, by="Hoa")
    assert [(d.of.file, d.by) for d in found(store)] == [("a.csv", "Hoa"), ("b.csv", "Lan")]
    assert [d.by for d in drafts(store.cursor(), datetime(2021, 10, 1, 12))] == ["Lan"]


def test_lost_bytes_of_a_draft_are_found(store: Store) -> None:
    digest = draft(store, GOOD)
    assert faults(store) == []
    assert store.uploads is not None
    (store.uploads / digest).unlink()
    assert faults(store) == [f"upload-missing: {digest}"]


def test_the_command_keeps_lists_and_drops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "b.duckdb"))
    try:
        assert ask({}, {})["drafts"] == []
        (kept,) = ask({"note": "thiếu", "by": "Lan"}, {"a.csv": long(GOOD)})["drafts"]
        assert (kept["units"], kept["figures"], kept["by"]) == ([CENTRE], 1, "Lan")
        assert "a.csv" in lines_of("draft", ask({}, {}))[0]
        assert "error" in ask({"drop": "0000"}, {}, code=1)
        assert ask({"drop": kept["hash"][:12]}, {})["drafts"] == []
    finally:
        context.close()


def ask(arguments: dict[str, str], files: dict[str, bytes], code: int = 0) -> dict[str, Any]:
    done = answer("draft", arguments, files)
    assert done["exit_code"] == code, done["document"]
    return dict(done["document"])
