"""How often reads through the interface are written down."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import cast

import pytest
from starlette.types import ASGIApp

from etl.accounts.book import now
from etl.accounts.mode import Mode
from etl.accounts.roster import Account
from indicators.people import VISITOR, Role
from pages.parts.gate import gate, quiet
from pages.parts.gate.visit import Visit

SAID = "GET /tai-ve/a.csv"


def visit(login: str = "", address: str = "10.0.0.1") -> Visit:
    """Somebody with an account, or a public reader."""
    account = Account(login, "", Role.LEADER, "", "", False, False, "", now()) if login else None
    return Visit(Mode.PUBLIC, VISITOR, account, "", address, True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the module, to be set."""
    time = [5.0]
    monkeypatch.setattr(quiet, "monotonic", lambda: time[0])
    return time


def test_the_same_read_once_a_minute_another_at_once(clock: list[float]) -> None:
    readers = quiet.Readers()
    assert readers.may(visit("lan"), "plans") and not readers.may(visit("lan"), "plans")
    assert readers.may(visit("lan"), "units") and readers.may(visit("hoa"), "plans")
    clock[0] += 59
    assert not readers.may(visit("lan"), "plans")
    clock[0] += 2
    assert readers.may(visit("lan"), "plans")


def test_a_public_reader_who_makes_up_what_he_asks_does_not_fill_the_disk(
    clock: list[float],
) -> None:
    readers = quiet.Readers()
    written = sum(readers.may(visit(), f"facts known={n}") for n in range(500))
    assert written == quiet.PER_HOUR
    assert readers.may(visit("lan"), "plans") and readers.may(visit(address="10.0.0.2"), "plans")


def test_what_is_remembered_has_an_end(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "READS", 3)
    readers = quiet.Readers()
    for n in range(10):
        readers.may(visit("lan"), str(n))
    assert list(readers.noted) == [("lan", "7"), ("lan", "8"), ("lan", "9")]


def test_files_taken_by_strangers_are_told_once_a_minute_by_others_each_time(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str, str]] = []

    def keep(visit: Visit, action: str, detail: str) -> None:
        told.append((visit.account.login if visit.account else visit.address, action, detail))

    monkeypatch.setattr(gate, "keep", keep)
    door = gate.Gate(app=cast(ASGIApp, None))

    def take(by: Visit, query: str = "") -> None:
        scope = {"method": "GET", "path": "/tai-ve/a.csv", "query_string": query.encode()}
        asyncio.run(door.taken(by, scope))

    for _ in range(3):
        take(visit())
        take(visit("lan"))
    take(visit(address="10.0.0.2"))
    clock[0] += 61
    take(visit())
    of = Counter(who for who, action, detail in told if (action, detail) == ("download", SAID))
    assert of == {"10.0.0.1": 2, "lan": 3, "10.0.0.2": 1} and len(told) == 6
    # Who makes up what he asks has no more lines in the hour than for refusals.
    for n in range(300):
        take(visit(), f"plan={n}")
    assert sum(who == "10.0.0.1" for who, _, _ in told) == quiet.PER_HOUR
