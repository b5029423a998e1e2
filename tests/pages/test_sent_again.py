"""A report that was returned and sent again: what the approver is told of it on Duyệt & chốt."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.context import opened, today
from etl.store.again import Again, sent_again
from etl.store.awaiting import waiting
from indicators.table import Figure
from pages.parts.take.approval import waiting as table
from pages.parts.take.asked import Asked
from pages.parts.view import View
from tests.html import html_of, text_of
from tests.pages.test_approval import done, run

HOSPITAL = "th-bvdk-ngoc-lac"  # one report that waits, of two figures: 61 doctors, 338 beds


def returned_and_sent_again(doctors: int) -> int:
    """The report of the hospital comes back with a reason, and is sent again; its number then."""
    cur = opened().store.cursor()
    number = next(s.id for s in waiting(cur, ["2021-Q3"]) if s.unit == HOSPITAL)
    done("return", ids=[number], reason="Thiếu 2 bác sĩ <mới>")
    lines = f"{HOSPITAL},2021-Q3,doctors,{doctors}\n{HOSPITAL},2021-Q3,beds,338\n"
    again = {"lai.csv": f"unit,period,quantity,value\n{lines}".encode()}
    done("load", again, by="Lan", reason="gửi lại")
    return next(s.id for s in waiting(cur, ["2021-Q3"]) if s.unit == HOSPITAL)


def test_a_report_sent_again_says_what_differs_from_the_one_returned(demo_copy: Path) -> None:
    number = returned_and_sent_again(63)
    text = text_of(html_of(run()))
    assert "So với bản đã trả lại, 1 số liệu khác: Số bác sĩ: 61 → 63" in text
    assert "Bà Hà đã trả lại bản trước lúc" in text and "Lý do: Thiếu 2 bác sĩ <mới>" in text
    # It asks for a look: not among those that are approved together.
    assert "2 báo cáo cần xem trước khi duyệt" in text
    at = run(report=str(number))
    assert at.button(key=f"vd-approve-{number}").label == "Duyệt báo cáo này"
    own = next(c for c in html_of(at).split("<section") if "Thu gọn" in c)
    assert [text_of(row) for row in own.split("</table>")[0].split("<tr>")[1:]] == [
        "Số liệu Đã trả lại Bản mới", "Số bác sĩ 61 63", "Số giường bệnh 338 338",
    ]  # fmt: skip
    assert own.count('<td class="vd-num"><b>') == 1
    english = text_of(html_of(run(lang="en")))
    assert "1 figure differs from the returned version:" in english and "61 → 63" in english
    # Before it was sent again nobody knew: the page of then is as it was.
    assert "bản đã trả lại" not in text_of(html_of(run(known="2022-03-01")))


def test_the_table_of_what_waits_says_why_it_came_back(demo_copy: Path) -> None:
    returned_and_sent_again(63)
    found = table(Asked(View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")))
    heads = [column.name for column in found.columns]
    at = heads.index("Bản trước do ai trả lại")
    assert heads[at:] == [
        "Bản trước do ai trả lại", "Bản trước bị trả lại ngày", "Lý do trả lại bản trước",
        "Số liệu khác bản đã trả lại",
    ]  # fmt: skip
    told = [row[at:] for row in found.rows]
    assert ["Bà Hà", today(), "Thiếu 2 bác sĩ <mới>", Figure(1)] in told
    assert told.count([None] * 4) == len(told) - 1 > 0


def test_a_report_sent_again_as_it_was_says_so(demo_copy: Path) -> None:
    returned_and_sent_again(61)
    text = text_of(html_of(run()))
    assert "Gửi lại y nguyên" in text and "Lý do: Thiếu 2 bác sĩ <mới>" in text
    assert "Sent again unchanged" in text_of(html_of(run(lang="en")))


def test_a_change_sent_again_is_set_beside_both(demo_copy: Path) -> None:
    cur = opened().store.cursor()
    (change,) = (s for s in waiting(cur, ["2021-Q3"]) if s.is_change)
    done("return", ids=[change.id], reason="Chưa có quyết định")
    line = f"{change.unit},2021-Q3,doctors,70"
    done("load", {"lai.csv": f"unit,period,quantity,value\n{line}\n".encode()}, reason="đếm lại")
    text = text_of(html_of(run()))
    assert "So với bản đã trả lại, 1 số liệu khác: Số bác sĩ: 71 → 70" in text
    assert "Lý do: Chưa có quyết định" in text and "Số bác sĩ 69 70" in text


def test_reports_sent_again_are_asked_about_in_one_question(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned_and_sent_again(63)
    asked: list[list[int]] = []

    def counted(cur: object, numbers: list[int]) -> dict[int, Again]:
        asked.append(numbers)
        return sent_again(cur, numbers)  # type: ignore[arg-type]

    monkeypatch.setattr("pages.parts.approval.data.sent_again", counted)
    run()
    assert [len(numbers) for numbers in asked] == [4]
