"""Who sent is told why: what was returned, by whom, when, with which reason; and what was taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.commands import answer
from etl.context import opened
from etl.history import Upload, uploads
from etl.store.submissions import submissions
from etl.store.taken_off import TakenOff
from etl.web import ROOT
from pages.parts.submit.taken_off import NAMED, taken_off_said, taken_off_text
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


def returned(count: int = 1) -> list[TakenOff]:
    return [TakenOff("returned", "Hà", datetime(2021, 10, day), "x") for day in range(1, count + 1)]


def file_of(of: list[tuple[str, str]], off: dict[TakenOff, list[int]]) -> Upload:
    """A file with the reports of these units and forms, of which these came back."""
    one = submissions(opened().store.cursor())[0]
    every = [replace(one, id=n, unit=unit, form=form) for n, (unit, form) in enumerate(of)]
    told = {said: tuple(every[n] for n in numbers) for said, numbers in off.items()}
    newest = uploads(opened().store.cursor(), opened().deployment)[0]
    return replace(newest, submissions=tuple(every), off=told)


@pytest.mark.usefixtures("demo_db")
def test_the_sender_is_told_which_report_of_a_unit_came_back() -> None:
    forms = [*opened().deployment.catalogue.forms.values()]
    (a, b), (said,) = UNITS, returned()
    two = [(a, forms[0].id), (a, forms[1].id)]
    text = taken_off_said(file_of(two, {said: [1]}), "vi")
    assert text.startswith(f"{forms[1].name_vi}, ") and forms[0].name_vi not in text
    assert taken_off_said(file_of(two, {said: [0, 1]}), "vi").startswith("Hà trả lại lúc")
    many = [*two, (b, forms[0].id)]
    name = opened().deployment.units.latest_names[a].name
    assert taken_off_said(file_of(many, {said: [0]}), "en").startswith(
        f"{name}, {forms[0].name_en}, "
    )
    assert taken_off_said(file_of(many, {said: [0, 1]}), "vi").startswith(f"{name}: Hà trả lại")


@pytest.mark.usefixtures("demo_db")
def test_that_there_were_more_decisions_is_said() -> None:
    form = next(iter(opened().deployment.catalogue.forms))
    every = returned(NAMED + 2)
    of = [(unit, form) for unit in sorted(opened().deployment.units.ids)[: len(every)]]
    shown = taken_off_text(file_of(of, {said: [n] for n, said in enumerate(every)}), "vi")
    assert shown.count("trả lại lúc") == NAMED and shown.endswith("<small>và 2 lần khác</small>")
    few = taken_off_text(file_of(of, {said: [n] for n, said in enumerate(every[:NAMED])}), "vi")
    assert few.count("<small>") == NAMED and "lần khác" not in few
