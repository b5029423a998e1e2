"""``verify``, ``backup``, ``restore`` and ``rebuild``: whether all is there, and getting it back."""

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

import duckdb

from etl import context
from etl.accounts.book import Unreadable
from etl.accounts.log import note_backup
from etl.backup import pack, stage
from etl.commands.answer import Answer, Misuse, refused
from etl.log import tell
from etl.rebuild import CannotRebuild
from etl.rebuild import rebuild as make_again
from etl.restore import BadBackup
from etl.restore import restore as put_back
from etl.store.audit import entries
from etl.store.connect import Store, now
from etl.store.digest import digest
from etl.store.outside import acts_about, notes
from etl.store.verify import faults
from etl.verdict_digest import verdict_digest
from etl.web import place_of

LINES = 50  # differences that are printed
DATED = re.compile(r"vandan-\d{8}-\d{6}\.zip")


def verify(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Check the warehouse against itself, the files received and the journal; its hash.

    With ``verdicts`` also a hash of every verdict as of today.
    """
    opened = context.opened()
    found = faults(opened.store)
    document: dict[str, Any] = {"ok": not found, "submissions": None, "facts": None}
    document |= {"faults": found, "notes": [], "digest": None, "lost": []}
    if not any(fault.startswith("database-unreadable") for fault in found):
        document |= {**_counted(opened.store), "lost": _lost(opened.store, found)}
        if arguments.get("verdicts"):
            day = context.today()
            verdicts = verdict_digest(opened.store, opened.deployment, day)
            document |= {"verdicts": verdicts, "verdicts_on": day.isoformat()}
    tell("verify", ok=not found, faults=len(found))
    return Answer(1 if found else 0, document)


def _counted(store: Store) -> dict[str, Any]:
    cur = store.cursor()
    row = cur.execute(
        "select (select count(*) from submission), (select count(*) from fact)"
    ).fetchone()
    counts = {"submissions": row[0], "facts": row[1]} if row else {}
    return {**counts, "notes": notes(cur), "digest": digest(cur)}


def _lost(store: Store, found: list[str]) -> list[dict[str, str]]:
    """What the files are that are gone or damaged: by which act they came, of whom, when."""
    about = acts_about(entries(store.cursor()), found)
    return [
        {
            "hash": name,
            "action": line.action,
            "detail": line.detail,
            "by": line.actor,
            "at": context.local(line.occurred_at).isoformat(timespec="seconds"),
        }
        for name, line in about
    ]


def backup(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """A consistent copy beside the database, for ``packed`` to fetch."""
    _check_days(arguments)
    store = context.opened().store
    if store.uploads is None:
        raise Misuse("Cơ sở dữ liệu trong bộ nhớ không sao lưu được.")
    try:
        folder = stage(store)
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        return refused(f"Không sao lưu được: {_said(error)}.")
    return Answer(0, {"ok": True, "staged": str(folder), "uploads": str(store.uploads)})


def _check_days(arguments: Mapping[str, Any]) -> None:
    """Old backups go only where new ones come under names with their moment."""
    days = arguments.get("keep_days")
    if days is not None and (days < 1 or str(arguments["path"]).lower().endswith(".zip")):
        raise Misuse("--keep-days nhận số ngày từ 1 và cần một thư mục, không phải tệp .zip.")


def packed(done: dict[str, Any], path: str, keep_days: int | None = None) -> dict[str, Any]:
    """The answer once the file is written: run by the process that was asked, under its own rights.

    After a backup that is whole, those of more than ``keep_days`` ago go.
    """
    document = done["document"]
    if not document.get("ok"):
        return done
    staged, target = Path(document["staged"]), Path(path).absolute()
    try:
        target = _target(target)
        note_backup(place_of(os.environ).db, target)
        written = pack(staged, Path(document["uploads"]), target)
    except (OSError, duckdb.Error, Unreadable) as error:
        # Where there was no place for it, nothing was packed and the copy is still there.
        rmtree(staged, ignore_errors=True)
        sentence = f"Không ghi được bản sao lưu {target}: {_said(error)}."
        return {"exit_code": 2, "document": {"ok": False, "error": sentence}}
    found = written["faults"]
    tell("backup", ok=not found, acts=written["acts"], size=written["size"])
    document = {"ok": not found, **written, "removed": 0}
    if found or keep_days is None:
        return {"exit_code": 1 if found else 0, "document": document}
    try:
        document["removed"] = prune(target, keep_days)
    except OSError as error:
        sentence = f"Đã sao lưu vào {target}, nhưng không xóa được bản cũ {error.filename}: {_said(error)}."
        return {"exit_code": 1, "document": {**document, "ok": False, "error": sentence}}
    return {"exit_code": 0, "document": document}


def prune(newest: Path, days: int) -> int:
    """Take away the backups beside this one that were made more than so many days before it."""
    last = f"vandan-{now() - timedelta(days=days):%Y%m%d-%H%M%S}.zip"
    found = [p for p in newest.parent.iterdir() if DATED.fullmatch(p.name) and p.name < last]
    for path in found:
        path.unlink()
    return len(found)


def _target(path: Path) -> Path:
    """In a folder, a file with the moment in its name: so a schedule needs no name of its own.

    A folder that is not there yet is made: a file of its name would be written over every night.
    """
    if path.suffix.lower() == ".zip" and not path.is_dir():
        if not path.parent.is_dir():  # told before anything is said to have been taken along
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent))
        return path
    path.mkdir(parents=True, exist_ok=True)
    return path / f"vandan-{now():%Y%m%d-%H%M%S}.zip"


def restore(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Put a backup in the place of the database; refused while it is in use."""
    path = Path(str(arguments["path"])).absolute()
    return _alone(lambda db, by: {"ok": True, **put_back(path, db, by=by, now=now)}, arguments)


def rebuild(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Make the database again from the files received, the journal and the data folder."""
    return _alone(lambda db, by: _rebuilt(db, by, bool(arguments.get("accept"))), arguments)


def _rebuilt(db: Path, by: str, accept: bool) -> dict[str, Any]:
    deployment, _ = context.deployment_of(place_of(os.environ).data)
    made = make_again(db, deployment, by=by, now=now, accept=accept)
    done = accept or not made.differences
    shown, count = made.differences[:LINES], len(made.differences)
    return {**vars(made), "ok": done, "differences": shown, "difference_count": count}


def _alone(run: Callable[[Path, str], dict[str, Any]], arguments: dict[str, Any]) -> Answer:
    """What replaces the database file needs it for itself."""
    if context.is_open():
        return refused(IN_USE)
    by = str(arguments.get("by") or "dòng lệnh")
    started = now()
    try:
        document = run(place_of(os.environ).db, by)
    except (BadBackup, CannotRebuild) as error:
        return refused(str(error))
    tell("replaced", ok=document["ok"], seconds=(now() - started).total_seconds())
    return Answer(0 if document["ok"] else 1, document)


IN_USE = (
    "Máy chủ đang chạy và giữ cơ sở dữ liệu; hãy dừng máy chủ rồi chạy lại lệnh này "
    "(sao lưu thì không cần dừng)."
)


def _said(error: Exception) -> str:
    """What the system said, on one line: of an error of a copy the reason stands at its end."""
    return getattr(error, "strerror", None) or " ".join(str(error).split())
