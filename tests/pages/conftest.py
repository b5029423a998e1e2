"""The databases that page tests look at: the demo province, and one without any figure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl import context
from etl.commands import answer
from tests.once import once


def make(folder: Path, *, demo: bool) -> Path:
    """A new database in a folder, made by the command that users run."""
    path = folder / "van-dan.duckdb"
    before = os.environ.get("VANDAN_DB")
    os.environ["VANDAN_DB"] = str(path)
    try:
        made = answer("init", {"demo": demo}, {})
        assert made["exit_code"] == 0, made["document"]
        context.close()
    finally:
        os.environ.pop("VANDAN_DB")
        if before is not None:
            os.environ["VANDAN_DB"] = before
    return path


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo province, made once; read it through `demo_db`, change it through `demo_copy`."""
    made = once(tmp_path_factory, "demo", lambda folder: make(folder, demo=True))
    # A copy for each process: DuckDB gives a file to one of them.
    own = tmp_path_factory.mktemp("demo")
    shutil.copytree(made, own, dirs_exist_ok=True)
    return own / "van-dan.duckdb"


@pytest.fixture(scope="session")
def undecided_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo province before anybody had approved or closed anything."""
    own = tmp_path_factory.mktemp("undecided") / "copy"
    context.close()
    shutil.copytree(demo_file.parent, own)
    with duckdb.connect(str(own / demo_file.name)) as con:
        con.execute("delete from submission_event where event = 'approved'")
        con.execute("delete from period_event")
    return own / demo_file.name


@pytest.fixture(scope="module", autouse=True)
def closed_afterwards() -> Iterator[None]:
    """No database stays open when a file of tests is through."""
    yield
    context.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which nothing was loaded, made once."""
    return make(tmp_path_factory.mktemp("empty"), demo=False)


def use(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make this the database of the process for one test, and give it back afterwards."""
    monkeypatch.setenv("VANDAN_DB", str(path))
    yield path
    context.close()


@pytest.fixture
def demo_db(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo province, for tests that only look; left open, the next test most likely looks too."""
    monkeypatch.setenv("VANDAN_DB", str(demo_file))
    yield demo_file


@pytest.fixture
def empty_db(empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The empty database, for tests that only look."""
    yield from use(empty_file, monkeypatch)


@pytest.fixture
def demo_copy(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A demo province of its own, for a test that loads or takes back."""
    shutil.copytree(demo_file.parent, tmp_path / "copy")
    yield from use(tmp_path / "copy" / demo_file.name, monkeypatch)


@pytest.fixture
def undecided_db(undecided_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same before any decision, for tests that only look; left open like `demo_db`."""
    monkeypatch.setenv("VANDAN_DB", str(undecided_file))
    yield undecided_file


@pytest.fixture
def undecided_copy(
    undecided_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The same before any decision, for a test that loads or takes back."""
    shutil.copytree(undecided_file.parent, tmp_path / "copy")
    yield from use(tmp_path / "copy" / undecided_file.name, monkeypatch)
