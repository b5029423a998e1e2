"""A copy of a database while it is in use.

Never by reading its file: closing a file gives back every lock this process has on it, and another
process could then open the database (tried with DuckDB 2.0).
"""

from pathlib import Path

from duckdb import DuckDBPyConnection

KEPT = "kept_copy"


def copy_database(cur: DuckDBPyConnection, target: Path) -> None:
    """Write everything as of one moment into a new database file; others go on writing."""
    target.unlink(missing_ok=True)
    row = cur.execute("select current_database()").fetchone()
    name = row[0] if row else ""
    cur.execute(f"attach '{quoted(target)}' as {KEPT}")
    try:
        cur.execute(f'copy from database "{name}" to {KEPT}')
    finally:
        cur.execute(f"detach {KEPT}")


def quoted(path: Path) -> str:
    """A path inside single quotes."""
    return str(path).replace("'", "''")
