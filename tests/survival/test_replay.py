"""Everything recorded can be done again, and what comes of it is the same."""

import ast
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.context import texts_in
from etl.editions import keep_edition
from etl.rebuild import CannotRebuild, Rebuilt, rebuild
from etl.replay import REPLAY
from etl.store.audit import broken, entries
from etl.store.connect import now, open_store
from etl.store.digest import digest
from etl.store.journal import NAME
from etl.store.outside import notes
from etl.store.places import uploads_of
from etl.store.submissions import withdraw
from etl.store.verify import faults
from etl.verdict_digest import verdict_digest
from indicators.deployment import Deployment
from tests.cli import ROOT
from tests.etl.earlier import take_back
from tests.etl.tables import CENTRE, DATA, TODAY, current, deployment, long, send
from tests.survival.acts import QUARTER, digest_of, moment

PLAN = "thanh-hoa-2021"


def again(db: Path, *, place: Deployment | None = None, accept: bool = False) -> Rebuilt:
    """The rebuilt database."""
    return rebuild(db, place or deployment(), by="thử", now=now, accept=accept)


def words_of(tree: ast.Module, node: ast.expr) -> set[str]:
    """The names that an expression can be: written there, or where its variable is set."""
    if isinstance(node, ast.Name):
        found = [a.value for a in ast.walk(tree) if isinstance(a, ast.Assign)
                 and any(getattr(t, "id", "") == node.id for t in a.targets)]  # fmt: skip
        return {word for value in found for word in words_of(tree, value)}
    if isinstance(node, ast.IfExp):
        return words_of(tree, node.body) | words_of(tree, node.orelse)
    return {node.value} if isinstance(node, ast.Constant) else set()


def test_every_act_that_the_code_can_write_can_be_done_again() -> None:
    found = set()
    for path in (ROOT / "etl").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit"):
                continue
            words = words_of(tree, node.args[2])
            assert words, f"{path.name}:{node.lineno}: the name of the act cannot be read"
            assert len(node.args) == 6, f"{path.name}:{node.lineno}: without what was asked for"
            found |= words
    assert found <= REPLAY.keys(), found - REPLAY.keys()
    assert REPLAY.keys() <= found, REPLAY.keys() - found


def test_every_kind_of_act_comes_out_the_same(db: Path) -> None:
    store = open_store(db)
    before, log = digest(store.cursor()), entries(store.cursor())
    plan = deployment().plans[PLAN]
    plan = replace(plan, targets=tuple(t for t in plan.targets if t.id == "beds"))
    alone = replace(deployment(), plans={PLAN: plan})
    verdicts = verdict_digest(store, alone, TODAY)
    done = {line.action for line in log}
    assert done >= REPLAY.keys() - {
        "migrate", "restore", "rebuild", "deployment", "progress-file",
    }  # fmt: skip
    store.close()
    made = again(db)
    assert made.differences == [] and made.before == made.digest == before
    store = open_store(db)
    assert digest(store.cursor()) == before and faults(store) == []
    assert verdict_digest(store, alone, TODAY) == verdicts
    store.connection.execute("update fact set value = value + 9")
    assert verdict_digest(store, alone, TODAY) != verdicts
    after = entries(store.cursor())
    assert after[:-1] == log and after[-1].action == "rebuild"
    store.close()


def test_from_originals_and_journal_alone(db: Path) -> None:
    before = digest_of(db)
    db.unlink()
    made = again(db)
    assert made.before is None and made.differences == [] and digest_of(db) == before


def test_what_the_hash_is_of_is_seen_in_it(db: Path, tmp_path: Path) -> None:
    before = digest_of(db)
    for change in (
        "update fact set value = value + 1 where submission = 1 and quantity = 1",
        "update submission set received_by = 'khác' where id = 1",
        "update submission_event set reason = 'khác' where id = 1",
        "update alias set meaning = 'khác' where id = 1",
        "update source_cell set row_number = 99 where submission = 1 and quantity = 1",
        "delete from period_event where id = 1",
        "update task_event set note = 'khác' where id = 1",
        "update action set owner = 'khác'",
        "update finding set reason = 'khác'",
        "update upload set note = 'khác' where id = 1",
    ):
        copy = tmp_path / "b.duckdb"
        shutil.copyfile(db, copy)
        with duckdb.connect(str(copy)) as con:
            con.execute(change)
            assert digest(con) != before, change


def test_another_catalogue_is_named_and_nothing_is_replaced(db: Path) -> None:
    before, size = digest_of(db), db.stat().st_size
    place = deployment()
    forms = {k: f for k, f in place.catalogue.forms.items() if "beds" not in f.quantities}
    changed = replace(place, catalogue=replace(place.catalogue, forms=forms))
    made = again(db, place=changed)
    assert made.kept is None and any(
        "beds" in d or "không được nhận" in d for d in made.differences
    )
    assert db.stat().st_size == size and digest_of(db) == before
    accepted = again(db, place=changed, accept=True)
    assert accepted.kept and accepted.differences == made.differences
    store = open_store(db)
    assert faults(store) == [] and digest(store.cursor()) != before
    store.close()
    assert digest_of(Path(accepted.kept)) == before


