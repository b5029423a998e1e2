"""A copy of a database while it is in use.

Never by reading its file: closing a file gives back every lock this process has on it, and another
process could then open the database (tried with DuckDB 2.0).
"""

from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.places import wal_of

KEPT = "kept_copy"


def remove_database(path: Path) -> None:
    """Take a database nobody has open away, where there is one, with its write-ahead file."""
    for part in (path, wal_of(path)):
        part.unlink(missing_ok=True)


def copy_database(cur: DuckDBPyConnection, target: Path) -> None:
    """Write everything as of one moment into a new database file; others go on writing."""
    remove_database(target)
    row = cur.execute("select current_database()").fetchone()
    name = row[0] if row else ""
    # Said, because what was opened for reading alone attaches for reading alone.
    cur.execute(f"attach '{quoted(target)}' as {KEPT} (read_write)")
    try:
        cur.execute(f'copy from database "{name}" to {KEPT}')
    finally:
        cur.execute(f"detach {KEPT}")


def quoted(path: Path) -> str:
    """A path inside single quotes."""
    return str(path).replace("'", "''")
