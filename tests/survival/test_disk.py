"""A full disk, a read-only disk, damaged files: one sentence, data intact, found, brought back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import context
from etl.rebuild import rebuild
from etl.restore import restore
from etl.store.connect import now, open_store
from etl.store.digest import digest
from etl.store.journal import NAME
from etl.store.places import uploads_of
from etl.store.verify import faults
from etl.troubles import trouble_of
from tests.cli import ROOT
from tests.etl.tables import CENTRE, DATA, deployment, long
from tests.survival.acts import digest_of
from tests.survival.running import run_here
from tests.survival.test_backup import backed_up

SMALL = "12m"


def ask(command: str, *words: str | Path, db: Path, code: int | None = None) -> Any:
    """The document of a command, run as the command line runs it."""
    tail = ["--data", str(DATA), "--db", str(db)]
    exit_code, document = run_here([command, *map(str, words), *tail])
    assert code is None or exit_code == code, document
    return document


def mounted(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path, made: Path) -> Iterator[Path]:
    """A disk of a few megabytes with the small database on it."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or not mounted(
        "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)
    ):
        pytest.skip("only root on Linux can make a disk to fill")
    shutil.copytree(made, place, dirs_exist_ok=True)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 4096)
        except OSError:
            pass
    return filler


def big_file(folder: Path) -> Path:
    """A file to load that is larger than nothing."""
    path = folder / "tệp.csv"
    path.write_bytes(
        long([f"{CENTRE},{y}-Q{q},doctors,{y}" for y in range(2015, 2022) for q in (1, 2, 3, 4)])
    )
    return path


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(disk: Path, tmp_path: Path) -> None:
    db, file = disk / "a.duckdb", big_file(tmp_path)
    before, filler = digest_of(db), fill(disk)
    for words in (("load", file, "--reason", "thử"), ("backup", disk / "b.zip"), ("rebuild",)):
        done = ask(*words, db=db)
        assert "No space left" in done["error"], done
    filler.unlink()
    assert not (disk / "b.zip").exists()
    store = open_store(db)
    assert faults(store) == [] and digest(store.cursor()) == before
    store.close()
    assert ask("load", file, "--reason", "thử", db=db, code=0)["ok"]
    assert ask("verify", db=db, code=0)["ok"]


def test_a_checkpoint_that_a_full_disk_cuts_short_does_not_stop_the_server(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANDAN_DB", str(disk / "a.duckdb"))
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setattr(context, "PAUSE", 0)
    store = context.opened().store
    # DuckDB writes its log for a while and then all of it into the file: here the space ends.
    with store.transaction() as cur:
        cur.execute("create table padding as select md5(range::varchar) from range(40000)")
    before, filler = digest(store.cursor()), fill(disk)
    with pytest.raises(duckdb.FatalException) as stopped:
        store.cursor().execute("checkpoint")
    assert "sẽ được mở lại" in (trouble_of(stopped.value) or "")
    assert (
        store.is_broken()
        and "No space left" in ask("load", big_file(disk.parent), db=disk / "a.duckdb")["error"]
    )
    filler.unlink()
    again = context.opened().store
    assert again is not store and not again.is_broken()
    assert digest(again.cursor()) == before and faults(again) == []
    assert ask("load", big_file(disk.parent), "--reason", "thử", db=disk / "a.duckdb", code=0)["ok"]
    context.close()


def test_a_restore_onto_a_full_disk_leaves_what_is_there(disk: Path, tmp_path: Path) -> None:
    db = disk / "a.duckdb"
    path = shutil.move(backed_up(db), tmp_path / "b.zip")
    before, filler = digest_of(db), fill(disk)
    done = ask("restore", path, db=db)
    assert "No space left" in done["error"]
    filler.unlink()
    assert digest_of(db) == before and ask("restore", path, db=db, code=0)["digest"] == before


def test_a_disk_that_cannot_be_written_is_a_sentence(disk: Path, tmp_path: Path) -> None:
    db, file = disk / "a.duckdb", big_file(tmp_path)
    path, before = backed_up(db), digest_of(db)
    assert mounted("-o", "remount,ro", str(disk))
    for words in (("load", file), ("verify",), ("backup", tmp_path / "c.zip"), ("restore", path), ("rebuild",)):  # fmt: skip
        done = ask(*words, db=db)
        assert "Read-only file system" in done["error"], done
    server = subprocess.run(
        [sys.executable, "app.py", "--db", str(db), "--data", str(DATA)],
        cwd=ROOT, env={**os.environ, "VANDAN_NO_VENV": "1"}, capture_output=True, timeout=60,
    )  # fmt: skip
    said = server.stderr.decode("utf-8")
    assert server.returncode == 1 and "Read-only" in said and "Traceback" not in said
    assert mounted("-o", "remount,rw", str(disk))
    assert digest_of(db) == before and ask("verify", db=db, code=0)["ok"]


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * share)]


