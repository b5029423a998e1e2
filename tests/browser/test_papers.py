"""Báo cáo in a browser: the reminder is copied, an edited report is sent back and stands in the next."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from docx import Document
from playwright.sync_api import expect

from tests.browser.walking import WAIT, Walk
from tests.etl.papers.test_word import plain_texts, write_own

PAGE = "/bao-cao?plan=thanh-hoa-2021&period=2021-Q3"
WORDS = "Do thiếu nguồn tuyển dụng bác sĩ."


def taken(walk: Walk) -> bytes:
    """The Word report as the page gives it."""
    with walk.page.expect_download() as waiting:
        walk.page.locator("a.vd-p-file[href*='bao-cao.docx']").click()
    return Path(waiting.value.path()).read_bytes()


def test_the_text_of_a_reminder_is_copied(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk.go(PAGE)
    first = walk.page.locator("details.vd-p-late").first
    expect(first).to_be_visible(timeout=WAIT)
    if first.get_attribute("open") is None:
        first.locator("summary").click()
    first.locator(".vd-p-copy").click()
    expect(first.get_by_role("status")).to_have_text("Đã sao chép")
    copied = walk.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Kính gửi: ") and "hạn" in copied


def test_an_edited_report_comes_back_and_its_text_stays(tab: Walk) -> None:
    tab.go(PAGE)
    expect(tab.page.locator("a.vd-p-file").first).to_be_visible(timeout=WAIT)
    content = taken(tab)
    assert "BÁO CÁO" in "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)
    tab.page.get_by_text("Đưa phần tự viết vào báo cáo").click()
    edited = {
        "name": "đã sửa.docx",
        "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "buffer": write_own(content, "nguyen-nhan", WORDS),
    }
    tab.page.locator("input[type=file]").set_input_files(edited)  # type: ignore[arg-type]
    tab.see("Có 1 khung đã viết.")
    name = tab.page.locator(".st-key-vd-decide-name input")
    name.fill("Nguyễn Lan")
    name.press("Enter")
    tab.page.get_by_role("button", name="Lưu phần tự viết").click()
    tab.see("Báo cáo có phần tự viết của")
    assert plain_texts(taken(tab)) == {"nguyen-nhan": (WORDS,)}
    tab.page.get_by_role("button", name="Bỏ phần tự viết khỏi báo cáo").click()
    expect(tab.page.locator(".vd-p-own")).to_have_count(0, timeout=WAIT)
    assert plain_texts(taken(tab)) == {}
