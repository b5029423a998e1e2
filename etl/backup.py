"""A backup: one file with the database, the files received, the journal and the accounts.

The process that owns the database makes a consistent copy of it (``stage``) while others go on;
whoever asked packs the rest beside it into the file (``pack``). The server writes no path it was sent.
"""

import json
import os
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Any

import duckdb

from etl.store.audit import Entry, entries
from etl.store.config import CONFIG
from etl.store.connect import Store
from etl.store.copying import copy_database
from etl.store.digest import digest
from etl.store.journal import NAME, write_journal
from etl.store.originals import fault_of
from etl.store.outside import originals_of
from etl.store.places import accounts_of
from etl.store.schema import VERSION
from etl.store.swap import sync_folder

FORMAT = 1
DATABASE, ACCOUNTS, MANIFEST = "database.duckdb", "accounts.sqlite", "manifest.json"
UPLOADS = "uploads/"
PIECE = 1 << 20
STALE = 24 * 3600  # seconds after which a copy that nobody fetched is thrown away


def stage(store: Store) -> Path:
    """A folder beside the database with a copy of it and of the accounts, as of one moment."""
    assert store.path is not None  # a database in memory has no place
    _sweep(store.path)
    folder = Path(mkdtemp(prefix=f"{store.path.name}.backup-", dir=store.path.parent))
    try:
        with store.lock:
            copy_database(store.cursor(), folder / DATABASE)
            _copy_accounts(accounts_of(store.path), folder / ACCOUNTS)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _sweep(db: Path) -> None:
    """Copies of a command that was killed before it fetched them."""
    for folder in db.parent.glob(f"{db.name}.backup-*"):
        if folder.is_dir() and time.time() - folder.stat().st_mtime > STALE:
            shutil.rmtree(folder, ignore_errors=True)


def _copy_accounts(source: Path, target: Path) -> None:
    """SQLite copies itself while others write to it."""
    if not source.exists():
        return
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def pack(folder: Path, uploads: Path, target: Path) -> dict[str, Any]:
    """Write the backup and throw the copy away; what is in it. The file is there whole or not at all."""
    try:
        with duckdb.connect(str(folder / DATABASE), config=CONFIG) as con:
            log, found = entries(con), digest(con)
            rows = con.execute("select distinct hash from upload").fetchall()
        write_journal(folder / NAME, log)
        received = {name for (name,) in rows}
        return _written(folder, uploads, target, log, received, found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _written(
    folder: Path, uploads: Path, target: Path, log: list[Entry], received: set[str], found: str
) -> dict[str, Any]:
    hashes = sorted({*originals_of(log), *received})
    faults = [fault for name in hashes if (fault := fault_of(uploads, name))]
    gone = {fault.split()[1] for fault in faults}
    parts = {name: folder / name for name in (DATABASE, NAME, ACCOUNTS)}
    parts |= {UPLOADS + name: uploads / name for name in hashes if name not in gone}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "schema": VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "acts": len(log),
        "digest": found,
        "faults": faults,
    }
    draft = target.with_name(f"{target.name}.part")
    _write_zip(draft, {n: p for n, p in parts.items() if p.exists()}, manifest)
    size = draft.stat().st_size
    os.replace(draft, target)
    sync_folder(target.parent)
    return {**manifest, "files": len(manifest["files"]), "size": size, "path": str(target)}


def _write_zip(draft: Path, parts: dict[str, Path], manifest: dict[str, Any]) -> None:
    """The parts, and last the manifest with size and hash of each."""
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            manifest["files"] = [_add(packed, name, path) for name, path in parts.items()]
            packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _add(packed: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as target:
        size, found = copy_hashed(source, target)
    return {"name": name, "size": size, "sha256": found}


def copy_hashed(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Copy to the end; how many bytes, and their SHA-256."""
    size, found = 0, sha256()
    while piece := source.read(PIECE):
        target.write(piece)
        found.update(piece)
        size += len(piece)
    return size, found.hexdigest()
