"""The command line as automation sees it: one JSON document, an exit code, no traceback.

Run within this process, which saves seconds of imports a command; that the real process behaves
so is tested in ``etl/test_cli.py``.
"""

import json
import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from etl import context
from etl.__main__ import COMMANDS as ETL
from etl.cli import main
from indicators.__main__ import COMMANDS as INDICATORS

ROOT = Path(__file__).resolve().parents[1]
DEPLOYMENTS = ROOT / "tests" / "deployments"

COMMANDS = {"etl": ETL, "indicators": INDICATORS}

Row = dict[str, Any]


def run(*args: str | Path, data: Path, db: Path, ok: bool = True) -> Any:
    """The document printed by ``python -m ARGS --json`` on a data folder and a database."""
    tail = ["--json", "--data", str(data), "--db", str(db)]
    code, *said = called(*args, *tail)
    assert code == (0 if ok else 1), f"{args}\nexit {code}\n{said}"
    return json.loads(said[0])


def called(module: str | Path, *words: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and error of ``python -m MODULE WORDS``, within this process."""
    context.close()  # another database may be open
    out, said = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
    with patch.dict(os.environ), redirect_stdout(out), redirect_stderr(said):
        try:
            code = main(COMMANDS[str(module)], [str(word) for word in words])
        except SystemExit as end:  # misuse, told by argparse
            code = int(end.code or 0)
        finally:
            context.close()
    return code, *(_written(stream) for stream in (out, said))


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


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
