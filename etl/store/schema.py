"""Tables of the warehouse and their version.

Kept to what a DuckDB file and a DuckLake both accept: no keys, indexes, sequences or enums; the
transaction that writes checks for itself (design.md section 5).
"""

from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.audit import audit

# What each version added to the one before. A step that was released is never edited again.
STEPS: dict[int, str] = {
    1: """
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
""",
    # Why a person lets a warning pass is kept with the warning.
    # What people confirmed when a file was not understood by itself. Ids of units and quantities
    # are kept as text: the data folder may know them before any figure gives them a key.
    2: """
alter table finding add column reason varchar;
create table alias (
    id integer, kind varchar, spelling varchar, spelling_key varchar, meaning varchar,
    confirmed_at timestamp, confirmed_by varchar);
create table alias_event (
    id integer, alias integer, event varchar, occurred_at timestamp, actor varchar,
    reason varchar);
create table mapping (
    id integer, fingerprint varchar, period_from varchar, unit varchar, confirmed_at timestamp,
    confirmed_by varchar);
create table mapping_column (
    mapping integer, column_number integer, heading varchar, role varchar, quantity varchar);
""",
    # What was reported of the tasks of a plan, and what was agreed where a target is missed. Ids of
    # plans, tasks, targets and indicators are those of the data folder, as text.
    3: """
create table task_event (
    id integer, plan varchar, task varchar, state varchar, done_on date, evidence varchar,
    note varchar, withdraws integer, occurred_at timestamp, actor varchar);
create table action (
    id integer, plan varchar, target varchar, indicator varchar, unit varchar, content varchar,
    owner varchar, due date, agreed_at timestamp, agreed_by varchar);
create table action_event (
    id integer, action integer, state varchar, occurred_at timestamp, actor varchar,
    reason varchar);
""",
    # Closing and reopening of periods. Each line of the log names the one before it by a hash, so
    # that a line changed or taken out later shows; and what was asked for, so that it can be done
    # again from the originals.
    4: """
create table period_event (
    id integer, period varchar, event varchar, occurred_at timestamp, actor varchar,
    reason varchar);
alter table audit add column arguments varchar;
alter table audit add column chain varchar;
""",
    # How a form is read may be taken back, as a spelling may.
    5: """
create table mapping_event (
    id integer, mapping integer, event varchar, occurred_at timestamp, actor varchar,
    reason varchar);
""",
}
VERSION = max(STEPS)
TABLES = "".join(STEPS.values())


class SchemaTooNew(Exception):
    """The database was written by a newer release; this one would misread it."""


RECORDED = 4  # from this version on every act is recorded with what was asked for


def migrate(con: DuckDBPyConnection, now: datetime, base: str | None = None) -> bool:
    """Take the tables from whatever version is there (none: 0) to ours; True if anything was done.

    In one transaction. A database with something in it is never touched but as a copy
    (``upgrade``). ``base``: the hash of a copy of it as it was, where one was kept.
    """
    found = version_of(con)
    if found == VERSION:
        return False
    con.execute("begin")
    for step in range(found + 1, VERSION + 1):
        con.execute(STEPS[step])
    con.execute("delete from meta where name = 'schema_version'")
    con.execute("insert into meta values ('schema_version', ?)", [str(VERSION)])
    asked = {"schema": VERSION, **({"base": base} if base else {})}
    audit(con, "hệ thống", "migrate" if found else "init", f"schema {VERSION}", now, asked)
    con.execute("commit")
    return True


def version_of(con: DuckDBPyConnection) -> int:
    """The version of the tables that are there, 0 in an empty database. Raises SchemaTooNew."""
    names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    if "meta" not in names:
        return 0
    row = con.execute("select content from meta where name = 'schema_version'").fetchone()
    found = int(row[0]) if row else 0
    if found not in STEPS:
        raise SchemaTooNew(f"schema {found}, this release reads {VERSION}")
    return found
