"""The cache of results: one maker for many who ask at once, and nothing kept from a failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Timer

import pytest

import pages.parts.named
from etl.store.connect import own_writes
from etl.web import ROOT
from indicators.text import say
from pages.parts import kept as keeping
from pages.parts.kept import kept, kept_for_all
from pages.parts.named import show_people
from tests.pages.opening import page_html


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


WAIT = 20  # seconds, on a loaded machine


@dataclass
class Data:
    """A store that knows its version, and a run's view of it."""

    number: int = 1
    stamp: tuple[tuple[str, int], ...] = ()
    made: list[str] = field(default_factory=list)

    @property
    def store(self) -> Data:
        return self

    def version(self) -> int:
        return self.number

    def seen(self, name: str) -> Callable[[], str]:
        """A maker that says of which version it made what."""
        return lambda: self.made.append(name) or f"{name} {self.number}"  # type: ignore[func-returns-value]


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Data:
    found = Data()
    monkeypatch.setattr(keeping, "opened", lambda: found)
    return found


def in_a_run(work: Callable[[], object]) -> object:
    """What it gives in a thread of its own that has begun a run."""

    def run() -> object:
        with keeping.one_run():
            return work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_a_run_keeps_to_what_it_was_given_while_files_come(data: Data) -> None:
    def page() -> list[str]:
        first = kept(("a",), data.seen("a"))
        data.number += 1
        return [first, kept(("a",), data.seen("a")), kept(("b",), data.seen("b"))]

    assert in_a_run(page) == ["a 1", "a 1", "b 2"]


def test_who_begins_later_sees_what_came_before(data: Data) -> None:
    assert in_a_run(lambda: kept(("a",), data.seen("a"))) == "a 1"
    data.number += 1
    assert in_a_run(lambda: kept(("a",), data.seen("a"))) == "a 2"
    assert in_a_run(lambda: kept(("a",), data.seen("a"))) == "a 2"
    assert data.made == ["a", "a"]


def test_what_was_made_from_something_older_is_as_old_as_that(data: Data) -> None:
    def page() -> str:
        rows = kept(("rows",), data.seen("rows"))
        data.number += 1  # a file, between the figures and the card made of them
        return kept(("card",), lambda: f"card of {rows}")

    assert in_a_run(page) == "card of rows 1"
    assert in_a_run(lambda: kept(("card",), lambda: "new card")) == "new card"


def test_what_is_asked_for_on_the_way_counts_as_well(data: Data) -> None:
    def page() -> str:
        kept(("first",), data.seen("first"))
        data.number += 1
        kept(("rows",), data.seen("rows"))
        return kept(("card",), lambda: "card of " + kept(("rows",), data.seen("rows")))

    assert in_a_run(page) == "card of rows 2"
    assert in_a_run(lambda: kept(("card",), lambda: "new card")) == "new card"


def test_what_another_made_meanwhile_is_new_enough_and_then_nothing_older_is_given(
    data: Data,
) -> None:
    in_a_run(lambda: kept(("card",), data.seen("card")))

    def page() -> list[str]:
        kept(("first",), data.seen("first"))
        data.number += 1
        in_a_run(lambda: kept(("rows",), data.seen("rows")))
        return [kept(("rows",), data.seen("rows")), kept(("card",), data.seen("card"))]

    # The card of the first version would do for this run, but not beside rows of the second.
    assert in_a_run(page) == ["rows 2", "card 2"]
    assert data.made == ["card", "first", "rows", "card"]


def test_who_waits_while_it_is_made_is_given_it(data: Data) -> None:
    started, ready = Event(), Event()

    def slowly() -> str:
        started.set()
        assert ready.wait(WAIT)
        return data.seen("rows")()

    def early() -> str:
        kept(("first",), data.seen("first"))
        data.number += 1
        maker = pool.submit(in_a_run, lambda: kept(("rows",), slowly))
        assert started.wait(WAIT)
        Timer(0.2, ready.set).start()
        return kept(("rows",), data.seen("rows")) + f" {maker.result(WAIT)}"

    with ThreadPoolExecutor(1) as pool:
        assert in_a_run(early) == "rows 2 rows 2" and data.made == ["first", "rows"]


def test_after_a_write_of_its_own_a_run_sees_it(data: Data) -> None:
    def page() -> list[str]:
        kept(("a",), data.seen("a"))
        data.number += 1
        own_writes.set(own_writes.get() + 1)
        return [kept(("a",), data.seen("a")) for _ in range(3)]

    assert in_a_run(page) == ["a 2"] * 3 and data.made == ["a", "a"]


def test_what_is_short_does_not_wait_for_what_is_long(data: Data) -> None:
    started, ready = Event(), Event()

    def paper() -> str:
        started.set()
        assert ready.wait(WAIT)
        return "paper"

    with ThreadPoolExecutor(2) as pool:
        made = pool.submit(kept, ("paper",), paper, long=True)
        assert started.wait(WAIT)
        assert pool.submit(kept, ("card",), data.seen("card")).result(WAIT) == "card 1"
        ready.set()
        assert made.result(WAIT) == "paper"


def test_what_is_short_may_not_ask_for_what_is_long(data: Data) -> None:
    paper = partial(kept, ("paper",), data.seen("paper"), long=True)
    assert kept(("bundle",), lambda: paper() + "!", long=True) == "paper 1!"
    with pytest.raises(AssertionError):  # also where it happens to be there
        kept(("card",), paper)


def test_what_was_given_of_another_database_is_in_nothing_that_is_kept(data: Data) -> None:
    def page() -> str:
        rows = kept(("rows",), data.seen("rows"))
        other = Data(number=1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keeping, "opened", lambda: other)
            kept(("card",), lambda: f"card of {rows}")
            return str(in_a_run(lambda: kept(("card",), lambda: "new card")))

    assert in_a_run(page) == "new card"


def test_an_answer_ends_and_its_thread_sees_the_newest_again(data: Data) -> None:
    with keeping.one_run():
        assert kept(("a",), data.seen("a")) == "a 1"
        data.number += 1
        assert kept(("a",), data.seen("a")) == "a 1"
    assert kept(("a",), data.seen("a")) == "a 2"


@pytest.mark.usefixtures("demo_db")
def test_what_is_put_together_for_the_staff_is_not_given_to_the_public() -> None:
    made: list[bool] = []
    for shown in (True, False, True, False):
        show_people(shown)
        try:
            found = kept(("card",), lambda shown=shown: made.append(shown) or shown)
            both = kept_for_all(("data",), lambda shown=shown: shown)
        finally:
            show_people(True)
        assert found is shown and both is True
    assert made == [True, False]


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("first", [True, False])
def test_the_page_of_a_facility_is_kept_for_those_it_was_made_for(
    monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    unit = "th-ttyt-hau-loc" if first else "th-ttyt-hoang-hoa"
    for shown in (first, not first):
        monkeypatch.setattr(pages.parts.named, "_are_shown", ContextVar("shown", default=shown))
        html = page_html(ROOT / "pages" / "unit.py", unit=unit, period="2021-Q3")
        assert (say("account.file") in html) is not shown
