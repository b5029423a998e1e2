"""With a server running, the command line goes through it and nobody sees a difference."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.owner import find_owner
from tests.cli import ROOT, called
from tests.etl.tables import CENTRE, DATA, long

GOOD = long([f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,14"])
VERDICTS = ("indicators", "verdicts", "--plan", "thanh-hoa-2021", "--period", "2021-Q3")
EXPLAIN = ("indicators", "explain", "--indicator", "doctors_per_10k")
SECONDS = 60
VOLATILE = {
    "received_at",
    "db",
    "confirmed_at",
    "revoked_at",
    "digest",  # of moments too
}  # what must differ between two databases


@dataclass(frozen=True)
class Place:
    """A database, with a server that holds it or without."""

    db: Path

    def ask(self, *words: str | Path, code: int = 0) -> Any:
        """The document of a command, run in this process: the server is one of its own."""
        tail = ("--json", "--data", str(DATA), "--db", str(self.db))
        found, said, wrong = called(*words, *tail)
        assert found == code, wrong
        return json.loads(said)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(db: Path) -> subprocess.Popen[str]:
    """The application itself, on a free port, without sample data."""
    command = [sys.executable, "app.py", "--port", str(free_port()), "--no-demo"]
    return subprocess.Popen(
        [*command, "--data", str(DATA), "--db", str(db)],
        cwd=ROOT,
        env={**os.environ, "VANDAN_NO_VENV": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A database that a running server holds."""
    db = tmp_path_factory.mktemp("served") / "a.duckdb"
    process = start(db)
    deadline = time.monotonic() + SECONDS
    while find_owner(db) is None and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert find_owner(db) is not None, process.stdout.read() if process.stdout else ""
    yield Place(db)
    stop(process)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A database without a server."""
    place = Place(tmp_path_factory.mktemp("alone") / "a.duckdb")
    place.ask("etl", "init")
    return place


def steady(document: Any) -> Any:
    """The document without what must differ."""
    if isinstance(document, list):
        return [steady(item) for item in document]
    if isinstance(document, dict):
        return {k: steady(v) for k, v in document.items() if k not in VOLATILE}
    return document


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "tệp.csv"
    path.write_bytes(GOOD)
    return path


def test_every_command_answers_the_same_through_the_server(
    served: Place, alone: Place, file: Path
) -> None:
    bad = file.with_name("hỏng.csv")
    bad.write_bytes(b"x;y\n1;2")
    walk: list[tuple[tuple[str | Path, ...], int]] = [
        (("etl", "load", file, "--by", "Lan", "--dry-run"), 0),
        (("etl", "load", file, "--by", "Lan"), 0),
        (("etl", "load", file), 0),
        (("etl", "load", bad), 1),
        (("etl", "load", "/no/such/file"), 2),
        (("etl", "submissions"), 0),
        (VERDICTS, 0),
        ((*EXPLAIN, "--unit", CENTRE, "--period", "2021-Q3"), 0),
        (("etl", "rollback", "1", "--reason", "nhầm"), 0),
        (("etl", "rollback", "1", "--reason", "nhầm"), 1),
        (("etl", "rollback", "9", "--reason", "nhầm"), 2),
        (("etl", "verify"), 0),
        (("etl", "init"), 0),
        (("etl", "alias", "--unit", CENTRE, "--text", "TTYT Bến Sung", "--by", "Lan"), 0),
        (("etl", "alias", "--unit", CENTRE, "--text", "TTYT Như Xuân", "--by", "Lan"), 1),
        (("etl", "alias", "--revoke", "1", "--by", "Lan"), 0),
        (("etl", "alias", "--revoke", "7", "--by", "Lan"), 2),
        (("etl", "aliases"), 0),
    ]  # fmt: skip
    for words, code in walk:
        with_server, without = (place.ask(*words, code=code) for place in (served, alone))
        assert steady(with_server) == steady(without), words


def test_files_are_written_where_the_command_line_runs(
    served: Place, alone: Place, file: Path, tmp_path: Path
) -> None:
    bad = file.with_name("hỏng.csv")
    bad.write_bytes(b"x;y\n1;2")
    for place in (served, alone):
        form, marked = tmp_path / "biểu.xlsx", tmp_path / "đánh dấu.xlsx"
        words = ("template", "--unit", CENTRE, "--period", "2021-Q3", "-o", form)
        assert place.ask("etl", *words)["file"] == str(form)
        place.ask("etl", "load", bad, "--dry-run", "--marked", marked, code=1)
        assert all(path.read_bytes().startswith(b"PK") for path in (form, marked))
        form.unlink()
        marked.unlink()
        nowhere = tmp_path / "không có" / "a.xlsx"
        assert "Không ghi được" in place.ask("etl", *words[:-1], nowhere, code=2)["error"]


def test_the_server_holds_the_file_while_it_runs(served: Place) -> None:
    import duckdb

    with pytest.raises(duckdb.IOException, match="lock"):
        duckdb.connect(str(served.db))


def test_a_second_server_is_refused_and_names_the_first(served: Place) -> None:
    process = start(served.db)
    said, _ = process.communicate(timeout=SECONDS)
    owner = find_owner(served.db)
    assert process.returncode == 1 and owner is not None
    assert owner.url in said and "Traceback" not in said


def test_a_locked_database_without_an_owner_file_is_busy(served: Place) -> None:
    hidden = served.db.with_name("a.duckdb.owner.json")
    moved = shutil.move(hidden, hidden.with_suffix(".away"))
    try:
        assert "tiến trình khác" in served.ask("etl", "submissions", code=1)["error"]
    finally:
        shutil.move(moved, hidden)
