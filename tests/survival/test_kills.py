"""Killed at any moment, an act leaves the old or the new state; what was acknowledged is there."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl.rebuild import rebuild
from etl.restore import restore
from etl.store.audit import entries
from etl.store.connect import Store, now, open_store
from etl.store.digest import digest
from etl.store.swap import finish
from etl.store.verify import faults
from tests.etl.earlier import take_back
from tests.etl.tables import CENTRE, deployment, send
from tests.survival import workers
from tests.survival.acts import digest_of, moment
from tests.survival.killing import CHANCE, KILLED, KILLS, Work, how_long, run_killed, run_to

STEPS = 200  # more steps than any of the works has
MANY = 20  # with so many kills no step is left out


def whole(db: Path) -> Store:
    """The database opened again, nothing wrong with it."""
    store = open_store(db)
    assert faults(store) == []
    return store


@pytest.mark.parametrize("work", [workers.loading, workers.taking_back, workers.deciding])
def test_acts(tmp_path: Path, work: Work) -> None:
    db, done = tmp_path / "a.duckdb", 0
    for _ in range(KILLS):
        said = run_killed(work, db, CHANCE.uniform(0.0, 0.3), words=CHANCE.randint(1, 4))
        store = whole(db)
        newest = store.version()
        # What was said to be written is there; at most one more had been committed unsaid.
        assert max(said) <= newest <= max(said) + 1
        assert newest >= done
        mixed = store.cursor().execute(
            """select count(*) from (
                select s.upload from fact f join submission s on s.id = f.submission
                group by s.upload having count(*) <> ? or min(value) <> max(value))""",
            [workers.ROWS],
        )
        assert mixed.fetchall() == [(0,)]
        half = store.cursor().execute(
            """select count(*) from (
                select s.upload, e.event from submission_event e
                join submission s on s.id = e.submission where e.event <> 'withdrawn'
                group by all having count(*) <> ?)""",
            [workers.ROWS // 2],
        )
        assert half.fetchall() == [(0,)]  # a decision on all of them, or on none
        store.close()
        done = newest
    before = digest_of(db)
    assert rebuild(db, deployment(), by="thử", now=now).differences == []
    assert digest_of(db) == before and done > 1


@pytest.fixture(scope="module")
def ready(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of every kind of act, and a backup of it from before the last ones."""
    folder = tmp_path_factory.mktemp("ready")
    db = copy_of(made, folder)
    assert run_to(workers.backing_up, db)[0] == 0
    store = open_store(db)
    send(store, [f"{CENTRE},2020-Q1,doctors,8"], at=moment(30))
    store.close()
    return folder


def copy_of(folder: Path, target: Path) -> Path:
    """A copy to be killed."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target / "a.duckdb"


def backup_is_whole_or_absent(db: Path) -> None:
    path = db.with_name("b.zip")
    if path.exists():
        elsewhere = db.parent / "elsewhere" / "a.duckdb"
        restore(path, elsewhere, by="thử", now=now)
        whole(elsewhere).close()
        shutil.rmtree(elsewhere.parent)


def killed_everywhere(
    work: Work, folder: Path, target: Path, check: Callable[[Path], None], *, work_stride: int = 1
) -> int:
    """Kill before each step in turn, then at random moments; how often it was killed.

    ``work_stride``: in an ordinary run only before every so many steps, each time others.
    """
    killed = 0
    stride = 1 if KILLS >= MANY else work_stride
    for step in range(CHANCE.randint(1, stride), STEPS, stride):
        db = copy_of(folder, target)
        code, _ = run_to(workers.stopped_at, step, work, db)
        assert code in (0, *KILLED)
        check(db)
        if code == 0:
            break
        killed += 1
    seconds = how_long(work, copy_of(folder, target))
    for _ in range(KILLS):
        db = copy_of(folder, target)
        run_killed(work, db, CHANCE.uniform(0.0, seconds))
        check(db)
        killed += 1
    return killed


def test_a_backup(ready: Path, tmp_path: Path) -> None:
    before = digest_of(ready / "a.duckdb")

    def check(db: Path) -> None:
        store = whole(db)
        assert digest(store.cursor()) == before
        store.close()
        backup_is_whole_or_absent(db)

    without = copy_of(ready, tmp_path / "without")
    without.with_name("b.zip").unlink()
    killed = killed_everywhere(
        workers.backing_up, without.parent, tmp_path / "x", check, work_stride=6
    )
    assert killed > KILLS + 1


def test_a_restore(ready: Path, tmp_path: Path) -> None:
    now_there = digest_of(ready / "a.duckdb")
    backed_up = digest_of(restored(ready, tmp_path))

    def check(db: Path) -> None:
        store = whole(db)
        found, log = digest(store.cursor()), entries(store.cursor())
        assert found in (now_there, backed_up)
        # Figures and log change together.
        sent_after = any(line.action == "load" and line.occurred_at == moment(30) for line in log)
        assert sent_after == (found == now_there)
        store.close()
        restore(db.with_name("b.zip"), db, by="thử", now=now)
        assert digest_of(db) == backed_up

    assert (
        killed_everywhere(workers.restoring, ready, tmp_path / "x", check, work_stride=8)
        > KILLS + 1
    )


def restored(ready: Path, folder: Path) -> Path:
    db = folder / "restored" / "a.duckdb"
    restore(ready / "b.zip", db, by="thử", now=now)
    return db


def test_a_rebuild(ready: Path, tmp_path: Path) -> None:
    before = digest_of(ready / "a.duckdb")

    def check(db: Path) -> None:
        store = whole(db)
        assert digest(store.cursor()) == before
        store.close()

    assert (
        killed_everywhere(workers.rebuilding, ready, tmp_path / "x", check, work_stride=8)
        > KILLS + 1
    )
    assert rebuild(tmp_path / "x" / "a.duckdb", deployment(), by="thử", now=now).digest == before


def test_a_migration(tmp_path: Path) -> None:
    old = tmp_path / "old" / "a.duckdb"
    old.parent.mkdir()
    store = open_store(old)
    for number in range(3):
        send(store, workers.rows(number + 1), at=moment(number))
    expected = store.cursor().execute("select count(*), sum(value) from fact").fetchall()
    take_back(store.connection, 3)
    store.close()
    seen = set()

    def check(db: Path) -> None:
        finish(db)  # as whoever opens it does first
        with duckdb.connect(str(db), read_only=True) as con:
            seen.add(
                con.execute("select content from meta where name = 'schema_version'").fetchall()[0]
            )
        store = whole(db)
        assert (
            store.cursor().execute("select count(*), sum(value) from fact").fetchall() == expected
        )
        store.close()
        assert rebuild(db, deployment(), by="thử", now=now).differences == []

    killed = killed_everywhere(workers.migrating, old.parent, tmp_path / "x", check, work_stride=3)
    assert killed > KILLS + 1
    assert len(seen) == 2  # found as it was, and as it is
