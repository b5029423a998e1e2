"""First visits in a real browser: beside an empty page of Streamlit, and on a slow line."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pages.parts.links import PAGES
from tests.__main__ import find_browser
from tests.bench.lines import Line
from tests.browser.walking import ARGUMENTS
from tests.serving import app, serving

TIMES = 3
# An ordinary line of a district: 4 Mbit/s, 80 ms there and back.
SLOW = {
    "offline": False,
    "latency": 80,
    "downloadThroughput": 4e6 / 8,
    "uploadThroughput": 4e6 / 8,
}
EMPTY = "import streamlit as st\nst.html('<p class=\"vd-own\">empty</p>')\n"
DONE = "[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stMain] .vd-own"
WAIT = 120_000
# Every chart too, not only its place.
DRAWN = (
    "document.fonts.status === 'loaded' && !document.querySelector('[data-testid=stSkeleton]') && "
    "[...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
    ".every((chart) => chart.querySelector('.main-svg'))"
)


@dataclass(frozen=True)
class Visit:
    """One first visit: seconds until everything is drawn, requests, bytes over the line."""

    seconds: float
    requests: int
    size: int


def visits(folder: Path, db: Path) -> Iterator[Line]:
    """Lines for every page; one that says why where there is no browser."""
    path = find_browser()
    if path is None:
        yield Line("first visits: no Chromium on this machine", 0)
        return
    script = folder / "empty.py"
    script.write_text(EMPTY, "utf-8")
    streamlit = ("-m", "streamlit", "run", str(script), "--server.port", "{port}")
    quiet = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        with serving(*streamlit, *quiet, health="/_stcore/health", cwd=folder) as url:
            floor = median(browser, url)
            slowly = median(browser, url, slow=True)
        yield Line("an empty page of Streamlit, first render", floor.seconds, told(floor))
        yield Line("  the same at 4 Mbit/s, 80 ms", slowly.seconds)
        with serving(*app(db, "--data", str(folder))) as url:
            for page in PAGES:
                yield from page_lines(browser, f"{url}{page.path}", page.title("en"), floor)
        browser.close()


def page_lines(browser: Browser, url: str, title: str, floor: Visit) -> Iterator[Line]:
    """A page as first opened, beside the empty one; then on the slow line, then again there."""
    visit(browser, url)  # whatever the server has to work out once
    fast, slow = median(browser, url), median(browser, url, slow=True)
    ratio = f"{fast.seconds / floor.seconds:.1f} x empty page; {told(fast)}"
    yield Line(f"{title}: first render", fast.seconds, ratio)
    yield Line("  the same at 4 Mbit/s, 80 ms", slow.seconds)


def told(found: Visit) -> str:
    """Requests and megabytes in words."""
    return f"{found.requests} requests, {found.size / 1e6:.2f} MB over the line"


def median(browser: Browser, url: str, *, slow: bool = False) -> Visit:
    """The middle one of some visits."""
    found = [visit(browser, url, slow=slow) for _ in range(TIMES)]
    return sorted(found, key=lambda v: v.seconds)[len(found) // 2]


def visit(browser: Browser, url: str, *, slow: bool = False) -> Visit:
    """Somebody who has never been here opens a page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        line.send("Network.emulateNetworkConditions", SLOW)
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    seconds = opened(page, url)
    found = Visit(seconds, len(sizes), sum(sizes))
    context.close()
    return found


def opened(page: Page, url: str) -> float:
    """Seconds until the script is done and what it drew is there."""
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(DONE, timeout=WAIT, state="attached")
    page.wait_for_function(DRAWN, timeout=WAIT)
    return time.perf_counter() - start
