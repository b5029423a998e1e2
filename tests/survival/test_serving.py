"""One server with its database: a second is refused, figures for watching, a log that machines read."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

import app
from etl.owner import Owner, find_owner
from tests.cli import ROOT
from tests.etl.tables import CENTRE, DATA, long
from tests.serving import free_port

SECONDS = 90


def start(db: Path, *more: str) -> subprocess.Popen[bytes]:
    """The application on a database, its log in JSON."""
    command = [sys.executable, "app.py", "--port", str(free_port()), "--no-demo", *more]
    return subprocess.Popen(
        [*command, "--data", str(DATA), "--db", str(db)],
        cwd=ROOT,
        env={**os.environ, "VANDAN_NO_VENV": "1", "VANDAN_LOG": "json"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def owner_of(db: Path, processes: list[subprocess.Popen[bytes]]) -> Owner:
    """Who holds the database, once somebody does."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and any(p.poll() is None for p in processes):
        if found := find_owner(db):
            return found
        time.sleep(0.2)
    raise AssertionError([p.communicate() for p in processes])


def get(owner: Owner, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(owner.url + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, ""


def command(*words: str | Path, db: Path) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, words), "--json", "--data", str(DATA), "--db", str(db)],
        cwd=ROOT, capture_output=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def two(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Owner, str]]:
    """A database that two servers wanted in the same moment: who got it, and what the other said."""
    folder = tmp_path_factory.mktemp("two") / "db"
    shutil.copytree(made, folder)
    db = folder / "a.duckdb"
    processes = [start(db), start(db)]
    owner = owner_of(db, processes)
    loser = next(p for p in processes if p.pid != owner.pid)
    _, said = loser.communicate(timeout=SECONDS)
    assert loser.returncode == 1
    winner = next(p for p in processes if p.pid == owner.pid)
    yield db, owner, said.decode("utf-8")
    winner.send_signal(signal.SIGTERM)
    _, log = winner.communicate(timeout=SECONDS)
    told = [json.loads(line) for line in log.decode("utf-8").splitlines() if line.startswith("{")]
    assert any(t["event"] == "act" and t["action"] == "load" and t["actor"] == "Lan" for t in told)
    assert not any("bí mật" in json.dumps(t, ensure_ascii=False) for t in told)
    assert b"Traceback" not in log, log.decode()


def test_of_two_servers_one_starts(two: tuple[Path, Owner, str]) -> None:
    db, owner, said = two
    assert str(db) in said and "máy chủ" in said and "Traceback" not in said
    code, answer = get(owner, "/healthz")
    assert code == 200 and json.loads(answer)["ok"]


def test_figures_for_watching_are_for_the_holder_of_the_token(
    two: tuple[Path, Owner, str], tmp_path: Path
) -> None:
    db, owner, _ = two
    assert get(owner, "/metrics")[0] == 403
    assert get(owner, "/metrics", Authorization="Bearer wrong")[0] == 403
    before = figures(owner)
    path = tmp_path / "bí mật.csv"
    path.write_bytes(long([f"{CENTRE},2020-Q4,doctors,7"]))
    code, done = command("load", path, "--by", "Lan", "--reason", "bí mật", db=db)
    assert code == 0, done
    after = figures(owner)
    assert after["vandan_submissions"] == before["vandan_submissions"] + 1
    assert after["vandan_data_version"] == before["vandan_data_version"] + 1
    assert after["vandan_uptime_seconds"] > 0 and after["vandan_open_sessions"] == 0
    assert abs(after["vandan_last_load_timestamp_seconds"] - time.time()) < SECONDS


def figures(owner: Owner) -> dict[str, float]:
    code, text = get(owner, "/metrics", Authorization=f"Bearer {owner.token}")
    assert code == 200
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    assert text.count("# TYPE") == len(rows)
    return {name: float(value) for name, value in rows}


def test_a_backup_is_made_while_the_server_runs_the_rest_is_refused(
    two: tuple[Path, Owner, str], tmp_path: Path
) -> None:
    db, owner, _ = two
    path = tmp_path / "b.zip"
    code, done = command("backup", path, db=db)
    assert code == 0 and done["ok"] and path.exists()
    assert not list(db.parent.glob("*.backup-*"))
    for words in (("restore", path), ("rebuild",)):
        code, said = command(*words, db=db)
        assert code == 1 and "dừng máy chủ" in str(said["error"])
    code, seen = command("verify", db=db)
    assert code == 0 and seen["digest"] == done["digest"]
    elsewhere = tmp_path / "else" / "a.duckdb"
    assert command("restore", path, db=elsewhere)[1]["digest"] == done["digest"]
    assert get(owner, "/healthz")[0] == 200


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not sent Ctrl+C there")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_is_no_fault(made: Path, tmp_path: Path, times: int) -> None:
    shutil.copytree(made, tmp_path / "db")
    db = tmp_path / "db" / "a.duckdb"
    process = start(db)
    owner_of(db, [process])
    for _ in range(times):  # whoever is in a hurry types it twice
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    out, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0 and out.count(b"\n") == 1
    told = [line for line in said.decode().splitlines() if not line.startswith("{")]
    assert told == [] and find_owner(db) is None


def test_a_stop_does_not_wait_for_ever_for_who_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn, "Config", uvicorn.Config)  # put back afterwards
    monkeypatch.setattr(sys, "argv", ["app.py"])
    waits = list[object]()
    made = lambda **_: waits.append(uvicorn.Config(app.app).timeout_graceful_shutdown)  # noqa: E731
    monkeypatch.setattr(app.app, "run", made)
    app.main()
    unit = (ROOT / "deploy" / "vandan.service").read_text("utf-8")
    assert waits == [app.LAST_SECONDS] and "TimeoutStopSec=60" in unit and app.LAST_SECONDS < 60
