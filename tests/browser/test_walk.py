"""The walks of a person through the real application, in a real browser, without a network."""

from __future__ import annotations

import re

import pytest

from tests.pages.test_submit import LATE

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

from tests.browser.walking import WAIT, Walk


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
    walk.fits()


def test_a_file_turns_a_verdict_and_taking_it_back_turns_it_again(walk: Walk) -> None:
    walk.go("/")
    walk.see_verdict("Số bác sĩ/vạn dân", "Chưa đủ dữ liệu")
    walk.page.locator("[data-testid=stSidebar] a[href*='/nop-so-lieu']").click()
    choose(walk, LATE)
    walk.see("4 đánh giá sẽ thay đổi")
    flip = walk.page.locator(".vd-flip", has_text="Số bác sĩ/vạn dân")
    turned = ["Chưa đủ dữ liệu", "Nguy cơ không đạt"]
    expect(flip.locator(".vd-verdict")).to_have_text(turned, timeout=WAIT)
    walk.fits()

    walk.page.get_by_label("Người nộp").fill("Lê Thị Hoa")
    walk.page.locator("textarea").fill("Bổ sung báo cáo")
    walk.page.get_by_role("button", name="Gửi số liệu").click()
    walk.see("Đã ghi 2 lượt nộp")
    walk.page.get_by_role("link", name="Tổng quan Quý III/2021").click()
    walk.see("chỉ tiêu đạt và vượt kế hoạch")
    # What was approved stays as it was until the change of it is approved, too.
    walk.see_verdict("Số bác sĩ/vạn dân", "Chưa đủ dữ liệu")
    approve(walk, "TTYT Mường Lát")
    walk.see_verdict("Số bác sĩ/vạn dân", "Nguy cơ không đạt")

    walk.page.locator("[data-testid=stSidebar] a[href*='/nop-so-lieu']").click()
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
    walk.see_verdict("Số bác sĩ/vạn dân", "Chưa đủ dữ liệu")


def approve(walk: Walk, unit: str) -> None:
    """Approve the change that a unit asks for, and come back to the overview."""
    walk.page.locator("[data-testid=stSidebar] a[href*='/phe-duyet']").click()
    walk.see("báo cáo cần xem trước khi duyệt")
    card = walk.page.locator(".vd-report", has_text=unit).first
    card.get_by_role("link", name="Xem và quyết định").click()
    walk.page.get_by_label("Người duyệt").fill("Phạm Văn Hà")
    walk.page.get_by_role("button", name="Duyệt báo cáo này").click()
    walk.see("Đã duyệt 1 báo cáo.")
    walk.page.locator(
        "[data-testid=stSidebar] a[href^='/?'], [data-testid=stSidebar] a[href='/']"
    ).click()
    walk.see("chỉ tiêu đạt và vượt kế hoạch")


def choose(walk: Walk, text: str) -> None:
    """Give the uploader a file, as a person would from the dialog of the system."""
    file = {"name": "bao-cao-bo-sung.csv", "mimeType": "text/csv", "buffer": text.encode()}
    uploader = walk.page.locator("input[type=file]")
    uploader.wait_for(state="attached", timeout=WAIT)
    uploader.set_input_files([file])  # type: ignore[list-item]
