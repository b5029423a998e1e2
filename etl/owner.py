"""Who owns the database file: the running server announces itself, the command line asks it.

DuckDB lets one process hold a file and locks out every other, readers too. The server therefore
writes `<db>.owner.json` beside it, and commands are sent to that server (docs: design, section 5).
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import hashlib
import json
import os
import secrets
import sys
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TOKEN_HEADER = "X-Van-Dan-Token"
ANSWER_SECONDS = 3600
# A server that is not there refuses at once; one with fifty people in it takes its time.
PROBE_SECONDS = 60


@dataclass(frozen=True)
class Owner:
    """The server that holds a database: where it listens, its secret, its process."""

    url: str
    token: str
    pid: int


class OwnerError(Exception):
    """The owner could not be reached or did not accept the command; the text is for the user."""


def announce(db: Path, port: int, host: str = "127.0.0.1") -> Owner:
    """Write the owner file with a new token, readable by this account alone."""
    owner = Owner(url=f"http://{host}:{port}", token=secrets.token_urlsafe(32), pid=os.getpid())
    file = file_of(db)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{owner.pid}")
    draft.unlink(missing_ok=True)
    # Created with its final mode: a later chmod would leave a moment to read the token.
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(asdict(owner), stream)
    os.replace(draft, file)
    atexit.register(withdraw, db, owner)
    return owner


def withdraw(db: Path, owner: Owner) -> None:
    """Remove the owner file, unless another server has written its own since."""
    if read(db) == owner:
        file_of(db).unlink(missing_ok=True)


def find_owner(db: Path) -> Owner | None:
    """The live server that holds this database, None where the file may be opened directly."""
    owner = read(db)
    if owner is None:
        return None
    if not is_alive(owner.pid):
        file_of(db).unlink(missing_ok=True)
        return None
    return owner if holds(owner, db) else None


def call(
    owner: Owner, command: str, arguments: dict[str, Any], files: dict[str, bytes]
) -> dict[str, Any]:
    """Run a command inside the owner; its `{"exit_code", "document"}`, or OwnerError."""
    packed = {name: base64.b64encode(content).decode("ascii") for name, content in files.items()}
    body = {"command": command, "arguments": arguments, "files": packed}
    try:
        return ask(owner, "/api/command", body=body, seconds=ANSWER_SECONDS)
    except urllib.error.HTTPError as error:
        raise OwnerError(f"Máy chủ từ chối lệnh {command} (HTTP {error.code}).") from error
    except (OSError, ValueError) as error:
        raise OwnerError(f"Không gọi được máy chủ đang giữ cơ sở dữ liệu: {error}") from error


def ask(
    owner: Owner, path: str, *, body: dict[str, Any] | None = None, seconds: float
) -> dict[str, Any]:
    """One JSON request to the owner with its token."""
    data = None if body is None else json.dumps(body).encode("utf-8")
    headers = {TOKEN_HEADER: owner.token, "Content-Type": "application/json"}
    request = urllib.request.Request(owner.url + path, data=data, headers=headers)
    # An http_proxy of the office network must never see the token.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=seconds) as response:
        answer = json.load(response)
    if not isinstance(answer, dict):
        raise ValueError(f"{path}: expected a JSON object")
    return answer


def holds(owner: Owner, db: Path) -> bool:
    """True where the server answers, knows the token and has this very database."""
    try:
        answer = ask(owner, "/healthz", seconds=PROBE_SECONDS)
    except (OSError, ValueError):
        return False
    return answer.get("database") == hash_of(db)


def read(db: Path) -> Owner | None:
    """What the owner file says, None where it is absent or not one of ours."""
    try:
        fields = json.loads(file_of(db).read_text("utf-8"))
        return Owner(url=fields["url"], token=fields["token"], pid=int(fields["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def end(owner: Owner) -> None:
    """Tell the server to end; it answers before it does. Raises OwnerError."""
    try:
        ask(owner, "/api/command/stop", body={}, seconds=PROBE_SECONDS)
    except urllib.error.HTTPError as error:
        raise OwnerError(f"Máy chủ từ chối dừng (HTTP {error.code}).") from error
    except (OSError, ValueError) as error:
        raise OwnerError(f"Không gọi được máy chủ đang giữ cơ sở dữ liệu: {error}") from error


def is_alive(pid: int) -> bool:
    """True where a process of that id exists."""
    if sys.platform == "win32":
        # os.kill(pid, 0) sends Ctrl+C on Windows instead of asking.
        from etl.windows import is_running

        return is_running(pid)
    with contextlib.suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True


def file_of(db: Path) -> Path:
    """The owner file of a database, beside it."""
    return db.with_name(f"{db.name}.owner.json")


def hash_of(db: Path) -> str:
    """A hash of where the database is, so that the path itself is not published."""
    return hashlib.sha256(os.path.normcase(db.resolve()).encode("utf-8")).hexdigest()
