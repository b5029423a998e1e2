"""A server that was told to stay stopped: a note beside its database.

The Task Scheduler of Windows looks every minute whether the server runs and starts it where it does
not. While the program is being replaced it must not, so `python -m etl stop` leaves this note, which
`app.py --unless-stopped` obeys, and `python -m etl start` takes it away.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path


def is_to_rest(argv: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether a start with these words is to end at once: asked for, and the server was stopped.

    With the standard library alone and before anything else: a program that is being replaced must
    not be in use every minute.
    """
    words = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    words.add_argument("--unless-stopped", action="store_true")
    words.add_argument("--db")
    asked, _ = words.parse_known_args(argv)
    db = asked.db or environ.get("VANDAN_DB")
    return bool(asked.unless_stopped and db and is_stopped(Path(db).resolve()))


def is_stopped(db: Path) -> bool:
    """Whether the server of this database is to stay stopped."""
    return note_of(db).exists()


def note_stop(db: Path) -> None:
    """From now on it stays stopped. Raises OSError."""
    note_of(db).parent.mkdir(parents=True, exist_ok=True)
    note_of(db).touch()


def forget_stop(db: Path) -> None:
    """From now on it may run. Raises OSError."""
    note_of(db).unlink(missing_ok=True)


def note_of(db: Path) -> Path:
    """The note, beside the database."""
    return db.with_name(f"{db.name}.stopped")
