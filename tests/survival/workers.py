"""What the processes do that are killed: run by a fork of a process that has imported everything."""

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from etl.backup import pack, stage
from etl.rebuild import rebuild
from etl.restore import restore
from etl.store.connect import now, open_store
from etl.store.decisions import Decision, decide
from etl.store.places import uploads_of
from etl.store.submissions import withdraw
from tests.etl.tables import CENTRE, deployment, recognised, send
from tests.survival.acts import moment
from tests.survival.killing import KILL

YEARS, QUARTERS, NAMES = (2019, 2020, 2021), (1, 2, 3, 4), ("doctors", "stations")
ROWS = len(YEARS) * len(QUARTERS) * len(NAMES)  # figures of one load, all with its number


def rows(number: int) -> list[str]:
    """Figures that all say which load they are from."""
    return [f"{CENTRE},{y}-Q{q},{name},{number}" for y in YEARS for q in QUARTERS for name in NAMES]


# Read once by the process that is forked; no database may be open there.
recognised(f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|12")


def loading(db: Path, told: Connection) -> None:
    """Load again and again; the number of the act that is safe after each."""
    store = open_store(db)
    told.send(store.version())
    while True:
        number = store.version() + 1
        assert send(store, rows(number), at=moment(number)).committed
        told.send(store.version())


def taking_back(db: Path, told: Connection) -> None:
    """Load, take one form of it back, load…"""
    store = open_store(db)
    told.send(store.version())
    while True:
        number = store.version() + 1
        sent = send(store, rows(number), at=moment(number)).submissions
        told.send(store.version())
        withdraw(store, sent[0], reason="thử", by="Lan", at=moment(number + 1))
        told.send(store.version())


def deciding(db: Path, told: Connection) -> None:
    """Load, approve all of it, return all of it, load…"""
    store = open_store(db)
    told.send(store.version())
    while True:
        number = store.version() + 1
        sent = send(store, rows(number), at=moment(number), reason="thử").submissions
        told.send(store.version())
        for decision in Decision:
            number += 1
            decide(store, sent, decision, reason="thử", by="Bình", at=moment(number))
            told.send(store.version())


def migrating(db: Path, told: Connection) -> None:
    """Bring the tables up."""
    told.send(0)
    open_store(db).close()


def backing_up(db: Path, told: Connection) -> None:
    """Write a backup beside the database."""
    told.send(0)
    store = open_store(db)
    folder = stage(store)
    pack(folder, uploads_of(db), db.with_name("b.zip"))
    told.send(1)


def restoring(db: Path, told: Connection) -> None:
    """Restore the backup that lies beside the database."""
    told.send(0)
    restore(db.with_name("b.zip"), db, by="thử", now=now)
    told.send(1)


def rebuilding(db: Path, told: Connection) -> None:
    """Make the database again."""
    told.send(0)
    rebuild(db, deployment(), by="thử", now=now)
    told.send(1)


def stopped_at(
    step: int, work: Callable[[Path, Connection], None], db: Path, told: Connection
) -> None:
    """Do the work and die just before the given step that changes names or makes bytes safe."""
    left = [step]
    for name in ("replace", "link", "fsync", "unlink", "truncate", "mkdir", "rmdir"):
        setattr(os, name, _counted(getattr(os, name), left))
    work(db, told)


def _counted(real: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def run(*arguments: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), KILL)
        return real(*arguments, **more)

    return run
