"""A server of its own for a test or a measurement: started, waited for, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from etl.web import ROOT

PATIENCE = 600  # tenths of a second


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*words: str, health: str = "/healthz", cwd: Path = ROOT) -> Iterator[str]:
    """The address of a server started with python and these words; ``{port}`` becomes its port.

    What it writes is looked through at the end: a traceback nobody saw is still a failure.
    """
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("VANDAN_")}
    with TemporaryFile() as written:
        process = subprocess.Popen(
            [sys.executable, *(word.format(port=port) for word in words)],
            cwd=cwd,
            env={**kept, "VANDAN_NO_VENV": "1"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}{health}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        written.seek(0)
        output = written.read().decode("utf-8", "replace")
    assert "Traceback" not in output, output


def app(db: Path, *more: str) -> Sequence[str]:
    """The words that start our application on a database."""
    return ("app.py", "--port", "{port}", "--db", str(db), *more)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; RuntimeError when it stops or takes a minute."""

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, TimeoutError):
            return False

    wait_until(answers, process)


def wait_until(is_there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Until something is there; RuntimeError when the process stops or it takes a minute."""
    for _attempt in range(PATIENCE):
        if process.poll() is not None:
            break
        if is_there():
            return
        time.sleep(0.1)
    raise RuntimeError(f"no answer from {process.args}")
