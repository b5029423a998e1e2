"""The warehouse: revisions, taking back, as known on a day, transactions, threads."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from etl.store.connect import CannotOpen, DatabaseBusy, Store, open_store
from etl.store.left import Left, left_after
from etl.store.schema import SchemaTooNew
from etl.store.submissions import (
    AlreadyWithdrawn,
    NoSuchSubmission,
    has_simulated,
    latest_received,
    reported_units,
    submissions,
    withdraw,
)
from etl.store.verify import faults
from tests.etl.earlier import take_back
from tests.etl.tables import CENTRE, HOSPITAL, current, send

START = datetime(2022, 1, 5, 8)
A, B = f"{CENTRE},2021-Q3,doctors,", f"{CENTRE},2021-Q3,stations,"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.duckdb")
    yield opened
    assert faults(opened) == []
    opened.close()


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def back(store: Store, number: int, at: datetime | None = None) -> None:
    withdraw(store, number, reason="nhầm", by="thử", at=at or day(99))


def states(store: Store) -> list[str]:
    return [s.state for s in reversed(submissions(store.cursor()))]


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    first = send(store, [A + "12", B + "14"])
    version = store.version()
    again = send(store, [A + "12", B + "14"], name="khác.csv")
    other = send(store, [B + "14,0", A + "12"])
    assert first.submissions == [1]
    assert again.submissions == other.submissions == []
    assert again.counts["unchanged"] == 2 and store.version() == version


def test_a_correction_of_one_cell_is_a_complete_new_revision(store: Store) -> None:
    send(store, [A + "12", B + "14"], name="một.csv")
    send(store, [B + "15"], name="hai.csv", at=day(1))
    newest, oldest = submissions(store.cursor())
    assert (newest.revision, newest.cells, newest.state) == (2, 2, "current")
    assert (oldest.revision, oldest.cells, oldest.state) == (1, 2, "superseded")
    assert current(store) == {("doctors", "12"), ("stations", "15")}


def test_a_figure_that_was_carried_still_names_its_own_cell(store: Store) -> None:
    send(store, [A + "12", B + "14"], name="một.csv")
    send(store, ["", B + "15"], name="hai.csv", at=day(1))
    rows = (
        store.cursor()
        .execute(
            """select u.file_name, o.row_number, o.raw from source_cell o
            join upload u on u.id = o.upload where o.submission = 2 order by 1"""
        )
        .fetchall()
    )
    assert rows == [("hai.csv", 3, "15"), ("một.csv", 2, "12")]


def test_an_estimate_that_becomes_final_is_a_change(store: Store) -> None:
    send(store, [A + "ước 12"])
    assert send(store, [A + "12"], at=day(1)).counts["changed"] == 1


def test_forms_and_units_have_revisions_of_their_own(store: Store) -> None:
    rows = [A + "12", f"{HOSPITAL},2021-Q3,beds,100", f"{CENTRE},2021-Q2,doctors,11"]
    assert send(store, rows).submissions == [1, 2, 3]
    assert send(store, [f"{HOSPITAL},2021-Q3,beds,101"], at=day(1)).submissions == [4]
    assert states(store).count("superseded") == 1


def test_taking_back_restores_what_was_valid_before(store: Store) -> None:
    send(store, [A + "12"])
    send(store, [A + "13", B + "14"], at=day(1))
    back(store, 2)
    assert current(store) == {("doctors", "12")} and states(store) == ["current", "withdrawn"]


def test_taking_back_twice_in_a_row_goes_back_twice(store: Store) -> None:
    for n, value in enumerate(("12", "13", "14")):
        send(store, [A + value], at=day(n))
    back(store, 3)
    assert current(store) == {("doctors", "13")}
    back(store, 2)
    assert current(store) == {("doctors", "12")}
    back(store, 1)
    assert current(store) == set() and states(store) == ["withdrawn"] * 3


def test_taking_back_a_middle_revision_leaves_the_later_one_and_says_what_it_holds(
    store: Store,
) -> None:
    send(store, [A + "12", B + "14"])
    send(store, [A + "99"], at=day(1))
    send(store, [B + "15"], at=day(2))
    back(store, 2)
    assert current(store) == {("doctors", "99"), ("stations", "15")}
    assert left_after(store.cursor(), 2) == Left(3, 1)
    back(store, 3)
    assert current(store) == {("doctors", "12"), ("stations", "14")}
    assert left_after(store.cursor(), 3) == Left(1, 0)
    back(store, 1)
    assert left_after(store.cursor(), 1) == Left(None, 0)


def test_what_was_taken_back_may_be_sent_again(store: Store) -> None:
    send(store, [A + "12"])
    back(store, 1, day(1))
    again = send(store, [A + "12"], at=day(2))
    assert again.submissions == [2] and current(store) == {("doctors", "12")}


def test_a_number_that_never_was_and_one_taken_back_before(store: Store) -> None:
    with pytest.raises(NoSuchSubmission):
        back(store, 7)
    send(store, [A + "12"])
    back(store, 1)
    with pytest.raises(AlreadyWithdrawn):
        back(store, 1)
    assert store.cursor().execute("select count(*) from submission_event").fetchall() == [(1,)]


def test_as_known_on_an_earlier_moment(store: Store) -> None:
    send(store, [A + "12"], at=day(0))
    send(store, [A + "13"], at=day(1))
    back(store, 2, day(2))
    cur = store.cursor()

    def known(moment: datetime) -> dict[int, str]:
        return {s.id: s.state for s in submissions(cur, known_on=moment)}

    assert known(day(0) - timedelta(seconds=1)) == {}
    assert known(day(0)) == {1: "current"}
    assert known(day(1)) == {1: "superseded", 2: "current"}
    assert known(day(2)) == {1: "current", 2: "withdrawn"}
    assert latest_received(cur, day(0)) == day(0) and latest_received(cur) == day(1)


def test_the_list_is_narrowed_by_unit_and_period(store: Store) -> None:
    send(store, [A + "12", f"{HOSPITAL},2021-Q2,beds,100"])
    cur = store.cursor()
    assert [s.unit for s in submissions(cur, unit=CENTRE)] == [CENTRE]
    assert [s.period for s in submissions(cur, period="2021-Q2")] == ["2021-Q2"]
    assert submissions(cur, unit="none") == [] and len(submissions(cur, limit=1)) == 1


def test_who_has_reported_and_when_first(store: Store) -> None:
    send(store, [A + "12"])
    send(store, [A + "13"], at=day(3))
    cur = store.cursor()
    assert reported_units(cur, "2021-Q3", "ttyt_quarter") == {CENTRE: START}
    assert reported_units(cur, "2021-Q4", "ttyt_quarter") == {}
    assert not has_simulated(cur)


def test_an_exception_in_the_middle_rolls_everything_back(store: Store) -> None:
    class Stop(BaseException):
        pass

    version = store.version()
    with pytest.raises(Stop), store.transaction() as cur:
        cur.execute("insert into meta values ('x', 'y')")
        cur.execute("create table half (a integer)")
        raise Stop
    cur = store.cursor()
    assert cur.execute("select count(*) from meta where name = 'x'").fetchall() == [(0,)]
    assert store.version() == version
    with pytest.raises(duckdb.CatalogException):
        cur.execute("select * from half")


def test_readers_in_other_threads_see_old_or_new_and_never_between(store: Store) -> None:
    assert send(store, [A + "1", B + "1"]).committed
    seen: list[list[tuple[int, int, int]]] = []
    stop: list[bool] = []

    def read() -> None:
        while not stop:
            cur = store.cursor()
            seen.append(
                cur.execute(
                    """select submission, min(value)::int, max(value)::int from fact
                    group by submission order by submission desc limit 1"""
                ).fetchall()
            )

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(2, 15):
        send(store, [f"{A}{n}", f"{B}{n}"], at=day(n))
    stop.append(True)
    for reader in readers:
        reader.join()
    assert seen and all(low == high == number for [(number, low, high)] in seen)


def test_writers_in_other_threads_wait_for_each_other(store: Store) -> None:
    def write(period: str) -> None:
        for n in range(5):
            send(store, [f"{CENTRE},{period},doctors,{n}"], at=day(n))

    writers = [Thread(target=write, args=(f"2021-Q{q}",)) for q in (1, 2, 3, 4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(s.id for s in submissions(store.cursor())) == list(range(1, 21))


def test_a_path_that_cannot_be_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "not.duckdb").write_bytes(b"no database at all" * 1000)
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "not.duckdb", tmp_path / "file" / "a.duckdb"):
        with pytest.raises(CannotOpen):
            open_store(path)


def test_a_database_of_a_newer_release_is_not_misread(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    store = open_store(path)
    store.connection.execute("update meta set content = '99' where name = 'schema_version'")
    store.close()
    with pytest.raises(SchemaTooNew):
        open_store(path)


def test_a_database_of_the_first_release_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    store = open_store(path)
    take_back(store.connection, 1)
    store.connection.execute("insert into finding (upload, code) values (1, 'x')")
    store.close()
    store = open_store(path)
    cur = store.cursor()
    assert cur.execute("select code, reason from finding").fetchall() == [("x", None)]
    assert cur.execute("select action from audit order by id").fetchall() == [
        ("init",),
        ("migrate",),
    ]
    store.close()
    assert open_store(path).version() == 2


def test_another_process_that_holds_the_file_is_named_busy(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    open_store(path).close()
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline().strip() == b"held"
        with pytest.raises(DatabaseBusy):
            open_store(path)
        holder.communicate(b"\n")
    open_store(path).close()


def test_the_log_of_the_database_goes_into_its_file_while_it_is_open(tmp_path: Path) -> None:
    open_store(tmp_path / "a.duckdb").close()
    store = open_store(tmp_path / "a.duckdb")
    send(store, f"{A}12")
    store.version()
    with store.transaction() as cur:
        cur.execute("create table padding as select range as n from range(40000)")
        # Of two rows one is fetched: what follows in the same transaction ends the question.
        assert cur.execute("select n from padding").fetchone() == (0,)
    log = Path(f"{store.path}.wal")
    assert log.stat().st_size
    store.cursor().execute("checkpoint")  # refused while an older question is still open
    assert not log.exists() or not log.stat().st_size
    store.close()