def test_files_are_read_as_the_data_folder_said_then(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    store = open_store(db)
    keep_edition(store, texts_in(DATA), moment(0))
    send(store, [f"{CENTRE},{QUARTER},doctors,12"], at=moment(1))
    before = digest(store.cursor())
    texts = store.cursor().execute("select * from deployment_file order by all").fetchall()
    store.close()
    place = deployment()
    without = replace(place, catalogue=replace(place.catalogue, forms={}))
    assert again(db, place=without).differences == []
    store = open_store(db)
    assert digest(store.cursor()) == before and faults(store) == []
    kept = store.cursor().execute("select * from deployment_file order by all").fetchall()
    assert kept == texts
    store.close()


@pytest.mark.parametrize("how", ["missing", "changed"])
def test_a_lost_original_is_named(db: Path, how: str) -> None:
    store = open_store(db)
    first = store.cursor().execute("select hash from upload where id = 1").fetchone()[0]
    store.close()
    original = uploads_of(db) / first
    original.unlink() if how == "missing" else original.write_bytes(b"x")
    made = again(db)
    assert made.kept is None and f"upload-{how}" in made.differences[0]
    # What hangs on the missing one is not done to another.
    assert any("lượt nộp số 1 nay không có" in d for d in made.differences)


def test_a_database_from_before_acts_were_recorded_begins_with_itself(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    store = open_store(db)
    send(store, [f"{CENTRE},{QUARTER},doctors,12"], at=moment(1))
    take_back(store.connection, 3)
    store.close()
    store = open_store(db)
    assert faults(store) == []
    send(store, [f"{CENTRE},{QUARTER},doctors,13"], at=moment(2))
    log = entries(store.cursor())
    assert [line.arguments == "" for line in log] == [True, True, False, False]
    before = digest(store.cursor())
    store.close()
    db.unlink()
    made = again(db)
    assert made.acts == 1 and made.differences == [] and digest_of(db) == before
    base = next(line.asked["base"] for line in log if line.asked.get("base"))
    (uploads_of(db) / base).unlink()
    with pytest.raises(CannotRebuild, match="upload-missing"):
        again(db)


@pytest.mark.parametrize("place", ["journal", "database"])
def test_the_log_is_taken_from_where_it_is_whole(db: Path, place: str) -> None:
    before, journal = digest_of(db), uploads_of(db) / NAME
    if place == "journal":
        lines = journal.read_bytes().split(b"\n")
        journal.write_bytes(b"\n".join([*lines[:4], b"rubbish", *lines[5:]]))
        store = open_store(db)
        assert faults(store) == ["journal-damaged: 5", "journal-missing: 5"]
        store.close()
    else:
        with duckdb.connect(str(db)) as con:
            con.execute("update audit set detail = 'khác' where id = 5")
    assert again(db).digest == before
    store = open_store(db)
    assert faults(store) == [] and broken(entries(store.cursor())) == []
    store.close()


def test_damaged_in_both_places_is_said(db: Path) -> None:
    journal = uploads_of(db) / NAME
    lines = journal.read_bytes().split(b"\n")
    journal.write_bytes(b"\n".join([*lines[:4], *lines[5:]]))
    with duckdb.connect(str(db)) as con:
        con.execute("delete from audit where id = 5")
    with pytest.raises(CannotRebuild, match="hỏng ở việc số 6"):
        again(db)


def test_revisions_do_not_follow_a_clock_that_goes_back(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    store = open_store(db)
    send(store, [f"{CENTRE},{QUARTER},doctors,12"], at=datetime(2022, 5, 1))
    send(store, [f"{CENTRE},{QUARTER},doctors,13"], at=datetime(2022, 1, 1))
    rows = store.cursor().execute("select revision, received_at from submission order by id")
    assert rows.fetchall() == [(1, datetime(2022, 5, 1)), (2, datetime(2022, 1, 1))]
    assert current(store) == {("doctors", "13")} and faults(store) == []
    assert notes(store.cursor()) == ["clock-back: 2"]
    before = digest(store.cursor())
    store.close()
    db.unlink()
    assert again(db).differences == [] and digest_of(db) == before


def test_content_sent_twice_after_a_rollback_is_two_acts(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    store = open_store(db)
    content = long([f"{CENTRE},{QUARTER},doctors,12"])
    send(store, content, at=moment(1))
    withdraw(store, 1, reason="nhầm", by="Lan", at=moment(2))
    send(store, content, at=moment(3))
    before = digest(store.cursor())
    store.close()
    assert again(db).differences == [] and digest_of(db) == before
