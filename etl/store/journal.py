"""The journal: the log of acts once more, in a plain file beside the files received.

With those files and the data folder it is enough to make the database again (``etl.rebuild``).
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from duckdb import DuckDBPyConnection

from etl.store.audit import Entry, entries

NAME = "journal.jsonl"


class JournalDisagrees(Exception):
    """The journal holds acts that the database lacks, or cannot be read; the text is for the user."""


class NotJournaled(OSError):
    """The act is in the database, but could not be added to the journal."""


@dataclass
class Journal:
    """The file, and the number of the newest act that is safely in it."""

    path: Path
    last: int = 0

    def follow(self, cur: DuckDBPyConnection) -> list[Entry]:
        """Add every line of the log that is not there yet, safe on disk when this returns."""
        fresh = entries(cur, after=self.last)
        if not fresh:
            return []
        try:
            append(self.path, b"".join(map(line_of, fresh)))
        except OSError as error:
            raise NotJournaled(error.errno, error.strerror, str(self.path)) from error
        self.last = fresh[-1].id
        return fresh


def open_journal(uploads: Path, cur: DuckDBPyConnection) -> Journal:
    """The journal of an open database, caught up with it. Raises JournalDisagrees, OSError."""
    path = uploads / NAME
    journal = Journal(path, _newest_agreed(path, cur))
    journal.follow(cur)
    return journal


def _newest_agreed(path: Path, cur: DuckDBPyConnection) -> int:
    """The number of the newest line, once it is known to stand in the database too."""
    _cut_torn_end(path)
    newest = newest_of(path)
    if newest is None:
        return 0
    if newest not in entries(cur, after=newest.id - 1):
        raise JournalDisagrees(
            f"nhật ký {path} có việc số {newest.id} mà cơ sở dữ liệu không có; hãy chạy "
            "python -m etl rebuild để dựng lại, hoặc restore từ bản sao lưu"
        )
    return newest.id


def _cut_torn_end(path: Path) -> None:
    """A line without its end was being written when the process died; the database has it whole."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


def newest_of(path: Path) -> Entry | None:
    """The last whole line, None where there is none. Raises JournalDisagrees where it is damaged."""
    lines = whole_lines(path)
    if not lines:
        return None
    found = entry_of(lines[-1])
    if found is None:
        raise JournalDisagrees(
            f"nhật ký {path} hỏng ở dòng cuối; hãy chạy python -m etl rebuild để dựng lại"
        )
    return found


def whole_lines(path: Path) -> list[bytes]:
    """Every line that has its end, without it; none where there is no file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return content.split(b"\n")[:-1]


def append(path: Path, content: bytes) -> None:
    """Add to the file, all of it or nothing; on disk when this returns."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        try:
            _write_all(file, content)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise


def _write_all(file: BinaryIO, content: bytes) -> None:
    """A full disk writes a part without complaint; the rest then fails."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def line_of(entry: Entry) -> bytes:
    """A line of the log as a line of the file."""
    fields = {**asdict(entry), "occurred_at": entry.occurred_at.isoformat()}
    return json.dumps(fields, ensure_ascii=False).encode("utf-8") + b"\n"


def entry_of(line: bytes) -> Entry | None:
    """The line of the log that a line of the file says, None where it says none."""
    try:
        fields = json.loads(line)
        moment = datetime.fromisoformat(fields.pop("occurred_at"))
        return Entry(occurred_at=moment, **fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write_journal(path: Path, log: Iterable[Entry]) -> None:
    """A whole journal at once, for a copy that is put in its place later."""
    path.unlink(missing_ok=True)
    append(path, b"".join(map(line_of, log)))
