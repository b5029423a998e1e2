"""Opening the warehouse: one process owns the file, every thread takes its own cursor."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from etl.store.schema import migrate

# Nothing may try the network: an extension that is not in the wheel is an error, not a download.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


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

    def cursor(self) -> DuckDBPyConnection:
        """A cursor of one's own: one connection shared by threads returns others' rows."""
        return self.connection.cursor()

    @contextmanager
    def transaction(self) -> Iterator[DuckDBPyConnection]:
        """Everything inside is written, or nothing; writers wait for each other."""
        with self.lock:
            cur = self.cursor()
            cur.execute("begin")
            try:
                yield cur
            except BaseException:
                cur.execute("rollback")
                raise
            cur.execute("commit")
            self._writes += 1

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

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()


def open_store(path: Path | None) -> Store:
    """Open (and create or migrate) a database file; None opens one in memory, for tests.

    Raises DatabaseBusy when another process owns it, CannotOpen when it is not to be had.
    """
    uploads = None if path is None else path.with_suffix(".uploads")
    try:
        if uploads is not None:
            uploads.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(path) if path else ":memory:", config=CONFIG)
        migrate(connection, now())
    except (OSError, duckdb.Error) as error:
        raise _refusal(path, error) from error
    return Store(path, connection, uploads)


def _refusal(path: Path | None, error: Exception) -> Exception:
    if isinstance(error, duckdb.IOException) and "set lock" in str(error).lower():
        return DatabaseBusy(str(path))
    return CannotOpen(f"{path}: {str(error).partition(chr(10))[0]}")
