"""The open deployment of a process: nobody waits for a look that somebody else takes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl import context
from etl.web import place_of
from tests.etl.tables import DATA


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    context.close()
    yield tmp_path
    context.close()


def test_who_asks_while_another_looks_at_the_files_is_answered(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = context.opened()
    monkeypatch.setattr(context, "_looked", float("-inf"))  # long ago: somebody looks again
    with ThreadPoolExecutor(1) as pool, context._guard:
        assert pool.submit(context.opened).result(timeout=10) is first


def test_another_place_is_another_database(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = context.opened()
    monkeypatch.setenv("VANDAN_DB", str(place / "b.duckdb"))
    second = context.opened()
    assert (first.place.db.name, second.place.db.name) == ("a.duckdb", "b.duckdb")


def test_a_name_without_a_folder_is_one_of_where_we_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        found.append(place_of({"VANDAN_DB": "a.duckdb"}).db.parent.name)
    assert found == ["one", "two"]
