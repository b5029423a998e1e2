"""Loading a file: all or nothing, everything said, a reason where one is needed, a look beforehand."""

from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest

from etl.entries import Hints
from etl.findings import Finding, Place
from etl.flips import affected
from etl.load import OF_EACH_CODE, first_of_each_code
from etl.store import originals
from etl.store.connect import Store, open_store
from etl.store.journal import NAME
from etl.store.schema import TABLES
from etl.store.submissions import withdraw
from indicators.period import parse_period
from tests.etl.tables import CENTRE, TODAY, codes, current, deployment, long, recognised, send

NAMES = [line.split()[2] for line in TABLES.splitlines() if line.startswith("create table")]
GOOD = f"{CENTRE},2021-Q3,doctors,12"
BAD = f"{CENTRE},2021-Q3,doctors,-12"
ABOVE = [f"{CENTRE},2021-Q3,population,1000", f"{CENTRE},2021-Q3,insured,1001"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.duckdb")


def rows(store: Store) -> dict[str, int]:
    """How many rows every table has."""
    cur = store.cursor()
    return {n: cur.execute(f"select count(*) from {n}").fetchall()[0][0] for n in NAMES}


def kept(store: Store) -> list[str]:
    """The files received; the journal lies beside them."""
    names = (path.name for path in store.uploads.iterdir()) if store.uploads else ()
    return sorted(name for name in names if name != NAME)


def test_a_good_file_is_written_with_its_bytes(store: Store) -> None:
    done = send(store, [GOOD])
    assert (done.refused, done.committed, done.counts["added"]) == (False, True, 1)
    assert current(store) == {("doctors", "12")} and kept(store) == [done.hash]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\x01", b"%PDF-1.4", b"nothing here", long([GOOD, BAD]), long([GOOD, "x,y,z,1"]),
        long([GOOD, f"{CENTRE},2021-Q3,stations,abc"]), long([]),
    ],
)  # fmt: skip
def test_nothing_enters_on_a_blocking_finding(store: Store, content: bytes) -> None:
    before = rows(store)
    done = send(store, content)
    assert done.refused and not done.committed and not done.submissions
    assert rows(store) == before and kept(store) == []


def test_all_findings_of_a_file_come_together(store: Store) -> None:
    done = send(
        store,
        ["x,2021-Q3,doctors,1", BAD, f"{CENTRE},2021-Q3,beds,3", f"{CENTRE},2021-Q3,insured,?"],
    )
    assert set(codes(done)) == {
        "unit-unknown", "number-too-small", "quantity-not-of-unit", "number-unreadable",
    }  # fmt: skip


def test_a_file_without_figures_says_so(store: Store) -> None:
    assert codes(send(store, [f"{CENTRE},2021-Q3,doctors,"])) == ["no-figures"]


def test_a_reason_of_its_own_answers_one_finding_and_not_another(store: Store) -> None:
    early = [*ABOVE, f"{CENTRE},2023-Q3,doctors,12"]
    one = {"part-above-whole": "Có thẻ của tỉnh khác"}
    assert send(store, early, reasons=one).refused
    both = {**one, "period-not-over": "Số ước"}
    assert send(store, early, reasons={**one, "period-not-over": " "}).refused
    assert send(store, early, reasons=both).committed
    cur = store.cursor()
    kept_reasons = cur.execute("select code, reason from finding order by code").fetchall()
    assert kept_reasons == sorted(both.items())


def test_a_finding_without_a_reason_of_its_own_keeps_the_common_one(store: Store) -> None:
    send(store, [GOOD, GOOD, *ABOVE], reason="Chung")
    cur = store.cursor()
    found = cur.execute("select code, reason from finding order by code").fetchall()
    assert found == [("duplicate-equal", None), ("part-above-whole", "Chung")]


def test_the_same_file_again_is_said(store: Store) -> None:
    assert codes(send(store, [GOOD])) == []
    again = send(store, [GOOD], at=datetime(2022, 1, 6))
    assert codes(again) == ["file-again"] and not again.submissions
    assert again.findings[0].facts == {"by": "thử", "day": "05/01/2022"}
    withdraw(store, 1, reason="nhầm", by="thử", at=datetime(2022, 1, 7))
    assert codes(send(store, [GOOD])) == []


def test_a_figure_that_is_known_with_another_value_is_said(store: Store) -> None:
    send(store, [GOOD, f"{CENTRE},2021-Q3,stations,14"])
    other = [f"{CENTRE},2021-Q3,{q}" for q in ("doctors,13", "stations,15", "communes,14")]
    done = send(store, other)
    assert codes(done) == ["figures-revised"] and done.committed
    facts = done.findings[0].facts
    assert [facts[name] for name in ("count", "old", "new")] == ["2", "12", "13"]
    assert done.findings[0].place.cell == "D2"


def test_a_warning_asks_for_a_reason_and_keeps_it(store: Store) -> None:
    refused = send(store, ABOVE)
    assert refused.refused and codes(refused) == ["part-above-whole"] and not current(store)
    assert send(store, ABOVE, reason="  ").refused
    done = send(store, ABOVE, reason="Có thẻ của tỉnh khác")
    assert done.committed
    cur = store.cursor()
    assert cur.execute("select note from upload").fetchall() == [("Có thẻ của tỉnh khác",)]
    kept_findings = cur.execute("select code, severity, row_number from finding").fetchall()
    assert kept_findings == [("part-above-whole", "needs_reason", 3)]


def test_a_reason_does_not_unlock_what_blocks(store: Store) -> None:
    assert send(store, [BAD], reason="cứ nạp").refused


