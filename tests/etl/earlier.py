"""A database of today taken back to an earlier version of its tables, for tests of migration."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.journal import NAME
from etl.store.schema import RECORDED

# What each version added, undone: newest first.
UNDO: dict[int, str] = {
    5: "drop table mapping_event;",
    4: """drop table period_event;
        alter table audit drop column arguments; alter table audit drop column chain;""",
    3: "drop table task_event; drop table action; drop table action_event;",
    2: """drop table alias; drop table alias_event; drop table mapping;
        drop table mapping_column; alter table finding drop column reason;""",
}


def take_back(con: DuckDBPyConnection, version: int) -> None:
    """Leave the tables, and what is in them, as that version had them; and no journal before 4."""
    for step in sorted(UNDO, reverse=True):
        if step > version:
            con.execute(UNDO[step])
    con.execute("update meta set content = ? where name = 'schema_version'", [str(version)])
    row = con.execute("select path from duckdb_databases() where not internal").fetchone()
    if version < RECORDED and row and row[0]:
        without_journal(Path(row[0]))


def without_journal(db: Path) -> None:
    """Take the journal of a database away: versions before 4 kept none."""
    (db.with_suffix(".uploads") / NAME).unlink(missing_ok=True)
