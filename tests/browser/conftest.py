"""One server and one browser for all browser tests of a session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.__main__ import find_browser

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.walking import ARGUMENTS, WIDTHS, Walk
from tests.once import once
from tests.pages.conftest import make
from tests.serving import app, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real application with a demo database of its own, stopped at the end."""
    made = once(tmp_path_factory, "demo", lambda folder: make(folder, demo=True))
    own = shutil.copytree(made, tmp_path_factory.mktemp("walk") / "copy")
    with serving(*app(own / "van-dan.duckdb")) as url:
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


@pytest.fixture(params=WIDTHS)
def walk(request: pytest.FixtureRequest, server: str, browser: Browser) -> Iterator[Walk]:
    """A fresh visitor; whatever left the machine or went wrong fails the walk at its end."""
    context = visitor(browser, WIDTHS[request.param])
    walked = Walk(context.new_page(), server)
    walked.watch()
    yield walked
    context.close()
    walked.ended_well()


@pytest.fixture(scope="module")
def known(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who has been here: what lasts is in the browser."""
    context = visitor(browser, WIDTHS["desk"])
    yield context
    context.close()


@pytest.fixture
def tab(server: str, known: BrowserContext) -> Iterator[Walk]:
    """A new tab of that visitor, quicker than `walk`: for what needs nothing fresh."""
    walked = Walk(known.new_page(), server)
    walked.watch()
    yield walked
    walked.page.close()
    walked.ended_well()


def visitor(browser: Browser, width: int) -> BrowserContext:
    """A browser without anything in it."""
    return browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
