"""The bytes received, each file under its hash: what the database can be made from again."""

import hashlib
import os
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.store.swap import sync_folder


def keep(folder: Path, content: bytes) -> str:
    """Keep bytes under their hash, whole or not at all; the hash.

    A file of that name with other bytes was damaged: it is put right.
    """
    digest = hashlib.sha256(content).hexdigest()
    target = folder / digest
    if target.exists() and digest_of(target) == digest:
        return digest
    draft = folder / f"{digest}.part"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
    sync_folder(folder)
    return digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fault_of(folder: Path, digest: str) -> str | None:
    """What is wrong with the file of that hash: missing, unreadable, changed; None when whole."""
    try:
        found = digest_of(folder / digest)
    except FileNotFoundError:
        return f"upload-missing: {digest}"
    except OSError as error:
        return f"upload-unreadable: {digest} ({error.strerror})"
    return None if found == digest else f"upload-changed: {digest}"


def name_of_sent(cur: DuckDBPyConnection, digest: str) -> str | None:
    """What the newest file of these bytes was called that was sent: of figures, or of progress.

    None where no such file was: of what else is kept, nothing is given out by its hash.
    """
    row = cur.execute(
        """select max_by(name, sent_at) from (
            select file_name as name, received_at as sent_at from upload where hash = ?
            union all select detail, occurred_at from audit
            where action = 'progress-file' and json_extract_string(arguments, '$.hash') = ?)""",
        [digest, digest],
    ).fetchone()
    return row[0] if row else None
