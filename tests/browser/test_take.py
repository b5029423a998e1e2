"""What is taken away from a real page: files that open, and paper on which nothing is cut off."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import WAIT

INDICATOR = "/chi-tieu?period=2021-Q3&indicator=stations_with_doctor"
MARK = "Số liệu mô phỏng"
TREND = ".st-key-vd-card-trend"


def opened(browser: Browser, address: str, *, width: int = 1440) -> Page:
    """A page whose charts are drawn."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="vi-VN")
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.locator(".vd-take").first.wait_for()
    return page


def take(page: Page, card: str, item: str, folder: Path) -> Path:
    """Open the menu of a card and take one thing of it."""
    page.locator(f"{card} .vd-take > summary").first.click()
    with page.expect_download(timeout=WAIT) as waiting:
        page.locator(f"{card} .vd-take").get_by_text(item, exact=True).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_a_table_and_a_chart_are_taken_away_and_open(
    server: str, browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, server + INDICATOR)
    page.locator(f"{TREND} .main-svg").first.wait_for()
    title = page.locator(f"{TREND} h2").inner_text()

    book = openpyxl.load_workbook(take(page, ".st-key-vd-card-units", "XLSX", tmp_path)).active
    cells = [cell for row in book.iter_rows(values_only=True) for cell in row]
    assert MARK in cells and "Quan Sơn" in cells and 50 in cells

    text = take(page, ".st-key-vd-card-units", "CSV", tmp_path).read_text("utf-8-sig")
    assert MARK in text and "Quan Sơn;50,0;" in text and "Nguồn: " in text

    svg = ElementTree.parse(take(page, TREND, "SVG", tmp_path)).getroot()
    words = "".join(svg.itertext())
    assert title in words and MARK in words and "Nguồn: " in words and "dự báo" in words
    assert "@font-face" in words and "http" not in words
    width, height = (float(svg.get(side, "0")) for side in ("width", "height"))

    png = take(page, TREND, "PNG", tmp_path).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (round(width * 2), round(height * 2))
    expect(page.locator(f"{TREND} [role=status]")).to_have_text(re.compile(r"\.png$"))
    page.close()


def test_a_menu_opens_by_keyboard_and_closes_with_escape(server: str, browser: Browser) -> None:
    page = opened(browser, server + INDICATOR)
    menu = page.locator(".st-key-vd-card-units .vd-take")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "XLSX"
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


def test_on_a_phone_everything_of_a_menu_is_as_large_as_a_finger(
    server: str, browser: Browser
) -> None:
    page = opened(browser, server + INDICATOR, width=390)
    menu = page.locator(".st-key-vd-card-units .vd-take")
    menu.locator("summary").click()
    for part in (menu.locator("summary"), *menu.locator("a").all()):
        box = part.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.close()


def printed(page: Page, file: Path) -> tuple[str, int]:
    """The words on the paper as they stand there, and how many sheets it takes."""
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    words = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    return words, words.count("\f")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not on this machine")
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_cut_off_on_paper(
    server: str, browser: Browser, tmp_path: Path, width: int
) -> None:
    page = opened(browser, f"{server}/don-vi?period=2021-Q3&unit=th-nhu-thanh", width=width)
    page.locator(".vd-record").wait_for()
    words, sheets = printed(page, tmp_path / "unit.pdf")
    assert 3 <= sheets <= 6
    # The last column and the last row of each wide table.
    flat = re.sub(r"\s+", " ", words)
    for text in ("Hồ sơ sức khỏe điện tử", "Q.III/2021", "Nếu tính theo mức kế hoạch", "Yên Thọ"):
        assert text in flat
    assert words.count(MARK) >= sheets and "Sở Y tế Thanh Hóa" in words
    assert f"Trang 1/{sheets}" in words and "Quý III/2021; Huyện Như Thanh" in words
    assert "Tải về" not in words and "Nộp số liệu" not in words
    page.close()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not on this machine")
def test_a_chart_on_paper_keeps_its_right_edge(
    server: str, browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, server + INDICATOR)
    page.locator(f"{TREND} .main-svg").first.wait_for()
    words, sheets = printed(page, tmp_path / "chart.pdf")
    assert sheets <= 3
    assert "dự báo 88,8%" in words and "kế hoạch 91%" in words and "Tỷ phần" in words
    page.close()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not on this machine")
def test_the_heat_table_on_paper_is_split_so_that_it_can_be_read(
    server: str, browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, f"{server}/bang-nhiet?period=2021-Q3")
    page.locator("table.vd-heat").wait_for()
    words, sheets = printed(page, tmp_path / "heat.pdf")
    assert 3 <= sheets <= 4
    for sheet in words.split("\f")[:sheets]:
        assert "Địa bàn" in sheet  # the first column again
    assert words.count("Quan Sơn") == 3
    page.close()
