"""Putting new files in the place of old ones: all of them or none, whatever happens in between.

What is to be done is written down first (that moment decides); whoever finds it written, does the
rest. The old files stay under other names.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.store.alone import alone

PATIENCE = 60.0  # seconds; names of files are given in a moment


@dataclass(frozen=True)
class Exchange:
    """One file: what comes (None: nothing), where to, and the name under which the old one stays."""

    new: str | None
    place: str
    kept: str


def plan_of(db: Path) -> Path:
    """Where it is written down what is to be done beside a database."""
    return db.with_name(f"{db.name}.swap.json")


def swap(db: Path, exchanges: Sequence[Exchange]) -> None:
    """Exchange the files beside a database that nobody has open."""
    text = json.dumps([asdict(exchange) for exchange in exchanges])
    draft = db.with_name(f"{db.name}.swap.part")
    write_safely(draft, text.encode("utf-8"))
    os.replace(draft, plan_of(db))
    sync_folder(db.parent)
    finish(db)


def finish(db: Path) -> bool:
    """Do what was written down and not done, where there is any; True if so."""
    plan = plan_of(db)
    if not plan.exists():
        return False
    with alone(db.with_name(f"{db.name}.swap.lock"), seconds=PATIENCE):
        # Of two who found it, the second comes when all is done.
        if not plan.exists():
            return False
        for fields in json.loads(plan.read_text("utf-8")):
            _exchange(Exchange(**fields))
        sync_folder(db.parent)
        plan.unlink()
    return True


def _exchange(asked: Exchange) -> None:
    """May be done twice: what has come is there no longer, what was kept is kept."""
    place, kept = Path(asked.place), Path(asked.kept)
    if asked.new is None:
        if place.exists() and not kept.exists():
            os.replace(place, kept)
    elif Path(asked.new).exists():
        if place.exists() and not kept.exists():
            _keep(place, kept)
        os.replace(asked.new, place)


def _keep(place: Path, kept: Path) -> None:
    """Give an old file its other name while it stays where it is.

    Whoever opens a database at a moment when there is none would begin an empty one, which its
    journal then contradicts. Windows lets nothing take the place of a file that is claimed, and
    some file systems know no second names.
    """
    if os.name != "nt":
        with contextlib.suppress(OSError):
            os.link(place, kept)
            return
    os.replace(place, kept)


def write_safely(path: Path, content: bytes) -> None:
    """Write a file for this account alone; on disk when this returns."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make names that were just given last through a loss of power, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
