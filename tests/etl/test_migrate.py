"""From the tables of one version to those of the next, with the data in them."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.store import schema
from etl.store.aliases import AliasKind, aliases, remember_alias
from etl.store.connect import open_store
from etl.store.schema import STEPS, VERSION, SchemaTooNew, migrate
from etl.store.submissions import submissions
from etl.store.tasks import Report, in_force, record
from etl.store.verify import faults
from indicators.tasks import Progress
from tests.etl.earlier import UNDO, take_back, without_journal
from tests.etl.tables import CENTRE, current, send

AT = datetime(2022, 2, 1)
# The tables as the first release made them, kept here so that a slip in the code shows.
VERSION_1 = {
    "meta": "name varchar, content varchar",
    "dimension": "kind varchar, id varchar, key integer",
    "deployment_file": "version integer, loaded_at timestamp, path varchar, content varchar",
    "upload": "id integer, hash varchar, file_name varchar, size bigint, received_at timestamp, "
    "received_by varchar, note varchar, simulated boolean",
    "submission": "id integer, upload integer, unit integer, period integer, form integer, "
    "revision integer, received_at timestamp, received_by varchar, content_hash varchar",
    "submission_event": "id integer, submission integer, event varchar, occurred_at timestamp, "
    "actor varchar, reason varchar",
    "fact": "submission integer, quantity integer, value decimal(18, 4), absence tinyint, "
    "estimate boolean",
    "source_cell": "submission integer, quantity integer, upload integer, sheet varchar, "
    "row_number integer, column_number integer, raw varchar",
    "finding": "upload integer, code varchar, severity varchar, sheet varchar, "
    "row_number integer, column_number integer, got varchar, sentence varchar",
    "audit": "id integer, occurred_at timestamp, actor varchar, action varchar, detail varchar",
}

# Columns that later versions added to tables of the first.
ADDED = {"finding": "reason", "audit": "arguments, chain"}


def version_1(folder: Path) -> Path:
    """A database file as the first release left it, with two submissions in it."""
    now, old = folder / "now.duckdb", folder / "old.duckdb"
    store = open_store(now)
    send(store, [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,…"])
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=datetime(2022, 1, 9))
    store.close()
    with duckdb.connect(str(old)) as con:
        con.execute(f"attach '{now}' as made (read_only)")
        for table, columns in VERSION_1.items():
            con.execute(f"create table {table} ({columns})")
            kept = f"* exclude ({ADDED[table]})" if table in ADDED else "*"
            con.execute(f"insert into {table} select {kept} from made.{table}")
        con.execute("update meta set content = '1' where name = 'schema_version'")
    now.with_suffix(".uploads").rename(old.with_suffix(".uploads"))
    without_journal(old)
    return old


def test_the_first_step_is_what_the_first_release_made() -> None:
    with duckdb.connect() as con:
        con.execute(STEPS[1])
        con.execute("attach ':memory:' as frozen")
        for table, columns in VERSION_1.items():
            con.execute(f"create table frozen.{table} ({columns})")
        sql = """select table_name, column_name, data_type, column_index from duckdb_columns()
            where database_name = ? and not internal order by all"""
        assert con.execute(sql, ["memory"]).fetchall() == con.execute(sql, ["frozen"]).fetchall()


def test_a_database_of_version_1_keeps_everything_and_gets_what_is_new(tmp_path: Path) -> None:
    path = version_1(tmp_path)
    store = open_store(path)
    assert current(store) == {("doctors", "13"), ("stations", "-")}
    assert [s.revision for s in submissions(store.cursor())] == [2, 1]
    assert faults(store) == [] and aliases(store.cursor()) == []
    remember_alias(store, AliasKind.UNIT, "TTYT NT", CENTRE, by="Lan", at=AT)
    last = store.cursor().execute("select action, detail from audit order by id").fetchall()
    assert ("migrate", f"schema {VERSION}") in last and last[-1][0] == "alias"
    store.close()
    again = open_store(path)
    assert [a.spelling for a in aliases(again.cursor())] == ["TTYT NT"]
    assert send(again, [f"{CENTRE},2021-Q3,doctors,14"]).committed and faults(again) == []


def test_the_data_version_rises_with_the_migration(tmp_path: Path) -> None:
    path = version_1(tmp_path)
    with duckdb.connect(str(path)) as con:
        (before,) = con.execute("select max(id) from audit").fetchall()[0]
    store = open_store(path)
    assert store.version() == before + 1


def test_migrating_twice_does_nothing(tmp_path: Path) -> None:
    open_store(version_1(tmp_path)).close()
    with duckdb.connect(str(tmp_path / "old.duckdb")) as con:
        assert migrate(con, AT) is False
        assert con.execute("select count(*) from meta").fetchall() == [(1,)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = version_1(tmp_path)
    monkeypatch.setitem(schema.STEPS, 2, STEPS[2] + "create table audit (id integer);")
    with duckdb.connect(str(path)) as con:
        with pytest.raises(duckdb.Error):
            migrate(con, AT)
        con.execute("rollback")
    with duckdb.connect(str(path)) as con:
        names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
        assert names == VERSION_1.keys()
    monkeypatch.undo()
    assert faults(open_store(path)) == []


@pytest.mark.parametrize("found", [str(VERSION + 1), "99", "0"])
def test_tables_of_a_version_we_do_not_know_are_not_touched(tmp_path: Path, found: str) -> None:
    path = version_1(tmp_path)
    with duckdb.connect(str(path)) as con:
        con.execute("update meta set content = ? where name = 'schema_version'", [found])
    with pytest.raises(SchemaTooNew, match=f"schema {found}, this release reads {VERSION}"):
        open_store(path)


def test_a_database_of_version_2_keeps_what_was_confirmed_and_takes_records(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.duckdb"
    store = open_store(path)
    send(store, [f"{CENTRE},2021-Q3,doctors,12"])
    remember_alias(store, AliasKind.UNIT, "TTYT NT", CENTRE, by="Lan", at=AT)
    take_back(store.connection, 2)
    store.close()
    store = open_store(path)
    assert current(store) == {("doctors", "12")} and faults(store) == []
    assert [a.spelling for a in aliases(store.cursor())] == ["TTYT NT"]
    record(store, Report("p", "t", Progress.DOING), by="Lan", at=AT)
    assert list(in_force(store.cursor(), "p", None)) == ["t"] and faults(store) == []


def test_every_version_can_be_gone_back_from() -> None:
    assert {1, *UNDO} == STEPS.keys()
