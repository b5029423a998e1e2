"""Own text of reports: which edited Word file the report of a plan, period and unit takes it from.

Nothing but the log and the file itself is needed: both are kept, checked and made again already.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, whatever_came
from etl.store.originals import fault_of, keep

KEPT, DROPPED = "own-text", "own-text-dropped"


@dataclass(frozen=True)
class Paper:
    """Which report."""

    plan: str
    period: str
    unit: str

    @property
    def said(self) -> str:
        """As the log says it."""
        return f"{self.plan} · {self.period} · {self.unit}"


@dataclass(frozen=True)
class OwnText:
    """An edited report that was sent: its file, by whom and when; the hash of its bytes."""

    hash: str
    file: str
    by: str
    at: datetime


class NotKept(Exception):
    """There is nothing to drop, or no place to keep a file in."""


class OwnTextLost(Exception):
    """The file that a report takes its own text from is gone, damaged or cannot be read.

    ``fault``: missing, changed or unreadable.
    """

    def __init__(self, text: OwnText, fault: str) -> None:
        super().__init__(f"{fault} {text.hash}")
        self.text, self.fault = text, fault


def fault_in(uploads: Path, text: OwnText) -> str | None:
    """What is wrong with the file on disk: missing, changed, unreadable; None when it is whole."""
    found = fault_of(uploads, text.hash)
    return None if found is None else kind_of(found)


def kind_of(fault: str) -> str:
    """ "missing" of "upload-missing: …"."""
    return fault.partition(":")[0].removeprefix("upload-")


def content_of(uploads: Path, text: OwnText) -> bytes:
    """The bytes of the file, the very ones that were sent. Raises OwnTextLost."""
    try:
        content = (uploads / text.hash).read_bytes()
    except OSError:
        raise OwnTextLost(text, fault_in(uploads, text) or "unreadable") from None
    if hashlib.sha256(content).hexdigest() != text.hash:
        raise OwnTextLost(text, "changed")
    return content


def keep_own_text(
    store: Store, paper: Paper, file: str, content: bytes, *, by: str, at: datetime
) -> OwnText:
    """From now on the report takes its own text from this file. Raises NotKept in memory."""
    if store.uploads is None:
        raise NotKept("no folder of uploads")
    digest = keep(store.uploads, content)
    note_own_text(store, paper, file, digest, by=by, at=at)
    return OwnText(digest, file, by, at)


def note_own_text(
    store: Store, paper: Paper, file: str, digest: str, *, by: str, at: datetime
) -> None:
    """The line of the log that makes it so."""
    asked = {**vars(paper), "file": file, "hash": digest}
    with store.transaction() as cur:
        audit(cur, by, "own-text", f"{paper.said} · {file}", at, asked)


def drop_own_text(store: Store, paper: Paper, *, by: str, at: datetime) -> None:
    """From now on the report has no own text; the file stays. Raises NotKept where it had none."""
    with store.transaction() as cur:
        if own_text_of(cur, paper) is None:
            raise NotKept(paper.said)
        audit(cur, by, "own-text-dropped", paper.said, at, vars(paper))


def use_own_text(store: Store, paper: Paper, digest: str, *, by: str, at: datetime) -> None:
    """From now on the report takes own text from a file sent before.

    Raises NotKept where there is none such, OwnTextLost where its bytes are gone.
    """
    found = [text for text in versions(store.cursor(), paper) if text.hash == digest]
    if not found or store.uploads is None:
        raise NotKept(paper.said)
    content_of(store.uploads, found[0])
    note_own_text(store, paper, found[0].file, digest, by=by, at=at)


def own_text_of(
    cur: DuckDBPyConnection, paper: Paper, known_on: datetime | None = None
) -> OwnText | None:
    """The file in force at a moment (None: now); None where none is."""
    acts = _acts(cur, paper, known_on)
    return None if not acts or acts[-1][0] == DROPPED else _first(acts)[acts[-1][1].hash]


def versions(
    cur: DuckDBPyConnection, paper: Paper, known_on: datetime | None = None
) -> list[OwnText]:
    """Every file that was sent by a moment, the newest first; who sent it first and when."""
    return list(reversed(_first(_acts(cur, paper, known_on)).values()))


def _first(acts: list[tuple[str, OwnText]]) -> dict[str, OwnText]:
    """Each file as it was sent first: to use it again does not make it somebody else's."""
    found: dict[str, OwnText] = {}
    for action, text in acts:
        if action == KEPT:
            found.setdefault(text.hash, text)
    return found


def _acts(
    cur: DuckDBPyConnection, paper: Paper, known_on: datetime | None
) -> list[tuple[str, OwnText]]:
    """What was done about own text of this report, in order; of a dropping no file."""
    rows = cur.execute(
        """select action, json_extract_string(arguments, '$.hash'),
            json_extract_string(arguments, '$.file'), actor, occurred_at
        from audit where action in (?, ?) and occurred_at <= ?
            and json_extract_string(arguments, '$.plan') = ?
            and json_extract_string(arguments, '$.period') = ?
            and json_extract_string(arguments, '$.unit') = ?
        order by id""",
        [KEPT, DROPPED, whatever_came(known_on) or FAR_FUTURE, *vars(paper).values()],
    ).fetchall()
    return [(action, OwnText(*text)) for action, *text in rows]
