"""What stands beside a database file, by name."""

from datetime import datetime
from pathlib import Path


def uploads_of(db: Path) -> Path:
    """The folder of the files received, each under its hash, and of the journal."""
    return db.with_suffix(".uploads")


def accounts_of(db: Path) -> Path:
    """The accounts of people (SQLite), where there are any."""
    return db.with_name(f"{db.name}.accounts")


def wal_of(db: Path) -> Path:
    """What DuckDB wrote and has not put into the file yet."""
    return db.with_name(f"{db.name}.wal")


def sidecars_of(accounts: Path) -> list[Path]:
    """The same of SQLite."""
    return [accounts.with_name(accounts.name + end) for end in ("-wal", "-shm", "-journal")]


def free_stamp(db: Path, at: datetime) -> str:
    """A dated ending that no kept file beside the database has yet."""
    stamp, number = f"{at:%Y%m%d-%H%M%S}", 1
    while any(db.parent.glob(f"*.{stamp}*")) or any(uploads_of(db).glob(f"*.{stamp}*")):
        number += 1
        stamp = f"{at:%Y%m%d-%H%M%S}-{number}"
    return stamp


def kept_as(path: Path, stamp: str) -> str:
    """The name under which an old file stays; the write-ahead file keeps following its database."""
    name = path.name
    if name.endswith(".wal"):
        return str(path.with_name(f"{name[:-4]}.{stamp}.wal"))
    return str(path.with_name(f"{name}.{stamp}"))
