"""Tables of the warehouse and their version.

Kept to what a DuckDB file and a DuckLake both accept: no keys, indexes, sequences or enums; the
transaction that writes checks for itself (design.md section 5).
"""

from datetime import datetime

from duckdb import DuckDBPyConnection

VERSION = 2

TABLES = """
create table meta (name varchar, content varchar);
create table dimension (kind varchar, id varchar, key integer);
create table deployment_file (version integer, loaded_at timestamp, path varchar, content varchar);
create table upload (
    id integer, hash varchar, file_name varchar, size bigint, received_at timestamp,
    received_by varchar, note varchar, simulated boolean);
create table submission (
    id integer, upload integer, unit integer, period integer, form integer, revision integer,
    received_at timestamp, received_by varchar, content_hash varchar);
create table submission_event (
    id integer, submission integer, event varchar, occurred_at timestamp, actor varchar,
    reason varchar);
create table fact (
    submission integer, quantity integer, value decimal(18, 4), absence tinyint,
    estimate boolean);
create table source_cell (
    submission integer, quantity integer, upload integer, sheet varchar, row_number integer,
    column_number integer, raw varchar);
create table finding (
    upload integer, code varchar, severity varchar, sheet varchar, row_number integer,
    column_number integer, got varchar, sentence varchar, reason varchar);
create table audit (
    id integer, occurred_at timestamp, actor varchar, action varchar, detail varchar);
"""


# What takes a database of an earlier version one further.
STEPS = {1: "alter table finding add column reason varchar"}


class SchemaTooNew(Exception):
    """The database was written by a newer release; this one would misread it."""


def migrate(con: DuckDBPyConnection, now: datetime) -> bool:
    """Create the tables, or bring those of an earlier version up; True when anything was done."""
    names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    if "meta" in names:
        return _bring_up(con, now)
    con.execute("begin")
    con.execute(TABLES)
    con.execute("insert into meta values ('schema_version', ?)", [str(VERSION)])
    con.execute(
        "insert into audit values (1, ?, 'hệ thống', 'init', ?)", [now, f"schema {VERSION}"]
    )
    con.execute("commit")
    return True


def _bring_up(con: DuckDBPyConnection, now: datetime) -> bool:
    row = con.execute("select content from meta where name = 'schema_version'").fetchone()
    found = int(row[0]) if row else 0
    if found == VERSION:
        return False
    if found not in STEPS:
        raise SchemaTooNew(f"schema {found}, this release reads {VERSION}")
    con.execute("begin")
    for version in range(found, VERSION):
        con.execute(STEPS[version])
    con.execute("update meta set content = ? where name = 'schema_version'", [str(VERSION)])
    con.execute(
        """insert into audit select coalesce(max(id), 0) + 1, ?, 'hệ thống', 'migrate', ?
        from audit""",
        [now, f"schema {found} -> {VERSION}"],
    )
    con.execute("commit")
    return True
