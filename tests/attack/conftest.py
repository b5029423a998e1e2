"""A real server with accounts, and people of every role who have logged in to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.accounts import passwords, roster
from etl.accounts.roster import Wanted
from indicators.people import Role
from tests.attack.client import Guest
from tests.once import once
from tests.pages.conftest import closed_afterwards, demo_copy, demo_file, make
from tests.serving import app, serving

__all__ = ["closed_afterwards", "demo_copy", "demo_file", "guarded_db", "people", "site"]
PASSWORD = "con trau an co ngoai dong"
PEOPLE = {
    "quantri": Wanted("Nguyễn <b>Quản</b>", Role.ADMIN),
    "duyet": Wanted("Phạm Duyệt", Role.APPROVER),
    "nhuthanh": Wanted("Trần Thị Hoa", Role.ANALYST, "th-ttyt-nhu-thanh"),
    "lanhdao": Wanted("Lê Văn Lãnh", Role.LEADER),
    "molan": Wanted("Vũ Mới", Role.LEADER),
}


def guarded(factory: pytest.TempPathFactory) -> Path:
    """A demo province with an account of each role; `molan` has a one-time password."""
    made = once(factory, "demo", lambda folder: make(folder, demo=True))
    folder = factory.mktemp("guarded") / "db"
    shutil.copytree(made, folder)
    db, kept = folder / "van-dan.duckdb", passwords.hashed(PASSWORD)
    for login, wanted in PEOPLE.items():
        roster.add(db, login, wanted, kept, by="thử", once=login == "molan")
    return db


@pytest.fixture(scope="session")
def guarded_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the server that the tests of this folder share."""
    return guarded(tmp_path_factory)


@pytest.fixture(scope="session")
def site(guarded_db: Path) -> Iterator[str]:
    """The address of the server."""
    with serving(*app(guarded_db)) as url:
        yield url


@pytest.fixture(scope="session")
def people(site: str) -> dict[str, Guest]:
    """Everybody, logged in; and "" for somebody unknown."""
    found = {login: Guest(site).logged_in(login, PASSWORD) for login in PEOPLE}
    return {**found, "": Guest(site)}
