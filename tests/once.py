"""What is expensive and only looked at is made once for all processes of a test run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 300  # seconds


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that ``make`` filled: by the first process that asks, the others wait for it."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / f"once-{name}", shared / f"once-{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait(done)
    else:
        make(folder)
        done.touch()
    return folder


def _wait(done: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done.exists():
        assert time.monotonic() < deadline, f"{done.name}: the process that makes it has failed"
        time.sleep(0.1)
