"""The structured log: with ``VANDAN_LOG=json`` one JSON line for each act and each error."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def into_file(path: Path) -> None:
    """Add whatever this process says to the end of a file, with its structured log.

    For a scheduler that keeps nothing of what its programs say. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
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
