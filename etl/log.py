"""The structured log: with ``VANDAN_LOG=json`` one JSON line for each act and each error."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LONGEST = 20_000_000  # bytes: years of acts


def into_file(path: Path) -> None:
    """Add whatever this process says to the end of a file, with its structured log.

    For a scheduler that keeps nothing of what its programs say. A file that has grown too long is
    put aside first, in the place of the one put aside before. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size > LONGEST:
        os.replace(path, path.with_name(f"{path.name}.1"))
    stream = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
    sys.stdout = sys.stderr = stream
    os.environ["VANDAN_LOG"] = "json"


def tell(event: str, **fields: Any) -> None:
    """One line to standard error, where a service manager collects it. No texts that people wrote:
    of a person only the name under which he acts.
    """
    if os.environ.get("VANDAN_LOG") != "json":
        return
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"at": moment, "event": event, **fields}, ensure_ascii=False, default=str)
    # One write: lines of several threads must not run into each other.
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
