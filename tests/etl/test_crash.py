"""Killed at any moment, a load leaves the old or the new state, and nothing in between."""

import random
import subprocess
import sys
import time
from pathlib import Path

from etl.store.connect import open_store
from etl.store.verify import faults
from tests.cli import ROOT

KILLS = 10
ROWS = 24  # figures of one load: both forms of every number say which load they are from
LOADER = """
import sys
from pathlib import Path
from tests.etl.tables import CENTRE, send
from etl.store.connect import open_store
send(open_store(None), [f"{CENTRE},2021-Q3,doctors,1"])  # so that everything is imported
store = open_store(Path(sys.argv[1]))
number = int(sys.argv[2])
print("ready", flush=True)
while True:
    rows = [f"{CENTRE},{y}-Q{q},{n},{number}" for y in (2019, 2020, 2021) for q in (1, 2, 3, 4)
            for n in ("doctors", "stations")]
    assert send(store, rows).committed
    print(number, flush=True)
    number += 1
"""


def kill_after(path: Path, first: int, seconds: float) -> int:
    """Load again and again, kill -9 after a while; the last number said to be written."""
    command = [sys.executable, "-c", LOADER, str(path), str(first)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    time.sleep(seconds)
    process.kill()
    said, failed = process.communicate()
    assert failed == ""
    return int(said.split()[-1]) if said.split() else first - 1


def test_a_killed_load_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    path, chance = tmp_path / "a.duckdb", random.Random(7)
    done = 0
    for _ in range(KILLS):
        told = kill_after(path, done + 1, chance.uniform(0.05, 1.0))
        store = open_store(path)
        assert faults(store) == []
        loads = (
            store.cursor()
            .execute(
                """select min(value)::int, max(value)::int, count(*) from fact f
                join submission s on s.id = f.submission group by s.upload"""
            )
            .fetchall()
        )
        store.close()
        assert all(low == high and count == ROWS for low, high, count in loads)
        newest = max((high for _, high, _ in loads), default=0)
        # What was said to be written is there; at most one more had been committed unsaid.
        assert told <= newest <= told + 1
        assert len(loads) == newest
        done = newest
    assert done > 0
