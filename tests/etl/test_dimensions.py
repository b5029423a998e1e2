"""Names of the integer keys, also of those that a load made between two questions of a reader."""

import pytest

from etl.store.connect import open_store
from etl.store.dimensions import keys
from tests.etl.tables import CENTRE, HOSPITAL, send


def test_a_key_that_a_load_made_since_has_its_name() -> None:
    store = open_store(None)
    send(store, [f"{CENTRE},2021-Q3,doctors,12"])
    reader = store.cursor()
    units, periods = keys(reader, "unit"), keys(reader, "period")
    send(store, [f"{HOSPITAL},2021-Q4,doctors,40"])
    rows = reader.execute("select unit, period from submission order by id").fetchall()
    found = [(units.id_of[unit], periods.id_of[period]) for unit, period in rows]
    assert found == [(CENTRE, "2021-Q3"), (HOSPITAL, "2021-Q4")]
    assert HOSPITAL not in units.key_of  # who asks by name asks about what was there then


def test_a_key_that_nobody_made_is_an_error() -> None:
    store = open_store(None)
    send(store, [f"{CENTRE},2021-Q3,doctors,12"])
    with pytest.raises(KeyError):
        keys(store.cursor(), "unit").id_of[999]
