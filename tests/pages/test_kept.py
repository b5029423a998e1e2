"""The cache of results: one maker for many who ask at once, and nothing kept from a failure."""

from __future__ import annotations

import threading
import time

import pytest

from pages.parts.data import kept


@pytest.mark.usefixtures("demo_db")
def test_of_many_who_ask_at_once_one_makes_it() -> None:
    made: list[object] = []

    def slowly() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    found: list[object] = []
    asking = [
        threading.Thread(target=lambda: found.append(kept(("herd",), slowly))) for _ in range(8)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(made) == 1 and found == made * 8


@pytest.mark.usefixtures("demo_db")
def test_what_failed_is_tried_again() -> None:
    def fails() -> object:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept(("fails",), fails)
    assert kept(("fails",), lambda: 7) == 7


@pytest.mark.usefixtures("demo_db")
def test_a_maker_may_ask_for_what_another_makes() -> None:
    assert kept(("outer",), lambda: kept(("inner",), lambda: 2) * 3) == 6
    assert kept(("inner",), lambda: 0) == 2
