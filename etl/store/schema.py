"""Tables of the warehouse and their version.

Kept to what a DuckDB file and a DuckLake both accept: no keys, indexes, sequences or enums; the
transaction that writes checks for itself (design.md section 5).
"""

from datetime import datetime

from duckdb import DuckDBPyConnection

VERSION = 1

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
    column_number integer, got varchar, sentence varchar);
create table audit (
    id integer, occurred_at timestamp, actor varchar, action varchar, detail varchar);
"""


class SchemaTooNew(Exception):
    """The database was written by a newer release; this one would misread it."""


def migrate(con: DuckDBPyConnection, now: datetime) -> bool:
    """Create the tables where they are not there yet; True when anything was done."""
    names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    if "meta" in names:
        _check_version(con)
        return False
    con.execute("begin")
    con.execute(TABLES)
    con.execute("insert into meta values ('schema_version', ?)", [str(VERSION)])
    con.execute(
        "insert into audit values (1, ?, 'hệ thống', 'init', ?)", [now, f"schema {VERSION}"]
    )
    con.execute("commit")
    return True


def _check_version(con: DuckDBPyConnection) -> None:
    row = con.execute("select content from meta where name = 'schema_version'").fetchone()
    found = int(row[0]) if row else 0
    if found != VERSION:
        raise SchemaTooNew(f"schema {found}, this release reads {VERSION}")
