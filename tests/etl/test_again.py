"""Reports that were returned and sent again: which return counts, and what differs this time."""

from decimal import Decimal

import pytest

from etl.store.again import sent_again
from etl.store.awaiting import differences
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from etl.store.submissions import withdraw
from tests.etl.tables import CENTRE, OTHER, send
from tests.etl.test_approval import DAY

LINES = [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,…"]


@pytest.fixture
def store() -> Store:
    opened = open_store(None)
    send(opened, LINES)
    send(opened, [f"{OTHER},2021-Q3,doctors,20"])
    return opened


def said(store: Store, number: int, word: Decision, day: int, reason: str = "thiếu") -> None:
    decide(store, [number], word, reason=reason, by="Hà", at=DAY[day])


def test_what_differs_from_the_one_returned_and_why_it_was(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 6)
    send(store, [f"{CENTRE},2021-Q3,doctors,14", LINES[1]], at=DAY[7])
    found = sent_again(store.cursor(), [1, 2, 3])
    assert list(found) == [3]
    again = found[3]
    assert (again.base, again.off.by, again.off.at, again.off.reason) == (1, "Hà", DAY[6], "thiếu")
    (one,) = again.differences
    assert (one.quantity, one.old, one.new) == ("doctors", Decimal(12), Decimal(14))
    # The same as the plain comparison of two submissions.
    assert list(again.differences) == differences(store.cursor(), 3, 1)


def test_what_is_left_out_or_new_differs_too(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 6)
    send(store, [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,communes,5"], at=DAY[7])
    again = sent_again(store.cursor(), [3])[3]
    assert {d.quantity: (d.in_old, d.in_new) for d in again.differences} == {
        "stations": (True, False),
        "communes": (False, True),
    }
    assert list(again.differences) == differences(store.cursor(), 3, 1)


def test_sent_again_as_it_was(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 6)
    send(store, LINES, at=DAY[7])
    assert sent_again(store.cursor(), [3])[3].differences == ()


def test_every_report_is_set_beside_its_own(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 6, "một")
    said(store, 2, Decision.RETURNED, 6, "hai")
    send(store, LINES, at=DAY[7])
    send(store, [f"{OTHER},2021-Q3,doctors,21"], at=DAY[7])
    found = sent_again(store.cursor(), [3, 4])
    assert {n: (a.base, a.off.reason, len(a.differences)) for n, a in found.items()} == {
        3: (1, "một", 0),
        4: (2, "hai", 1),
    }
    assert sent_again(store.cursor(), []) == {}


def test_the_newest_return_counts_also_when_another_was_taken_back_in_between(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 5, "một")
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[6])
    said(store, 3, Decision.RETURNED, 7, "hai")
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], at=DAY[8])
    withdraw(store, 4, reason="nhầm", by="Lan", at=DAY[9])
    send(store, [f"{CENTRE},2021-Q3,doctors,15"], at=DAY[10])
    again = sent_again(store.cursor(), [5])[5]
    assert (again.base, again.off.reason) == (3, "hai")
    assert [(d.old, d.new) for d in again.differences] == [(Decimal(13), Decimal(15))]


def test_after_an_approval_nothing_is_sent_again(store: Store) -> None:
    said(store, 1, Decision.RETURNED, 5)
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[6])
    said(store, 3, Decision.APPROVED, 7)
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], reason="sửa", at=DAY[8])
    assert sent_again(store.cursor(), [4]) == {}


def test_a_return_that_came_later_says_nothing(store: Store) -> None:
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[6])
    before = sent_again(store.cursor(), [3])
    said(store, 3, Decision.RETURNED, 7)
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], at=DAY[8])
    assert before == {} == sent_again(store.cursor(), [3])
    assert sent_again(store.cursor(), [4])[4].base == 3
