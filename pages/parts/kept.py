"""What was made once for all sessions, until the data or the data files change; the only cache."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from etl.context import opened, today
from etl.store.connect import Store, own_writes
from pages.parts.named import are_people_shown

T = TypeVar("T")
KEPT = 300


@dataclass
class Run:
    """One run of a page or an answer, and which states of the data it deals with.

    ``since``: the version it must see at least: that of its beginning, of what it wrote itself, of
    the newest that it was given. ``oldest``: of the versions of all that it was given. Data go on
    changing while it runs; what it makes may be made from any of that, and is as old as the oldest.
    ``given``: all of it; asked for again, it is the same.
    """

    store: Store | None = None
    writes: int = 0
    since: float = 0
    oldest: float = math.inf
    given: dict[tuple[object, ...], Any] = field(default_factory=dict)
    is_short: bool = False  # while it makes something that may not wait for what is long


@dataclass(frozen=True)
class Made:
    """A result, and the version of the data whose every act is in it; later ones may be."""

    version: float
    value: Any


@dataclass
class Place:
    """Where the newest result of a key stands; of a long one with the lock of who makes it."""

    made: Made = Made(-1, None)
    lock: Any = field(default_factory=RLock)


_run: ContextVar[Run | None] = ContextVar("run", default=None)
_places: OrderedDict[tuple[object, ...], Place] = OrderedDict()
_guard = Lock()
# What is short is made one at a time: side by side all would be ready as late as the last, for
# Python works at one of them at a time anyway. Taken after the lock of a long one, never before.
_work = RLock()
_store: list[Store] = []  # the one the results were read from: an assessor may still ask it


@contextmanager
def one_run() -> Iterator[None]:
    """Inside, this thread runs a page, or gives an answer.

    It sees at least what was there when it first asks, and what it was given stays what it is.
    Were everything the newest at every question, a page would start anew with every file that is
    sent while it is made.
    """
    before = _run.set(Run())
    try:
        yield
    finally:
        _run.reset(before)


def kept(key: tuple[object, ...], make: Callable[[], T], *, long: bool = False) -> T:
    """As `kept_for_all`, apart for those who may see who sent what and for those who may not.

    For whatever is put together for a reader: HTML and papers hold names, or words for them.
    """
    return kept_for_all((*key, are_people_shown()), make, long=long)


def kept_for_all(key: tuple[object, ...], make: Callable[[], T], *, long: bool = False) -> T:
    """What was made for this key since the run began, else made now. For all sessions.

    For results as they come from the store, of which each page tells its reader what it may.
    Of many who ask at once for what is not there yet, one makes it and the others wait for it.
    ``make`` reads the store, asks here for other results, or uses what this run was given here.
    ``long``: it takes seconds (a paper); nothing that is not may ask for it.
    """
    context = opened()
    run, full = _run_of(context.store), (*key, today(), hash(context.stamp))
    assert not (long and run.is_short), key
    if full in run.given:
        return cast(T, run.given[full])
    place = _place(context.store, full)
    made = place.made
    if made.version < run.since:
        with place.lock if long else _work:
            made = place.made
            if made.version < run.since:
                made = place.made = _made(context.store, run, make, long=long)
    run.oldest, run.since = min(run.oldest, made.version), max(run.since, made.version)
    run.given[full] = made.value
    return cast(T, made.value)


def _run_of(store: Store) -> Run:
    """The run that asks; one for this question alone where none began."""
    run = _run.get() or Run()
    if run.store is not store or run.writes != own_writes.get():
        if run.store is not None and run.store is not store:
            run.oldest = -1  # what it was given was of another database
        run.store, run.writes, run.since = store, own_writes.get(), store.version()
        run.given.clear()
    return run


def _place(store: Store, key: tuple[object, ...]) -> Place:
    with _guard:
        if not _store or _store[0] is not store:
            _places.clear()
            _store[:] = [store]
        place = _places.setdefault(key, Place())
        _places.move_to_end(key)
        while len(_places) > KEPT:
            _places.popitem(last=False)
    return place


def _made(store: Store, run: Run, make: Callable[[], object], *, long: bool) -> Made:
    version, was_short = store.version(), run.is_short
    before = _run.set(run)  # what is asked for on the way belongs to it
    run.is_short = not long
    try:
        value = make()
    finally:
        _run.reset(before)
        run.is_short = was_short
    return Made(min(version, run.oldest), value)
