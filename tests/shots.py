"""`python -m tests.shots`: pictures of the main pages for the README, of a fresh demo province."""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from etl.web import ROOT
from tests.__main__ import find_browser
from tests.browser.walking import ARGUMENTS
from tests.serving import app, serving

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {1440: 1000, 390: 844}  # width of the screen to its height
LARGEST = 150_000  # bytes of a picture
COLOURS = (256, 128, 64, 32)  # fewer until the picture is small enough
WAIT = 60_000
PAGES = {
    "tong-quan": "/?period=2021-Q3",
    "chi-tieu": "/chi-tieu?period=2021-Q3&indicator=stations_with_doctor",
    "don-vi": "/don-vi?period=2021-Q3&unit=th-nhu-thanh",
    "bang-nhiet": "/bang-nhiet?period=2021-Q3",
    "so-sanh": "/so-sanh?period=2021-Q3",
    "nhiem-vu": "/nhiem-vu?period=2021-Q3&known=2021-12-05",
    "chat-luong": "/chat-luong?period=2021-Q3",
    "nop-so-lieu": "/nop-so-lieu",
}
DONE = "[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stMain] .vd-own"


def main() -> int:
    """Every page at every width; 2 without a browser."""
    path = find_browser()
    if path is None:
        print("no Chromium on this machine; name one in VANDAN_CHROMIUM", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        with serving(*app(Path(folder) / "shots.duckdb")) as url:
            for name, address in PAGES.items():
                for width in WIDTHS:
                    file = FOLDER / f"{name}-{width}.png"
                    file.write_bytes(small(shot(browser, url + address, width)))
                    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")
        browser.close()
    return 0


def shot(browser: Browser, address: str, width: int) -> bytes:
    """The first screen of a page once its charts and typefaces are there."""
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]}, locale="vi-VN")
    page.goto(address, wait_until="networkidle", timeout=WAIT)
    page.wait_for_selector(DONE, timeout=WAIT, state="attached")
    page.wait_for_function(
        "document.fonts.status === 'loaded' && [...document.querySelectorAll"
        "('[data-testid=stPlotlyChart]')].every((chart) => chart.querySelector('.main-svg'))",
        timeout=WAIT,
    )
    taken = page.screenshot(animations="disabled")
    page.close()
    return taken


def small(picture: bytes) -> bytes:
    """The same picture in as many colours as fit into the size."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        kept = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST:
            break
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main())