def test_a_dry_run_writes_nothing_at_all(store: Store) -> None:
    send(store, [GOOD])
    before, files, version = rows(store), kept(store), store.version()
    done = send(
        store,
        [
            f"{CENTRE},2021-Q3,doctors,13",
            f"{CENTRE},2021-Q3,stations,14",
            "th-bv-nhi,2021-Q3,beds,9",
        ],
        dry_run=True,
    )
    assert done.counts == {"added": 2, "changed": 1, "removed": 0, "unchanged": 0}
    assert {c.change for c in done.changes} == {"added", "changed"}
    assert not done.committed and not done.submissions
    assert (rows(store), kept(store), store.version()) == (before, files, version)
    assert current(store) == {("doctors", "12")}


def test_a_dry_run_leaves_the_database_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    store = open_store(path)
    send(store, [GOOD])
    store.close()
    before = path.read_bytes()
    store = open_store(path)
    send(store, [BAD.replace("-12", "13")], dry_run=True)
    store.close()
    assert path.read_bytes() == before


def test_a_change_is_shown_as_old_and_new(store: Store) -> None:
    send(store, [GOOD, f"{CENTRE},2021-Q3,insured,900", f"{CENTRE},2021-Q3,stations,14"])
    done = send(
        store,
        [
            f"{CENTRE},2021-Q3,doctors,…",
            f"{CENTRE},2021-Q3,insured,900",
            f"{CENTRE},2021-Q3,stations,-",
        ],
        dry_run=True,
    )
    assert done.counts == {"added": 0, "changed": 1, "removed": 1, "unchanged": 1}
    shown = {c.quantity: (c.change, c.old, c.new, c.new_absence) for c in done.changes}
    assert shown["doctors"] == ("removed", 12, None, "not_available")
    assert shown["stations"] == ("changed", 14, None, "nil")


def province(value: int) -> list[str]:
    """Every health centre of the province with people, and stations under doctors' care."""
    tree = deployment().units.at(datetime(2021, 9, 30).date())
    centres = [u.id for u in tree.within("thanh-hoa") if u.kind == "health_centre"]
    figures = {"stations": 10, "stations_with_doctor": value}
    return [f"{c},2021-Q3,{q},{v}" for c in centres for q, v in figures.items()]


def test_verdicts_that_would_flip_are_named(store: Store) -> None:
    send(store, province(10))
    done = send(store, province(1), dry_run=True)
    assert done.flips
    flip = done.flips[0]
    assert flip.old is not flip.new and flip.period == "2021-Q3"
    assert send(store, province(10), dry_run=True).flips == []


def test_each_plan_is_compared_at_its_own_newest_periods() -> None:
    found = recognised(f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|1").entries
    quarters = [f"{year}-Q{n}" for year in range(2019, 2030) for n in (1, 2, 3, 4)]
    cells = frozenset(("doctors", quarter) for quarter in quarters)
    judged = affected(found, quarters, deployment(), reported=(), cells=cells)
    asked = [(plan.id, code) for plan, code in judged]
    assert [c for p, c in asked if p == "thanh-hoa-2021"] == [f"2021-Q{n}" for n in (1, 2, 3, 4)]
    assert [c for p, c in asked if p == "nhu-thanh-2021-2025"][-1] == "2025-Q2"
    assert not [p for p, _ in asked if p == "bac-giang-2023"]


def test_one_mistake_repeated_hides_no_other(store: Store) -> None:
    place = Place("a.csv")
    many = [Finding("number-unreadable", place, str(n)) for n in range(10_000)]
    shown = first_of_each_code([*many, Finding("unit-missing", place)])
    assert len(shown) == OF_EACH_CODE + 1 and shown[-1].code == "unit-missing"


def test_ten_thousand_findings_are_kept_in_reason(store: Store) -> None:
    rows_ = [f"{CENTRE},2021-Q3,doctors,x{n}" for n in range(10_000)]
    assert len(send(store, rows_).findings) == 10_000


def test_the_same_bytes_sent_twice_at_once_are_kept_once(store: Store) -> None:
    failed: list[Exception] = []

    def keep() -> None:
        try:
            send(store, [GOOD])
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=keep) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and len(kept(store)) == 1 and rows(store)["submission"] == 1


def test_bytes_are_kept_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_number: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(originals.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        send(store, [GOOD])
    assert "a" * 64 not in kept(store) and rows(store)["upload"] == 0


def test_a_store_in_memory_keeps_no_bytes() -> None:
    store = open_store(None)
    assert send(store, [GOOD]).committed


def test_what_the_sender_chose_is_kept_with_the_upload(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.duckdb")
    content = "Chỉ tiêu;Giá trị\nSố bác sĩ;12\n".encode()
    given = Hints(TODAY, parse_period("2021-Q3"), CENTRE)
    loaded = send(store, content, given=given)
    assert loaded.committed
    kept = store.cursor().execute("select code, sentence from finding order by code").fetchall()
    said = dict(kept)
    assert "Quý III/2021" in said["period-chosen"]
    assert "Trung tâm Y tế huyện Như Thanh" in said["unit-chosen"]
    store.close()


def test_a_choice_that_the_file_makes_itself_is_not_noted(tmp_path: Path) -> None:
    content = "Đơn vị;Kỳ;Bác sĩ\nTTYT Như Thanh;2021-Q3;12\n".encode()
    given = Hints(TODAY, parse_period("2021-Q3"), CENTRE)
    assert not {"period-chosen", "unit-chosen"} & set(
        codes(send(open_store(None), content, given=given))
    )
