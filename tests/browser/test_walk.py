"""The walks of a person through the real application, in a real browser, without a network."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl.web import ROOT
from tests.__main__ import find_browser
from tests.pages.test_submit import LATE

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20_000
# Streamlit looks for its server below the address of a page opened directly; then above it.
PROBES = re.compile(r"/(chi-tieu|don-vi|nop-so-lieu)/_stcore/(health|host-config)$")


@dataclass
class Walk:
    """A page of the browser with everything that went wrong on the way."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.set_default_timeout(WAIT)
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("response", self._response)
        self.page.on("console", lambda m: m.type == "error" and self._console(m.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not PROBES.search(response.url):
            self.errors.append(f"{response.status} {response.url}")

    def _console(self, text: str) -> None:
        # Failed requests are judged by their address, in `_response`.
        if not text.startswith("Failed to load resource"):
            self.errors.append(text)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible(timeout=WAIT)

    def click_link(self, address: str) -> None:
        self.page.locator(f"a[href*='{address}']").first.click()

    def verdict_of(self, target: str) -> str:
        """The word in the row of a target on the first screen."""
        row = self.page.locator(".vd-row", has_text=target).first
        expect(row).to_be_visible(timeout=WAIT)
        return row.locator(".vd-verdict").first.inner_text().strip()


@pytest.fixture(scope="module")
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


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    for _attempt in range(600):
        assert process.poll() is None, process.communicate()[0]
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer in a minute")


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


def test_down_to_a_commune_and_back(walk: Walk) -> None:
    walk.go("/")
    walk.see("chỉ tiêu đạt và vượt kế hoạch")
    walk.click_link("/chi-tieu?plan=thanh-hoa-2021")
    walk.page.wait_for_url(re.compile(r"/chi-tieu\?.*indicator="))
    walk.page.locator("[data-testid=stSidebar] a[href*='/don-vi']").click()
    walk.page.wait_for_url(re.compile(r"/don-vi"))
    walk.see("27/27 huyện, thị xã, thành phố có số liệu")
    walk.click_link("unit=th-nhu-thanh")
    walk.see("14/14 xã, phường, thị trấn có số liệu")
    walk.click_link("unit=th-nhu-thanh-thanh-ky")
    expect(walk.page.locator("h1", has_text="Xã Thanh Kỳ")).to_be_visible(timeout=WAIT)
    walk.page.go_back()
    expect(walk.page.locator("h1", has_text="Huyện Như Thanh")).to_be_visible(timeout=WAIT)
    walk.page.locator(".vd-path a", has_text="Tỉnh Thanh Hóa").click()
    expect(walk.page.locator("h1", has_text="Tỉnh Thanh Hóa")).to_be_visible(timeout=WAIT)
    assert not is_too_wide(walk.page)


def test_a_file_turns_a_verdict_and_taking_it_back_turns_it_again(walk: Walk) -> None:
    walk.go("/")
    assert walk.verdict_of("Số bác sĩ/vạn dân") == "Chưa đủ dữ liệu"
    walk.page.locator("[data-testid=stSidebar] a[href*='/nop-so-lieu']").click()
    choose(walk, LATE)
    walk.see("4 đánh giá sẽ thay đổi")
    flip = walk.page.locator(".vd-flip", has_text="Số bác sĩ/vạn dân")
    assert flip.locator(".vd-verdict").all_inner_texts() == ["Chưa đủ dữ liệu", "Nguy cơ không đạt"]
    assert not is_too_wide(walk.page)

    walk.page.get_by_label("Người nộp").fill("Lê Thị Hoa")
    walk.page.get_by_role("button", name="Gửi số liệu").click()
    walk.see("Đã ghi 2 lượt nộp")
    walk.page.get_by_role("link", name="Tổng quan Quý III/2021").click()
    walk.see("chỉ tiêu đạt và vượt kế hoạch")
    assert walk.verdict_of("Số bác sĩ/vạn dân") == "Nguy cơ không đạt"

    walk.page.go_back()
    row = walk.page.locator(".vd-upload:not(.vd-up-withdrawn)", has_text="bao-cao-bo-sung.csv")
    row.get_by_role("link", name="Thu hồi").click()
    walk.see("Thu hồi tệp bao-cao-bo-sung.csv?")
    walk.page.get_by_label("Lý do thu hồi").fill("gửi nhầm")
    walk.page.get_by_role("button", name="Xác nhận thu hồi").click()
    walk.see("Đã thu hồi tệp bao-cao-bo-sung.csv: 2 lượt nộp.")
    walk.page.locator(
        "[data-testid=stSidebar] a[href^='/?'], [data-testid=stSidebar] a[href='/']"
    ).click()
    walk.see("chỉ tiêu đạt và vượt kế hoạch")
    assert walk.verdict_of("Số bác sĩ/vạn dân") == "Chưa đủ dữ liệu"


def choose(walk: Walk, text: str) -> None:
    """Give the uploader a file, as a person would from the dialog of the system."""
    file = {"name": "bao-cao-bo-sung.csv", "mimeType": "text/csv", "buffer": text.encode()}
    uploader = walk.page.locator("input[type=file]")
    uploader.wait_for(state="attached", timeout=WAIT)
    uploader.set_input_files([file])  # type: ignore[list-item]


def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(
        page.evaluate(
            "[...document.querySelectorAll('[data-testid=stMain]')]"
            ".some(e => e.scrollWidth > e.clientWidth + 1)"
        )
    )
