"""An older database is upgraded in a copy: the file that is there is read, never written."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.store import schema, upgrade
from etl.store.connect import CannotOpen, DatabaseBusy, now, open_store
from etl.store.schema import STEPS, VERSION, version_of
from etl.store.verify import faults
from tests.etl.earlier import take_back
from tests.etl.tables import CENTRE, current, send


def contents(db: Path) -> dict[str, bytes]:
    """Every file of the folder of a database but the journal, which may be made."""
    return {p.name: p.read_bytes() for p in db.parent.iterdir() if p.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the version before, with figures in it."""
    store = open_store(tmp_path / "old.duckdb")
    send(store, [f"{CENTRE},2021-Q3,doctors,12"])
    take_back(store.connection, VERSION - 1)
    store.close()
    return tmp_path / "old.duckdb"


def test_the_old_file_stays_beside_the_new_one_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    store = open_store(old)
    assert version_of(store.cursor()) == VERSION
    assert current(store) == {("doctors", "12")} and faults(store) == []
    store.close()
    kept = [p for p in old.parent.glob("old.duckdb.2*") if p.suffix != ".wal"]
    assert [p.read_bytes() for p in kept] == [before]
    open_store(old).close()  # and is not made a second time
    assert len(list(old.parent.glob("old.duckdb.2*"))) == 1


def test_what_was_only_in_the_write_ahead_file_comes_along(old: Path) -> None:
    with duckdb.connect(str(old)) as con:
        con.execute("set checkpoint_threshold = '1TB'")
        con.execute("pragma disable_checkpoint_on_shutdown")
        con.execute("insert into meta values ('late', 'word')")
    assert old.with_name("old.duckdb.wal").stat().st_size > 0
    store = open_store(old)
    assert store.cursor().execute("select content from meta where name = 'late'").fetchall() == [
        ("word",)
    ]
    store.close()


def test_an_upgrade_that_fails_touches_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.STEPS, VERSION, STEPS[VERSION] + "create table audit (id integer);")
    before = contents(old)
    with pytest.raises(CannotOpen):
        open_store(old)
    assert contents(old) == before
    monkeypatch.undo()
    assert faults(open_store(old)) == []


def test_what_another_process_wrote_meanwhile_is_not_put_aside(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the copy and its taking the place the file is nobody's for a moment."""
    real = upgrade.migrate

    def overtaken(*arguments: object) -> bool:
        with duckdb.connect(str(old)) as con:
            con.execute("insert into meta values ('meanwhile', 'written')")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(upgrade, "migrate", overtaken)
    with pytest.raises(DatabaseBusy):
        open_store(old)
    monkeypatch.undo()
    assert not list(old.parent.glob("*.upgrade*"))
    store = open_store(old)
    sql = "select content from meta where name = 'meanwhile'"
    assert store.cursor().execute(sql).fetchall() == [("written",)]
    store.close()


def test_nothing_to_do_is_nothing_done(tmp_path: Path) -> None:
    db = tmp_path / "new.duckdb"
    assert upgrade.upgrade(db, now) is False and not db.exists()
    open_store(db).close()
    assert upgrade.upgrade(db, now) is False
    assert not list(tmp_path.glob("*.upgrade*")) and not list(tmp_path.glob("new.duckdb.2*"))


def test_two_who_start_at_once_make_one_upgrade(old: Path) -> None:
    """The second is told that the database is in use, or finds it done."""
    code = (
        "import sys; from pathlib import Path; from etl.store.connect import *\n"
        "try: open_store(Path(sys.argv[1])).close(); print('opened')\n"
        "except DatabaseBusy: print('busy')"
    )
    root = Path(upgrade.__file__).parent.parent.parent
    starters = [
        subprocess.Popen([sys.executable, "-c", code, str(old)], cwd=root, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[0].decode().strip() for process in starters]
    assert set(said) <= {"opened", "busy"} and "opened" in said
    store = open_store(old)
    log = [action for (action,) in store.cursor().execute("select action from audit").fetchall()]
    assert log.count("migrate") == 1 and faults(store) == []
    assert current(store) == {("doctors", "12")}
    store.close()
    assert not list(old.parent.glob("*.upgrade*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nothing take the place of a claimed file")
def test_there_is_a_database_at_every_moment(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opened it at a moment when there is none would begin an empty one."""
    real, seen = os.replace, []

    def watched(*names: str) -> None:
        real(*names)
        seen.append(old.exists())

    monkeypatch.setattr(os, "replace", watched)
    open_store(old).close()
    assert len(seen) >= 2 and all(seen)
