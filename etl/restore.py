"""Restoring a backup: everything is checked before anything is touched, and what was there is kept."""

import errno
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb

from etl.backup import ACCOUNTS, DATABASE, FORMAT, MANIFEST, UPLOADS, copy_hashed
from etl.store.audit import audit
from etl.store.claim import claimed
from etl.store.config import CONFIG
from etl.store.connect import CannotOpen, open_bare, open_store, refusing
from etl.store.digest import digest
from etl.store.journal import NAME
from etl.store.originals import keep
from etl.store.places import accounts_of, free_stamp, kept_as, sidecars_of, uploads_of, wal_of
from etl.store.schema import VERSION
from etl.store.swap import Exchange, finish, swap
from etl.store.verify import table_faults

NAMES = re.compile(r"database\.duckdb|journal\.jsonl|accounts\.sqlite|uploads/[0-9a-f]{64}")
BIGGEST_MANIFEST = 1 << 28


class BadBackup(Exception):
    """The file is no backup, is damaged or newer than this release; the text is for the user."""


def restore(path: Path, db: Path, *, by: str, now: Callable[[], datetime]) -> dict[str, Any]:
    """Put a backup in the place of a database that nobody has open; what was restored.

    Raises BadBackup, DatabaseBusy, CannotOpen.
    """
    with refusing(db):
        db.parent.mkdir(parents=True, exist_ok=True)
        finish(db)
        _sweep(db)
        # Beside the database: renaming into place must not cross to another disk.
        folder = Path(mkdtemp(prefix=f"{db.name}.restore-", dir=db.parent))
        try:
            manifest = _unpacked(path, folder)
            _check_database(folder / DATABASE, manifest["digest"])
            with claimed(db):
                kept = _put_in_place(db, folder, now())
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    _note(db, manifest, by, now())
    return {"made_at": manifest["made_at"], "digest": manifest["digest"], "kept": kept}


def _sweep(db: Path) -> None:
    """What a restore that was killed left behind."""
    for ending in ("restore-*", "ready.*"):
        for folder in db.parent.glob(f"{db.name}.{ending}"):
            shutil.rmtree(folder, ignore_errors=True)


def _unpacked(path: Path, folder: Path) -> dict[str, Any]:
    """Every part in the folder, its bytes those of the manifest."""
    try:
        with zipfile.ZipFile(path) as packed:
            manifest = _manifest(packed)
            (folder / UPLOADS).mkdir()
            for part in manifest["files"]:
                _unpack(packed, part, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadBackup(f"Bản sao lưu {path} hỏng: {error}.") from error
    except FileNotFoundError as error:
        raise BadBackup(f"Không có tệp {path}.") from error
    except OSError as error:
        # A damaged directory of the archive points before the beginning of the file.
        if error.errno != errno.EINVAL:
            raise
        raise BadBackup(f"Bản sao lưu {path} hỏng.") from error
    return manifest


def _manifest(packed: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if packed.getinfo(MANIFEST).file_size > BIGGEST_MANIFEST:
            raise ValueError("too large")
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
        release, names = (manifest["format"], manifest["schema"]), _names(manifest)
    except (KeyError, ValueError, TypeError) as error:
        raise BadBackup("Tệp này không phải bản sao lưu của Vạn Dân, hoặc đã hỏng.") from error
    if release > (FORMAT, VERSION) or release[1] > VERSION:
        raise BadBackup(
            f"Bản sao lưu do phiên bản mới hơn ghi (lược đồ {release[1]}, phiên bản này đọc đến "
            f"{VERSION}); hãy cập nhật phần mềm rồi khôi phục."
        )
    if not {DATABASE, NAME} <= names or not all(map(NAMES.fullmatch, names)):
        raise BadBackup("Bản sao lưu thiếu phần hoặc có phần lạ.")
    return manifest


def _names(manifest: dict[str, Any]) -> set[str]:
    return {str(part["name"]) for part in manifest["files"]}


def _unpack(packed: zipfile.ZipFile, part: dict[str, Any], folder: Path) -> None:
    name = part["name"]
    try:
        with packed.open(name) as source, open(folder / name, "xb", opener=_private) as target:
            found = copy_hashed(source, target)
            target.flush()
            os.fsync(target.fileno())
    except (KeyError, FileExistsError) as error:
        raise BadBackup(f"Bản sao lưu hỏng: không đọc được phần {name}.") from error
    if found != (part["size"], part["sha256"]):
        raise BadBackup(f"Bản sao lưu hỏng: phần {name} không đúng mã băm đã ghi.")


def _private(path: str, flags: int) -> int:
    """Opened for this account alone: the parts move into place as they are, the passwords among them."""
    return os.open(path, flags, 0o600)


def _check_database(path: Path, expected: str) -> None:
    """It opens, holds together, and is what it was when the backup was made."""
    try:
        with duckdb.connect(str(path), config=CONFIG) as con:
            found = digest(con)
        store = open_bare(path)  # brings tables of an earlier version up
        try:
            faults = table_faults(store.cursor())
        finally:
            store.close()
    except (duckdb.Error, CannotOpen) as error:
        raise BadBackup(f"Cơ sở dữ liệu trong bản sao lưu không đọc được: {error}.") from error
    if faults or found != expected:
        said = ", ".join(faults) or "mã băm của số liệu không khớp"
        raise BadBackup(f"Cơ sở dữ liệu trong bản sao lưu có sai lệch: {said}.")


def _put_in_place(db: Path, folder: Path, at: datetime) -> str | None:
    """First the files received, which are only added; then everything else at once."""
    uploads, accounts = uploads_of(db), accounts_of(db)
    uploads.mkdir(parents=True, exist_ok=True)
    for original in (folder / UPLOADS).iterdir():
        keep(uploads, original.read_bytes())
    stamp, was_there = free_stamp(db, at), db.exists()
    old = [wal_of(db), *(sidecars_of(accounts) if (folder / ACCOUNTS).exists() else [])]
    new = {DATABASE: db, NAME: uploads / NAME, ACCOUNTS: accounts}
    # Where it is written down what comes where, its place must outlive this process.
    ready = db.with_name(f"{db.name}.ready.{stamp}")
    os.replace(folder, ready)
    swap(
        db,
        [
            *(Exchange(None, str(path), kept_as(path, stamp)) for path in old),
            *(
                Exchange(str(ready / name), str(place), kept_as(place, stamp))
                for name, place in new.items()
                if (ready / name).exists()
            ),
        ],
    )
    shutil.rmtree(ready, ignore_errors=True)
    return kept_as(db, stamp) if was_there else None


def _note(db: Path, manifest: dict[str, Any], by: str, at: datetime) -> None:
    store = open_store(db)
    try:
        with store.transaction() as cur:
            audit(cur, by, "restore", manifest["made_at"], at, {"digest": manifest["digest"]})
    finally:
        store.close()
