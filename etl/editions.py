"""Editions of the data folder: what catalogue, plans and units said, kept each time it changed."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.originals import keep
from indicators.deployment import Deployment, load_deployment


def keep_edition(store: Store, files: Mapping[str, str], at: datetime) -> int:
    """Keep the texts of a data folder (path inside it to text) unless the newest says the same.

    Returns the number of the edition, from 1.
    """
    with store.transaction() as cur:
        latest = newest(cur)
        if latest and texts_of(cur, latest) == files:
            return latest
        cur.executemany(
            "insert into deployment_file values (?, ?, ?, ?)",
            [[latest + 1, at, path, text] for path, text in files.items()],
        )
        asked = {"version": latest + 1, "files": _original(store, files)}
        audit(cur, "hệ thống", "deployment", f"phiên bản {latest + 1}", at, asked)
        return latest + 1


def _original(store: Store, files: Mapping[str, str]) -> str:
    """The hash under which the texts lie beside the files received, as one JSON document."""
    content = json.dumps(dict(files), ensure_ascii=False, sort_keys=True).encode("utf-8")
    return keep(store.uploads, content) if store.uploads else ""


def newest(cur: DuckDBPyConnection) -> int:
    """The number of the newest edition, 0 where none was kept."""
    row = cur.execute("select coalesce(max(version), 0) from deployment_file").fetchone()
    return int(row[0]) if row else 0


def texts_of(cur: DuckDBPyConnection, edition: int) -> dict[str, str]:
    """The texts of an edition by their path."""
    rows = cur.execute(
        "select path, content from deployment_file where version = ?", [edition]
    ).fetchall()
    return dict(rows)


def edition_at(cur: DuckDBPyConnection, moment: datetime) -> int:
    """The edition in force at a moment; before the first, the first. 0 where none was kept."""
    row = cur.execute(
        """select coalesce(max(version) filter (loaded_at <= ?), min(version), 0)
        from deployment_file""",
        [moment],
    ).fetchone()
    return int(row[0]) if row else 0


def read_edition(cur: DuckDBPyConnection, edition: int) -> Deployment:
    """An edition as it was read then. Raises DataErrors where today's program refuses it."""
    return _read(tuple(sorted(texts_of(cur, edition).items())))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, str], ...]) -> Deployment:
    with tempfile.TemporaryDirectory(prefix="van-dan-") as name:
        for path, text in files:
            target = Path(name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        return load_deployment(Path(name))
