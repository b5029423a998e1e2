"""One server and one browser for all browser tests of a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.__main__ import find_browser

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walking import ARGUMENTS, Walk
from tests.serving import app, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real application with a demo database of its own, stopped at the end."""
    with serving(*app(tmp_path_factory.mktemp("walk") / "walk.duckdb")) as url:
        yield url


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
