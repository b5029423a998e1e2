"""The cache of results: one maker for many who ask at once, and nothing kept from a failure."""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar

import pytest

import pages.parts.named
from etl.web import ROOT
from indicators.text import say
from pages.parts.data import kept, kept_for_all
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
