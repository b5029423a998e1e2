"""One server and one browser for all browser tests of a session."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.web import ROOT
from tests.__main__ import find_browser

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walking import ARGUMENTS, Walk, wait_for


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real application with a demo database of its own, stopped at the end."""
    folder: Path = tmp_path_factory.mktemp("walk")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("VANDAN_")}
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), "--db", str(folder / "walk.duckdb")],
        cwd=ROOT,
        env={**kept, "VANDAN_NO_VENV": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=60)[0]
    assert "Traceback" not in output, output


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine; name one in VANDAN_CHROMIUM")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def walk(request: pytest.FixtureRequest, server: str, browser: Browser) -> Iterator[Walk]:
    """A fresh visitor; whatever left the machine or went wrong fails the walk at its end."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="vi-VN")
    walked = Walk(context.new_page(), server)
    walked.watch()
    yield walked
    context.close()
    assert walked.outside == []
    assert walked.errors == []
