"""A small database with every kind of act in it: made once, a copy for each test."""

import shutil
from pathlib import Path

import pytest

from tests.survival.acts import small


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of it; nobody may change what is in it."""
    return small(tmp_path_factory.mktemp("small")).parent


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(made, tmp_path / "db")
    return tmp_path / "db" / "a.duckdb"
