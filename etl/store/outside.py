"""Verifying what stands beside the database: files received, journal, accounts."""

import sqlite3
from contextlib import closing
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.audit import Entry, entries
from etl.store.connect import Store
from etl.store.journal import whole_lines
from etl.store.originals import fault_of
from etl.store.places import accounts_of
from etl.store.whole import damaged

NAMED = ("hash", "files", "base")


def originals_of(log: list[Entry]) -> list[str]:
    """The hashes of every file that the acts name: received, data files as loaded, the base."""
    named = (line.asked.get(key) for line in log for key in NAMED)
    return sorted({digest for digest in named if digest})


def outside_faults(store: Store) -> list[str]:
    """What is wrong beside the tables, one line each; nothing of a database in memory."""
    if store.path is None or store.uploads is None:
        return []
    with store.lock:  # an act of another thread is in both places, or in neither
        log = entries(store.cursor())
        lines = whole_lines(store.journal.path) if store.journal else []
    return [
        *_upload_faults(store.uploads, log, store.cursor()),
        *damaged(lines, log),
        *_account_faults(accounts_of(store.path)),
    ]


def _upload_faults(uploads: Path, log: list[Entry], cur: DuckDBPyConnection) -> list[str]:
    """Every file received must still be there, byte for byte."""
    rows = cur.execute("select distinct hash from upload").fetchall()
    hashes = sorted({*originals_of(log), *(digest for (digest,) in rows)})
    return [fault for digest in hashes if (fault := fault_of(uploads, digest))]


def acts_about(log: list[Entry], faults: list[str]) -> list[tuple[str, Entry]]:
    """Of each file received that is lost or damaged its hash and the first act that brought it."""
    gone = [fault.split()[1] for fault in faults if fault.startswith("upload-")]
    first: dict[str, Entry] = {}
    for line in log:
        for key in NAMED:
            first.setdefault(line.asked.get(key) or "", line)
    return [(digest, first[digest]) for digest in gone if digest in first]


def _account_faults(path: Path) -> list[str]:
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
            said = con.execute("pragma integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        said = str(error)
    return [] if said == "ok" else [f"accounts-damaged: {said}"]


def notes(cur: DuckDBPyConnection) -> list[str]:
    """What is no fault but should be known: the clock of this machine went back between acts.

    Which revision counts never depends on the clock; *as known on* a moment in between may.
    """
    rows = cur.execute(
        """select id from (
            select id, received_at, lag(received_at) over (
                partition by unit, period, form order by revision) as before from submission)
        where received_at < before order by id"""
    ).fetchall()
    return [f"clock-back: {number}" for (number,) in rows]
