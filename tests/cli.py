"""The command line as automation sees it: a real process, one JSON document, no traceback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEPLOYMENTS = ROOT / "tests" / "deployments"
SECONDS = 600

Row = dict[str, Any]


def run(*args: str | Path, data: Path, db: Path, ok: bool = True) -> Any:
    """The document printed by ``python -m ARGS --json`` on a data folder and a database."""
    tail = ["--json", "--data", str(data), "--db", str(db)]
    command = [sys.executable, "-m", *map(str, args), *tail]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)
    said = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in said[1], said[1]
    assert done.returncode == (0 if ok else 1), f"{command}\nexit {done.returncode}\n{said}"
    return json.loads(said[0])


def rows_of(document: Any, target: str | None = None) -> Iterator[Row]:
    """Every verdict row of a document, also those listed under a target, each with its target."""
    if isinstance(document, list):
        for item in document:
            yield from rows_of(item, target)
    elif isinstance(document, dict):
        target = document.get("target", target)
        if "scope" in document and "verdict" in document:
            yield {**document, "target": target}
        for item in document.values():
            yield from rows_of(item, target)


def row_of(document: Any, *, indicator: str, scope: str) -> Row:
    """The one row of an indicator for a scope."""
    found = [r for r in rows_of(document) if (r["indicator"], r["scope"]) == (indicator, scope)]
    assert len(found) == 1, f"{len(found)} rows of {indicator} for {scope}"
    return found[0]


def submissions(*, data: Path, db: Path) -> list[Row]:
    """Every submission in the database."""
    found: list[Row] = run("etl", "submissions", data=data, db=db)
    return found
