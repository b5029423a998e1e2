"""Who sent is told why: what was returned, by whom, when, with which reason; and what was taken back."""

from __future__ import annotations

from pathlib import Path

from etl.commands import answer
from etl.context import opened
from etl.history import uploads
from etl.web import ROOT
from pages.parts.submit.taken_off import taken_off_said
from pages.parts.take.asked import Asked
from pages.parts.take.uploads import sent
from pages.parts.view import View
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "submit.py"
UNITS = ("th-ttyt-hau-loc", "th-bv-noi-tiet")
FILE = "unit,period,quantity,value\n" + "".join(f"{u},2021-Q3,doctors,9\n" for u in UNITS)


def act(command: str, files: dict[str, bytes] | None = None, **said: object) -> object:
    done = answer(command, {"by": "Bà <b>Hà</b>", **said}, files or {})
    assert done["exit_code"] == 0, done["document"]
    return done["document"]


def test_the_sender_sees_why_a_report_was_returned(demo_copy: Path) -> None:
    loaded = act("load", {"bo-sung.csv": FILE.encode()}, by="Lan", reason="đếm lại")
    first, second = loaded["files"][0]["submissions"]  # type: ignore[index]
    act("return", ids=[first], reason="Chưa có <i>quyết định</i>")
    shown = html_of(open_page(PAGE))
    plain = shown.replace('<span lang="vi">', "").replace("</span>", "")
    assert "Bà &lt;b&gt;Hà&lt;/b&gt; trả lại lúc" in plain
    assert "Lý do: Chưa có &lt;i&gt;quyết định&lt;/i&gt;" in plain
    english = html_of(open_page(PAGE, lang="en"))
    assert "Returned by <span" in english
    act("rollback", id=second, reason="gửi nhầm")
    newest = uploads(opened().store.cursor(), opened().deployment)[0]
    said = taken_off_said(newest, "vi")
    assert "trả lại lúc" in said and "thu hồi lúc" in said and "gửi nhầm" in said
    assert said.count(":") >= 4  # each of its unit
    table = sent(Asked(View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")))
    assert said in table.rows[0]
    then = sent(Asked(View("thanh-hoa-2021", "2021-Q3", "thanh-hoa", known="2022-03-01")))
    assert all(said not in row for row in then.rows)
