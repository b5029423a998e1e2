"""The values a figure had: corrected, dropped, taken back, and as known on an earlier day."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from etl.numbers import Absence
from etl.store.connect import Store, open_store
from etl.store.revisions import Revision, corrections
from etl.store.submissions import submissions, withdraw
from tests.etl.tables import CENTRE, HOSPITAL, send

DOCTORS = (CENTRE, "2021-Q3", "doctors")
PEOPLE = (CENTRE, "2021-Q3", "population")
FIRST, SECOND, THIRD = (datetime(2022, month, 1, 9) for month in (1, 2, 3))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Doctors twelve, then fifteen; people never changed."""
    opened = open_store(tmp_path / "a.duckdb")
    rows = [f"{CENTRE},2021-Q3,population,95000"]
    send(opened, [*rows, f"{CENTRE},2021-Q3,doctors,12"], name="a.csv", at=FIRST)
    send(opened, [*rows, f"{CENTRE},2021-Q3,doctors,15"], name="b.csv", at=SECOND)
    return opened


def values(found: tuple[Revision, ...]) -> list[Decimal | None]:
    """Only the values."""
    return [revision.value for revision in found]


def test_a_corrected_figure_has_both_values_with_file_sender_and_moment(store: Store) -> None:
    found = corrections(store.cursor(), [DOCTORS, PEOPLE])
    assert set(found) == {DOCTORS}
    old, new = found[DOCTORS]
    assert (old.value, old.file, old.received_by, old.received_at) == (12, "a.csv", "thử", FIRST)
    assert (new.value, new.file, new.received_at, new.taken_back_at) == (15, "b.csv", SECOND, None)


def test_before_the_correction_there_was_none(store: Store) -> None:
    assert corrections(store.cursor(), [DOCTORS], known_on=datetime(2022, 1, 15)) == {}


def test_what_was_taken_back_says_by_whom_and_why(store: Store) -> None:
    newest = submissions(store.cursor(), unit=CENTRE)[0]
    withdraw(store, newest.id, reason="nhầm tệp", by="Lan", at=THIRD)
    old, new = corrections(store.cursor(), [DOCTORS])[DOCTORS]
    assert old.taken_back_at is None
    assert (new.taken_back_at, new.taken_back_by, new.reason) == (THIRD, "Lan", "nhầm tệp")
    early = corrections(store.cursor(), [DOCTORS], known_on=datetime(2022, 2, 15))[DOCTORS]
    assert early[1].taken_back_at is None


def test_an_absence_is_a_value_of_its_own(store: Store) -> None:
    send(store, [f"{CENTRE},2021-Q3,doctors,-"], name="c.csv", at=THIRD, reason="sửa")
    found = corrections(store.cursor(), [DOCTORS])[DOCTORS]
    assert values(found) == [12, 15, None] and found[-1].absence is Absence.NIL


def test_nothing_asked_and_nothing_known_is_nothing(store: Store) -> None:
    assert corrections(store.cursor(), []) == {}
    assert corrections(store.cursor(), [(HOSPITAL, "2021-Q3", "beds"), ("ai", "2021", "x")]) == {}
