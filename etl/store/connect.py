"""Opening the warehouse: one process owns the file, every thread takes its own cursor."""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from etl.log import tell
from etl.store.claim import InUse, is_held
from etl.store.config import CONFIG
from etl.store.journal import NAME, Journal, JournalDisagrees, open_journal, whole_lines
from etl.store.places import uploads_of
from etl.store.schema import migrate
from etl.store.swap import finish
from etl.store.upgrade import upgrade

# How often the run of a page, a command or a thread has written: what it looks at changed by itself.
own_writes: ContextVar[int] = ContextVar("own_writes", default=0)

LAST_CALLS = 100  # looks, a twentieth of a second apart, whether the connection is free to close


class DatabaseBusy(Exception):
    """Another process owns the database file."""


class CannotOpen(Exception):
    """The path is no database of ours, or may not be written; the text says what the system said."""


def now() -> datetime:
    """The present moment, UTC, without zone (TIMESTAMPTZ would need pytz to be read)."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass
class Store:
    """An open warehouse. ``cursor`` for reading, ``transaction`` for writing one at a time."""

    path: Path | None
    connection: DuckDBPyConnection
    uploads: Path | None
    lock: threading.RLock = field(default_factory=threading.RLock)
    _writes: int = 0  # by this process, which alone owns the file
    _version: tuple[int, int] = (-1, 0)  # the version, and after how many writes it was looked up
    journal: Journal | None = None  # None: in memory, or a database in the making

    def cursor(self) -> DuckDBPyConnection:
        """A cursor of one's own: one connection shared by threads returns others' rows."""
        return self.connection.cursor()

    @contextmanager
    def transaction(self) -> Iterator[DuckDBPyConnection]:
        """Everything inside is written, or nothing; writers wait for each other.

        When it is left, what was done stands in the journal too: only then may it be acknowledged.
        """
        with self.lock:
            cur = self.cursor()
            cur.execute("begin")
            try:
                yield cur
            except BaseException:
                # A connection that broke has nothing to take back, and the first error counts.
                with contextlib.suppress(duckdb.Error):
                    cur.execute("rollback")
                raise
            cur.execute("commit")
            self._writes += 1
            own_writes.set(own_writes.get() + 1)
            self._acknowledge(cur)

    def _acknowledge(self, cur: DuckDBPyConnection) -> None:
        done = self.journal.follow(cur) if self.journal else []
        for line in done:
            tell("act", id=line.id, action=line.action, actor=line.actor)

    def version(self) -> int:
        """Grows with every write: cached reads are keyed by it."""
        # With the count of writes before the look: a look that a write overtook does not last.
        writes, version = self._version
        if writes != self._writes:
            writes = self._writes
            row = self.cursor().execute("select max(id) from audit").fetchone()
            version = int(row[0]) if row and row[0] is not None else 0
            self._version = (writes, version)
        return version

    def is_broken(self) -> bool:
        """Whether DuckDB answers nothing any more, after a checkpoint that a full disk cut short.

        What was committed is safe in its log; opening the file again brings it back.
        """
        try:
            self.cursor().execute("select 1")
        except duckdb.FatalException:
            return True
        return False

    def close(self) -> None:
        """Give the file back; whoever is asking something just now is let finish."""
        for _ in range(LAST_CALLS):
            try:
                self.connection.close()
                return
            except duckdb.ResourceInUseException:
                time.sleep(0.05)
        self.connection.close()


def open_store(path: Path | None) -> Store:
    """Open (and create or upgrade) a database file; None opens one in memory, for tests.

    Raises DatabaseBusy when another process owns it, CannotOpen when it is not to be had.
    """
    if path is None:
        return open_bare(None)
    uploads = uploads_of(path)
    with refusing(path):
        finish(path)
        _refuse_lost(path, uploads)
        uploads.mkdir(parents=True, exist_ok=True)
        upgrade(path, now)
        connection = duckdb.connect(str(path), config=CONFIG)
        with asking(connection) as cur:
            migrate(cur, now())
            journal = open_journal(uploads, cur)
    return Store(path, connection, uploads, journal=journal)


def open_bare(path: Path | None) -> Store:
    """A database in the making, without journal and uploads. Raises as ``open_store``."""
    with refusing(path):
        connection = duckdb.connect(str(path) if path else ":memory:", config=CONFIG)
        with asking(connection) as cur:
            migrate(cur, now())
    return Store(path, connection, None)


@contextmanager
def asking(connection: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """A cursor that is gone afterwards.

    An answer of which not every row was fetched is a transaction that stays open, and while one
    is open DuckDB never moves its log into the file: on the connection itself that is for good.
    """
    cur = connection.cursor()
    try:
        yield cur
    finally:
        cur.close()


@contextmanager
def refusing(path: Path | None) -> Iterator[None]:
    """What goes wrong inside while opening is said as DatabaseBusy or CannotOpen."""
    try:
        yield
    except InUse as error:
        raise DatabaseBusy(str(path)) from error
    except (OSError, JournalDisagrees, duckdb.Error) as error:
        raise _refusal(path, error) from error


def _refuse_lost(path: Path, uploads: Path) -> None:
    """A database that went while its journal stayed is not made anew, empty, without a word."""
    if not path.exists() and whole_lines(uploads / NAME):
        raise JournalDisagrees(
            f"tệp cơ sở dữ liệu không còn, nhưng nhật ký {uploads / NAME} còn; hãy chạy "
            "python -m etl rebuild để dựng lại, hoặc restore từ bản sao lưu"
        )


def _refusal(path: Path | None, error: Exception) -> Exception:
    if isinstance(error, duckdb.IOException) and is_held(path, error):
        return DatabaseBusy(str(path))
    return CannotOpen(f"{path}: {str(error).partition(chr(10))[0]}")
