"""Taking a database of an earlier release to the tables of this one, in a copy.

The file that is there is only read: whatever happens on the way, it is what it was. The copy takes
its place when it is complete and closed; the old file stays beside it under another name.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from etl.store.alone import alone
from etl.store.claim import InUse, claimed
from etl.store.config import CONFIG
from etl.store.copying import copy_database, remove_database
from etl.store.originals import keep
from etl.store.places import free_stamp, kept_as, uploads_of, wal_of
from etl.store.schema import RECORDED, VERSION, migrate, version_of
from etl.store.swap import Exchange, plan_of, swap

State = list[tuple[int, int, int]]


def upgrade(db: Path, now: Callable[[], datetime]) -> bool:
    """Put an upgraded copy in the place of an older database; True where there was one.

    Raises SchemaTooNew, InUse where another process took the file meanwhile, and what DuckDB and
    the disk raise.
    """
    if not db.exists() or not _is_older(db):
        return False
    with alone(db.with_name(f"{db.name}.upgrade.lock"), seconds=0):
        # Looked at again: another process may just have done it.
        return _is_older(db) and _upgraded(db, now)


def _is_older(db: Path) -> bool:
    with duckdb.connect(str(db), read_only=True, config=CONFIG) as old:
        return 0 < version_of(old) < VERSION


def _upgraded(db: Path, now: Callable[[], datetime]) -> bool:
    seen, draft = _state(db), db.with_name(f"{db.name}.upgrade")
    try:
        _make(db, draft, now)
        with claimed(db):
            # What another process wrote since the copy was taken would go with the old file.
            if _state(db) != seen:
                raise InUse(str(db))
            swap(db, _exchanges(db, draft, free_stamp(db, now())))
    except BaseException:
        # Never what a swap that is written down is still to put in place.
        if not plan_of(db).exists():
            remove_database(draft)
        raise
    return True


def _make(db: Path, draft: Path, now: Callable[[], datetime]) -> None:
    """The upgraded copy, complete and closed."""
    with duckdb.connect(str(db), read_only=True, config=CONFIG) as old:
        found = version_of(old)
        copy_database(old, draft)
    # What people did before acts were recorded with their arguments cannot be done again.
    base = keep(uploads_of(db), draft.read_bytes()) if found < RECORDED else None
    with duckdb.connect(str(draft), config=CONFIG) as new:
        migrate(new, now(), base)


def _exchanges(db: Path, draft: Path, stamp: str) -> list[Exchange]:
    """The write-ahead file of the old database goes first, it belongs to that one."""
    wal = wal_of(db)
    return [
        Exchange(None, str(wal), kept_as(wal, stamp)),
        Exchange(str(draft), str(db), kept_as(db, stamp)),
    ]


def _state(db: Path) -> State:
    """What changes with any writing to the database or its write-ahead file."""
    found = [path.stat() for path in (db, wal_of(db)) if path.exists()]
    return [(state.st_ino, state.st_size, state.st_mtime_ns) for state in found]
