"""The server told to stop and to start again, while a scheduler brings back what does not run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from etl import private as rooms
from etl.commands import running
from etl.owner import Owner, announce, find_owner, is_alive
from etl.stopped import forget_stop, is_stopped, is_to_rest, note_stop
from tests.cli import ROOT, called
from tests.etl.tables import DATA
from tests.serving import free_port

SECONDS = 90


@contextmanager
def scheduled(db: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """What the Task Scheduler does every minute, every half second; every start that it made."""
    port, over = str(free_port()), Event()
    words = ["app.py", "--unless-stopped", "--port", port, "--no-demo"]
    command = [sys.executable, *words, "--data", str(DATA), "--db", str(db)]
    starts = list[subprocess.Popen[bytes]]()

    def look() -> None:
        while not over.wait(0.5):
            if not starts or starts[-1].poll() is not None:
                environ = {**os.environ, "VANDAN_NO_VENV": "1"}
                starts.append(subprocess.Popen(command, cwd=ROOT, env=environ))

    thread = Thread(target=look)
    thread.start()
    try:
        yield starts
    finally:
        over.set()
        thread.join()
        starts[-1].terminate()
        starts[-1].wait(SECONDS)


def typed(*words: str, db: Path) -> tuple[int, str]:
    """A command as a person types it: exit code, what it says."""
    code, out, said = called("etl", *words, "--data", str(DATA), "--db", str(db))
    assert said == ""
    return code, out


def test_it_stops_stays_stopped_and_starts(made: Path, tmp_path: Path) -> None:
    db = tmp_path / "vandan.duckdb"
    shutil.copyfile(made / "a.duckdb", db)
    with scheduled(db) as starts:
        code, said = typed("start", db=db)
        owner = find_owner(db)
        assert code == 0 and owner and owner.url in said
        code, said = typed("stop", db=db)
        assert code == 0 and "Máy chủ đã dừng" in said and not is_alive(owner.pid)
        # The scheduler looked meanwhile, and what it started ended at once.
        count = len(starts)
        deadline = time.monotonic() + SECONDS
        while len(starts) < count + 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert find_owner(db) is None and is_stopped(db)
        assert {process.wait(SECONDS) for process in starts[:-1]} == {0}
        code, said = typed("start", db=db)
        again = find_owner(db)
        assert code == 0 and again and again.pid != owner.pid and not is_stopped(db)


def test_a_start_that_is_to_rest_needs_no_package(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    words = ["app.py", "--unless-stopped", "--port", "1", "--db", str(db)]
    note_stop(db)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("VANDAN_")}
    bare = [sys.executable, "-S", *words]  # without site-packages, so without ours
    done = subprocess.run(bare, cwd=ROOT, env=environ, capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert is_to_rest(words[1:4], {"VANDAN_DB": str(db)}) and not is_to_rest(words[1:4], {})
    assert not is_to_rest(words[2:], {})
    forget_stop(db)
    assert not is_to_rest(words[1:], {})


def test_a_server_that_does_not_run_stays_stopped_too(tmp_path: Path) -> None:
    db = tmp_path / "new" / "a.duckdb"
    code, said = typed("stop", db=db)
    assert code == 0 and "Không có máy chủ nào" in said and is_stopped(db)


def test_where_nothing_starts_it_says_where_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "START_SECONDS", 0.3)
    code, said = typed("start", db=tmp_path / "a.duckdb")
    assert code == 1 and "VanDan" in said and "vandan.log" in said


def test_a_server_that_does_not_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = announce(tmp_path / "a.duckdb", 8501)
    monkeypatch.setattr(running, "find_owner", lambda _db: owner)
    monkeypatch.setattr(running, "STOP_SECONDS", 0.3)
    monkeypatch.setattr(running, "end", lambda _owner: None)
    code, said = typed("stop", db=tmp_path / "a.duckdb")
    assert code == 1 and str(owner.pid) in said and "chưa dừng" in said


def test_who_has_no_token_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Owner(url=f"http://127.0.0.1:{free_port()}", token="", pid=os.getpid())
    monkeypatch.setattr(running, "find_owner", lambda _db: nobody)
    code, said = typed("stop", db=tmp_path / "a.duckdb")
    assert code == 1 and "Không gọi được" in said


def test_a_private_folder_is_made_and_closed(tmp_path: Path) -> None:
    old, new = tmp_path / "cũ", tmp_path / "mới" / "b"
    old.mkdir()
    old.chmod(0o755)
    assert rooms.is_open(old)
    code, said = typed("private", str(old), str(new), db=tmp_path / "a.duckdb")
    assert code == 0 and str(old) in said and str(new) in said
    assert not rooms.is_open(old) and not rooms.is_open(new)


def test_a_disk_without_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "close", lambda folder: folder.chmod(0o755))
    folder = tmp_path / "usb"
    code, said = typed("private", str(folder), db=tmp_path / "a.duckdb")
    assert code == 1 and "FAT" in said and str(folder) in said


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    code, said = typed("private", str(tmp_path / "a" / "b"), db=tmp_path / "a.duckdb")
    assert code == 1 and str(tmp_path / "a" / "b") in said