def flipped(start: int) -> Callable[[bytes], bytes]:
    """Every byte of a stretch turned over."""

    def change(content: bytes) -> bytes:
        stretch = bytes(byte ^ 0xFF for byte in content[start : start + 3000])
        return content[:start] + stretch + content[start + 3000 :]

    return change


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "text": lambda content: b"hello",
    "half": cut(0.5),
    "almost": cut(0.9),
    "head": flipped(0),
    "block": flipped(12288 + 1000),
    "later": flipped(12288 + 262144 + 1000),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_found_and_brought_back(db: Path, damage: str) -> None:
    path, before = backed_up(db), digest_of(db)
    db.write_bytes(DAMAGES[damage](db.read_bytes()))
    seen = ask("verify", db=db)
    told = seen.get("error") or " ".join(seen["faults"])
    assert "database" in told or "cơ sở dữ liệu" in told, seen
    copy = db.parent / "copy"
    shutil.copytree(db.parent, copy)
    made = rebuild(db, deployment(), by="thử", now=now)
    assert made.differences == [] and made.digest == before == digest_of(db)
    assert restore(path, copy / "a.duckdb", by="thử", now=now)["digest"] == before
    for again in (db, copy / "a.duckdb"):
        store = open_store(again)
        assert faults(store) == []
        store.close()


def originals(db: Path) -> list[Path]:
    return sorted(p for p in uploads_of(db).iterdir() if len(p.name) == 64)


@pytest.mark.parametrize("damage", ["gone", "cut", "others"])
def test_damaged_originals_are_found_and_brought_back(db: Path, damage: str) -> None:
    path = backed_up(db)
    for original in originals(db)[:2]:
        if damage == "gone":
            original.unlink()
        else:
            original.write_bytes(original.read_bytes()[:5] if damage == "cut" else b"other")
    code = "upload-missing" if damage == "gone" else "upload-changed"
    assert [f.split(":")[0] for f in ask("verify", db=db, code=1)["faults"]] == [code, code]
    refused = ask("rebuild", db=db, code=1)
    assert code in " ".join(refused["differences"]) and refused["kept"] is None
    ask("restore", path, db=db, code=0)
    assert ask("verify", db=db, code=0)["ok"]


def test_all_uploads_gone_are_brought_back(db: Path) -> None:
    path, before = backed_up(db), digest_of(db)
    received = {p.name for p in uploads_of(db).iterdir() if len(p.name) == 64}
    shutil.rmtree(uploads_of(db))
    said = {
        fault.removeprefix("upload-missing: ") for fault in ask("verify", db=db, code=1)["faults"]
    }
    assert said == received
    assert ask("restore", path, db=db, code=0)["digest"] == before
    assert ask("verify", db=db, code=0)["digest"] == before


def test_a_damaged_journal_is_found_and_mended(db: Path) -> None:
    before, journal = digest_of(db), uploads_of(db) / NAME
    content = journal.read_bytes()
    for damaged in (content[:100] + b"\0" * 300 + content[400:], content + b"rubbish\n"):
        journal.write_bytes(damaged)
        seen = ask("verify", db=db)
        assert "journal" in (seen.get("error") or " ".join(seen["faults"]))
        assert ask("rebuild", db=db, code=0)["digest"] == before
        assert ask("verify", db=db, code=0)["ok"]
