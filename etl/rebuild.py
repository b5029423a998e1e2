"""Making the database again from the files received, the journal and the data folder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from etl.replay import Bench, repeat, write_log
from etl.store.audit import Entry, audit, entries
from etl.store.claim import claimed, is_held
from etl.store.config import CONFIG
from etl.store.connect import Store, open_bare, open_store, refusing
from etl.store.copying import remove_database
from etl.store.digest import digest
from etl.store.journal import NAME, whole_lines, write_journal
from etl.store.originals import fault_of
from etl.store.places import free_stamp, kept_as, uploads_of, wal_of
from etl.store.swap import Exchange, finish, swap
from etl.store.whole import LogLost, whole_log
from indicators.deployment import Deployment


@dataclass(frozen=True)
class Rebuilt:
    """What came of it: acts done again, what came out otherwise, hashes before and after."""

    acts: int
    differences: list[str]
    before: str | None  # None: the old database could not be read
    digest: str
    kept: str | None  # the old database, where the new one took its place


class CannotRebuild(Exception):
    """There is not enough to make it from; the text is for the user."""


@dataclass(frozen=True)
class _Old:
    log: list[Entry]
    digest: str | None


def rebuild(
    db: Path,
    deployment: Deployment,
    *,
    by: str,
    now: Callable[[], datetime],
    accept: bool = False,
) -> Rebuilt:
    """Make a new database beside the old one and put it in its place where nothing differs.

    ``accept``: also where something does. Raises CannotRebuild, DatabaseBusy, CannotOpen.
    """
    with refusing(db):
        finish(db)
        old = _read(db)
        with claimed(db):
            log = _log(db, old)
            made = _made(db, deployment, log, old)
            stamp = free_stamp(db, now())
            if made.differences and not accept:
                remove_database(_draft(db))
                return made
            swap(db, _exchanges(db, log, stamp))
    _note(db, made, by, now())
    kept = kept_as(db, stamp)
    return Rebuilt(made.acts, made.differences, made.before, made.digest, kept)


def _draft(db: Path) -> Path:
    return db.with_name(f"{db.name}.rebuild")


def _read(db: Path) -> _Old:
    """The log and the hash of the database as it is, as far as it can be read."""
    if not db.exists():
        return _Old([], None)
    log: list[Entry] = []
    try:
        with duckdb.connect(str(db), config=CONFIG) as con:
            log = entries(con)
            return _Old(log, digest(con))
    except duckdb.Error as error:
        if is_held(db, error):
            raise
        return _Old(log, None)


def _log(db: Path, old: _Old) -> list[Entry]:
    try:
        return whole_log(whole_lines(uploads_of(db) / NAME), old.log)
    except LogLost as error:
        raise CannotRebuild(f"Không dựng lại được: {error}; hãy restore từ bản sao lưu.") from error


def _made(db: Path, deployment: Deployment, log: list[Entry], old: _Old) -> Rebuilt:
    """The new database as a file of its own, complete and closed."""
    draft = _draft(db)
    remove_database(draft)
    start = _put_base(log, uploads_of(db), draft)
    store = open_bare(draft)
    try:
        bench = Bench(store, deployment, uploads_of(db), _known(store))
        acts = [line for line in log if line.id > start]
        differences = [sentence for line in acts for sentence in repeat(bench, line)]
        with store.transaction() as cur:
            write_log(cur, log)
        found = digest(store.cursor())
    finally:
        store.close()
    if old.digest not in (None, found) and not differences:
        differences = ["số liệu dựng lại khác cơ sở dữ liệu cũ"]
    return Rebuilt(len(acts), differences, old.digest, found, None)


def _put_base(log: list[Entry], uploads: Path, draft: Path) -> int:
    """Begin with what was there before acts were recorded, where it was kept; the act it ends at."""
    bases = [(line.id, line.asked["base"]) for line in log if line.asked.get("base")]
    if not bases:
        return 0
    number, base = bases[-1]
    if fault := fault_of(uploads, base):
        raise CannotRebuild(f"Không dựng lại được: thiếu bản gốc đã giữ khi nâng cấp ({fault}).")
    shutil.copyfile(uploads / base, draft)
    return number


def _known(store: Store) -> dict[int, int]:
    rows = store.cursor().execute("select id from submission").fetchall()
    return {number: number for (number,) in rows}


def _exchanges(db: Path, log: list[Entry], stamp: str) -> list[Exchange]:
    """The database and its journal, the old ones kept; the old one's write-ahead file goes first."""
    wal, journal = wal_of(db), uploads_of(db) / NAME
    fresh = journal.with_name(f"{NAME}.new")
    write_journal(fresh, log)
    return [
        Exchange(None, str(wal), kept_as(wal, stamp)),
        Exchange(str(_draft(db)), str(db), kept_as(db, stamp)),
        Exchange(str(fresh), str(journal), kept_as(journal, stamp)),
    ]


def _note(db: Path, made: Rebuilt, by: str, at: datetime) -> None:
    store = open_store(db)
    try:
        with store.transaction() as cur:
            asked = {"acts": made.acts, "differences": len(made.differences)}
            audit(cur, by, "rebuild", f"{made.acts} việc", at, asked)
    finally:
        store.close()
