"""Backup and restore: everything comes back, and nothing damaged is ever put in place."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest

from etl.accounts.log import access_entries
from etl.accounts.roster import Wanted, add
from etl.backup import MANIFEST, pack, stage
from etl.restore import BadBackup, restore
from etl.store.audit import entries
from etl.store.connect import CannotOpen, DatabaseBusy, now, open_store
from etl.store.digest import digest
from etl.store.outside import acts_about
from etl.store.places import accounts_of, uploads_of
from etl.store.verify import faults
from indicators.people import Role
from tests.etl.tables import CENTRE, DATA, send
from tests.survival.acts import digest_of, moment
from tests.survival.running import run_here


def backed_up(db: Path) -> Path:
    """A backup of a database, beside it."""
    store, target = open_store(db), db.with_name("b.zip")
    pack(stage(store), uploads_of(db), target)
    store.close()
    return target


def bring_back(path: Path, db: Path) -> dict[str, Any]:
    return restore(path, db, by="thử", now=now)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with its parts changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def manifest_with(**fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[MANIFEST] = json.dumps({**json.loads(parts[MANIFEST]), **fields}).encode()

    return change


def test_on_an_empty_machine_everything_is_back(db: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(accounts_of(db))) as con:
        con.executescript("create table account (name text); insert into account values ('Lan');")
    path, elsewhere = backed_up(db), tmp_path / "new machine" / "b.duckdb"
    done = bring_back(path, elsewhere)
    assert done["digest"] == digest_of(db) == digest_of(elsewhere) and done["kept"] is None
    store = open_store(elsewhere)
    assert faults(store) == []
    store.close()
    with closing(sqlite3.connect(accounts_of(elsewhere))) as con:
        assert con.execute("select name from account").fetchall() == [("Lan",)]
    if os.name == "posix":  # whatever the umask of who types it: the passwords are in there
        for path in (elsewhere, accounts_of(elsewhere)):
            assert path.stat().st_mode & 0o077 == 0, path
    originals = {p.name for p in uploads_of(db).iterdir() if len(p.name) == 64}
    assert originals == {p.name for p in uploads_of(elsewhere).iterdir() if len(p.name) == 64}
    assert sorted(p.suffix for p in elsewhere.parent.iterdir()) == [
        ".accounts",
        ".duckdb",
        ".uploads",
    ]  # fmt: skip


def test_what_was_there_is_kept_and_can_be_opened(db: Path) -> None:
    path = backed_up(db)
    store = open_store(db)
    send(store, [f"{CENTRE},2020-Q1,doctors,8"], at=moment(40))
    later = digest(store.cursor())
    store.close()
    received = {p.name for p in uploads_of(db).iterdir() if len(p.name) == 64}
    done = bring_back(path, db)
    assert digest_of(db) == done["digest"] != later
    with duckdb.connect(done["kept"]) as con:
        assert digest(con) == later
    # What was received since is not thrown away with it.
    assert received == {p.name for p in uploads_of(db).iterdir() if len(p.name) == 64}


def test_a_damaged_original_is_put_right(db: Path) -> None:
    path = backed_up(db)
    original = next(p for p in uploads_of(db).iterdir() if len(p.name) == 64)
    original.write_bytes(b"x")
    bring_back(path, db)
    store = open_store(db)
    assert faults(store) == []
    store.close()


def test_a_backup_of_damaged_originals_says_so(db: Path) -> None:
    original = next(p for p in uploads_of(db).iterdir() if len(p.name) == 64)
    original.write_bytes(b"x")
    store = open_store(db)
    done = pack(stage(store), uploads_of(db), db.with_name("b.zip"))
    store.close()
    assert done["faults"] == [f"upload-changed: {original.name}"]


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.pop(name) and None


def swapped(parts: dict[str, bytes]) -> None:
    parts["journal.jsonl"] += b" "


def climbing(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts[MANIFEST])
    manifest["files"].append({"name": "../../evil", "size": 1, "sha256": "0"})
    parts[MANIFEST], parts["../../evil"] = json.dumps(manifest).encode(), b"x"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("database.duckdb"), "không đọc được phần database.duckdb"),
        (without(MANIFEST), "không phải bản sao lưu"),
        (swapped, "phần journal.jsonl không đúng mã băm"),
        (climbing, "phần lạ"),
        (manifest_with(digest="0"), "mã băm của số liệu không khớp"),
        (manifest_with(schema=99), "phiên bản mới hơn"),
        (manifest_with(format=2), "phiên bản mới hơn"),
        (manifest_with(files=[]), "thiếu phần"),
        (manifest_with(files=7), "không phải bản sao lưu"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_touched(
    db: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    path, before = rewritten(backed_up(db), change), digest_of(db)
    names = {p.name for p in db.parent.iterdir()}
    with pytest.raises(BadBackup, match=said):
        bring_back(path, db)
    assert digest_of(db) == before and {p.name for p in db.parent.iterdir()} == names
    assert not (db.parents[1] / "evil").exists()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_backup_cut_short_is_refused(db: Path, share: float) -> None:
    path = backed_up(db)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadBackup):
        bring_back(path, db)


def test_a_flipped_byte_anywhere_is_refused(db: Path) -> None:
    path = backed_up(db)
    content, before = path.read_bytes(), digest_of(db)
    for place in range(0, len(content), max(1, len(content) // 20)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        # A byte of the archive's own that nobody reads (a date) may be wrong: then all is as before.
        with suppress(BadBackup):
            assert bring_back(path, db)["digest"] == before
        assert digest_of(db) == before


def test_no_file_no_folder_no_rights(db: Path, tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="Không có tệp"):
        bring_back(tmp_path / "none.zip", db)
    with pytest.raises(CannotOpen):
        bring_back(tmp_path, db)


def test_a_folder_that_is_not_there_yet_is_no_name_of_a_file(db: Path, tmp_path: Path) -> None:
    for words in ("new/folder", "new/folder", "new/one.zip"):
        code, done = run_here(
            ["backup", str(tmp_path / words), "--db", str(db), "--data", str(DATA)]
        )
        assert code == 0, done
        time.sleep(1.1)  # the name has the second
    assert len(list((tmp_path / "new" / "folder").glob("vandan-*.zip"))) == 2
    assert (tmp_path / "new" / "one.zip").is_file()


def test_a_backup_without_a_place_leaves_nothing_behind(db: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    words = ["backup", str(tmp_path / "file" / "x"), "--db", str(db), "--data", str(DATA)]
    code, done = run_here(words)
    assert code == 2 and "Không ghi được bản sao lưu" in done["error"]
    assert not list(db.parent.glob("*.backup-*"))


def test_a_database_in_use_is_not_replaced(db: Path) -> None:
    path = backed_up(db)
    code = f"import duckdb, sys; c = duckdb.connect({str(db)!r}); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None and holder.stdout.readline().strip() == b"open"
    try:
        with pytest.raises(DatabaseBusy):
            bring_back(path, db)
    finally:
        holder.communicate(b"")
    assert bring_back(path, db)


def test_while_others_write_the_copy_is_of_one_moment(db: Path) -> None:
    store, stop, sent = open_store(db), [], []

    def write() -> None:
        while not stop:
            number = 100 + len(sent)
            rows = [f"{CENTRE},2020-Q{q},doctors,{number}" for q in (1, 2, 3, 4)]
            sent.append(send(store, rows, at=moment(number), reason="thử").committed)

    writer = Thread(target=write)
    writer.start()
    while len(sent) < 2:
        time.sleep(0.01)
    folder = stage(store)
    stop.append(True)
    writer.join()
    pack(folder, uploads_of(db), db.with_name("b.zip"))
    store.close()
    elsewhere = db.parent / "elsewhere" / "a.duckdb"
    bring_back(db.with_name("b.zip"), elsewhere)
    store = open_store(elsewhere)
    assert faults(store) == []
    store.close()
    shutil.rmtree(elsewhere.parent)


@pytest.mark.parametrize("action", ["own-text", "draft"])
def test_own_text_and_drafts_are_saved_checked_and_brought_back(
    db: Path, tmp_path: Path, action: str
) -> None:
    path, store = backed_up(db), open_store(db)
    (name, *_) = [e.asked["hash"] for e in entries(store.cursor()) if e.action == action]
    store.close()
    original, elsewhere = uploads_of(db) / name, tmp_path / "new" / "b.duckdb"
    content = original.read_bytes()
    bring_back(path, elsewhere)
    assert (uploads_of(elsewhere) / name).read_bytes() == content
    original.unlink()
    store = open_store(db)
    assert faults(store) == [f"upload-missing: {name}"]
    ((lost, line),) = acts_about(entries(store.cursor()), faults(store))
    assert (lost, line.action) == (name, action)
    said = pack(stage(store), uploads_of(db), db.with_name("c.zip"))["faults"]
    assert said == [f"upload-missing: {name}"]
    store.close()
    bring_back(path, db)
    assert original.read_bytes() == content


def test_a_backup_takes_the_accounts_along_and_is_noted(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["backup", str(tmp_path / "b.zip"), "--db", str(db), "--data", str(DATA)]
    monkeypatch.setenv("LOGNAME", "may-chu")
    assert run_here(words)[0] == 0 and not accounts_of(db).exists()
    add(db, "quantri", Wanted("Lan", Role.ADMIN), "", by="thử", once=False)
    assert run_here(words)[0] == 0
    last = access_entries(db)[-1]
    assert (last.actor, last.action) == ("may-chu (dòng lệnh)", "backup")
    assert last.detail == str(tmp_path / "b.zip")


def test_what_cannot_be_noted_is_not_taken(db: Path, tmp_path: Path) -> None:
    add(db, "quantri", Wanted("Lan", Role.ADMIN), "", by="thử", once=False)
    with closing(sqlite3.connect(accounts_of(db))) as con:
        con.executescript(
            "create trigger t before insert on access begin select raise(abort, 'x'); end;"
        )
    words = ["backup", str(tmp_path / "b.zip"), "--db", str(db), "--data", str(DATA)]
    code, document = run_here(words)
    assert code == 2 and "tài khoản" in document["error"] and not (tmp_path / "b.zip").exists()
    assert not list(db.parent.glob("*.backup-*"))


def test_an_old_backup_that_cannot_go_does_not_deny_the_new_one(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    stuck = folder / "vandan-20200101-013000.zip"
    (stuck / "x").mkdir(parents=True)  # a folder: no file that could be taken away
    words = ["backup", str(folder), "--keep-days", "60", "--db", str(db), "--data", str(DATA)]
    code, document = run_here(words)
    assert code == 1 and str(stuck) in document["error"] and "Đã sao lưu vào" in document["error"]
    made = [path for path in folder.iterdir() if path.is_file()]
    assert [str(path) for path in made] == [document["path"]]
