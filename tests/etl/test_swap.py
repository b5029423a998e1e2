"""Files put in the place of others by two processes that find the same plan."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from etl.store import swap
from etl.store.claim import InUse
from etl.store.swap import Exchange, finish, plan_of
from etl.store.upgrade import upgrade
from tests.cli import ROOT

SECONDS = 60
SECOND = """
import sys
from pathlib import Path
import duckdb
from etl.store.swap import finish
db = Path(sys.argv[1])
print("begun", flush=True)
print(finish(db), flush=True)
with duckdb.connect(str(db)) as connection:
    connection.execute("insert into t values (2)")
"""


def planned(folder: Path) -> Path:
    """A database with a new one that is to take its place, as it stands written down."""
    db = folder / "x.duckdb"
    for path in (db, folder / "new"):
        with duckdb.connect(str(path)) as connection:
            connection.execute("create table t as select 1 as i")
    wal = Exchange(None, f"{db}.wal", f"{db}.old.wal")
    exchanges = [wal, Exchange(str(folder / "new"), str(db), f"{db}.old")]
    plan_of(db).write_text(json.dumps([asdict(e) for e in exchanges]), "utf-8")
    return db


def test_the_second_waits_until_the_first_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = planned(tmp_path)
    others = list[subprocess.Popen[str]]()
    exchange = swap._exchange

    def slow(asked: Exchange) -> None:
        if not others:
            command = [sys.executable, "-c", SECOND, str(db)]
            others.append(subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE))
            assert others[0].stdout and others[0].stdout.readline() == "begun\n"
            with pytest.raises(subprocess.TimeoutExpired):
                others[0].wait(1)
        exchange(asked)

    monkeypatch.setattr(swap, "_exchange", slow)
    assert finish(db)
    assert others[0].communicate(timeout=SECONDS)[0] == "False\n"
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("select i from t order by i").fetchall() == [(1,), (2,)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.duckdb", "x.duckdb.old"]


def test_who_waits_too_long_is_told_that_it_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = planned(tmp_path)
    monkeypatch.setattr(swap, "PATIENCE", 0.2)
    code = (
        "import sys, pathlib; from etl.store.alone import alone\n"
        "with alone(pathlib.Path(sys.argv[1]), seconds=0):\n"
        "    print(flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, f"{db}.swap.lock"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout and other.stdin
        other.stdout.readline()
        with pytest.raises(InUse):
            finish(db)
        other.stdin.close()
    assert finish(db) and not upgrade(tmp_path / "none", lambda: pytest.fail("no time is asked"))
