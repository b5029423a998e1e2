"""What people wrote stays text in Streamlit's own messages and labels, which read Markdown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from etl.export.report.guard import NotAReport
from etl.web import ROOT
from pages.parts.html import JOINER, as_written, e, unmarked
from pages.parts.papers import own_file
from pages.parts.submit import reasons
from tests.html import html_of
from tests.pages.opening import open_page
from tests.pages.test_drafts import BAD, keep
from tests.pages.test_report import FILE, WORD
from tests.pages.test_submit import UNSURE, choose, page

EVIL = "[x](http://e) :red[a] $b$ ![i](http://e/p.png)"
FILE_NAME = "[x](e) :red[a] $b$ ![i](p).csv"
# A sign of Markdown that nothing takes away its meaning.
LIVE = re.compile(r"(?<!\\)[\[\]$*_`<|~]|:(?=[^\s\u2060])|www\.")
MESSAGES = ("success", "error", "warning", "info", "caption")
# Our own words with nothing in them but these; where they come by another name, looked at by hand.
OURS = {"count", "period", "day"}
LOOKED_AT = {
    ("methods.py", "label"), ("act.py", "say(f'approval.{key}', language, **facts)"),
    ("own.py", "f\"**{say('papers.own_versions', view.language, count=count)}**\""),
    ("own.py", "word"), ("drafts.py", "word"), ("reasons.py", "label"), ("sending.py", "label"),
    ("tell.py", "label"), ("submit.py", "label"),
}  # fmt: skip
FIELDS = ("text_input", "text_area", "selectbox", "button", "file_uploader", "expander")


def texts(at: AppTest) -> Iterator[str]:
    """Everything on a page that Streamlit reads as Markdown, but our own HTML."""
    for kind in MESSAGES:
        yield from (str(element.value) for element in getattr(at, kind))
    for kind in FIELDS:
        yield from (str(element.label) for element in getattr(at, kind))


def check(at: AppTest, name: str = EVIL) -> None:
    """The name is on the page as it was written, and no text of the page is more than text."""
    assert not at.exception
    found = list(texts(at))
    assert any(name in text.replace("\\", "").replace(JOINER, "") for text in found)
    assert not [text for text in found if LIVE.search(text)]


def label(text: str) -> str:
    """The end of a label that is drawn above a field."""
    return f"{e(text)}</p>"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Cột B · Số BS (người), 10/2021", "Cột B · Số BS (người), 10/2021"),
        (EVIL, "x (http //e) red a b ! i (http //e/p.png)"),
        ("1. so_lieu <b> www.e.vn", "so lieu b e.vn"),
    ],
)
def test_what_is_heard_has_no_signs(text: str, heard: str) -> None:
    assert unmarked(text) == heard


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Đã gửi 3 tệp (Quý III): xong.", "Đã gửi 3 tệp (Quý III): xong."),
        (
            EVIL,
            rf"\[x\](http\:{JOINER}//e) \:{JOINER}red\[a\] \$b\$ !\[i\](http\:{JOINER}//e/p.png)",
        ),
        ("1. a\n\n    # b", r"1\. a # b"),
        ("- a", r"\- a"),
        ("a -> b -- c", f"a -{JOINER}\\> b -{JOINER}- c"),
        ("lan@e.vn www.e.vn", f"lan@{JOINER}e.vn www{JOINER}.e.vn"),
        ("so_lieu_2021.xlsx", r"so\_lieu\_2021.xlsx"),
        ("\\[x](y) &lt;", r"\\\[x\](y) \&lt;"),
    ],
)
def test_signs_lose_their_meaning(text: str, safe: str) -> None:
    assert as_written(text) == safe


def test_the_name_of_a_draft(undecided_copy: Path) -> None:
    at = keep(choose_file(FILE_NAME, BAD))
    drop = next(b for b in at.button if str(b.key).startswith("vd-draft-drop-"))
    check(drop.click().run(), FILE_NAME)


def choose_file(name: str, content: bytes) -> AppTest:
    """The page of sending with this file."""
    at = open_page(ROOT / "pages" / "submit.py")
    return at.file_uploader[0].set_value([(name, content, "text/csv")]).run()


def test_who_recorded_a_task_and_what_was_agreed(demo_copy: Path) -> None:
    at = open_page(ROOT / "pages" / "tasks.py", plan="thanh-hoa-2021", task="covid-border")
    at.text_input(key="vd-t-name").set_value(EVIL).run()
    at.text_input(key="vd-t-day").set_value("30/6/2021").run()
    check(at.button(key="vd-t-save").click().run())
    at = open_page(
        ROOT / "pages" / "indicator.py", plan="thanh-hoa-2021", indicator="staff_in_network"
    )
    said = (("content", EVIL), ("owner", EVIL), ("name", "Lan"), ("due", "1/3/2022"))
    for key, text in said:
        at.text_input(key=f"vd-a-{key}").set_value(text).run()
    check(at.button(key="vd-a-add").click().run())


def test_names_of_sheets_and_headings(demo_db: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "$b$ _c_ `d` www.e"
    for row in (("Nơi làm", EVIL[:40], "Dân"), ("TTYT Như Thanh", 12, 95100)):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    at = open_page(ROOT / "pages" / "submit.py")
    at.file_uploader[0].set_value([("a.xlsx", content.getvalue(), "")]).run()
    check(at, sheet.title)
    assert label(EVIL[:40]) in html_of(at)


def test_what_is_said_of_a_warning(undecided_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons, "describe", lambda *_: {"sentence": EVIL})
    at = choose(page(), ("la.csv", UNSURE))
    assert label(EVIL) in html_of(at)
    assert not at.exception and not [text for text in texts(at) if LIVE.search(text)]


@pytest.mark.parametrize(
    ("name", "key"), [("submit", "vd-draft-problem"), ("approval", "vd-decide-problem")]
)
def test_what_was_refused(undecided_db: Path, name: str, key: str) -> None:
    at = AppTest.from_file(ROOT / "pages" / f"{name}.py", default_timeout=60)
    at.session_state[key] = EVIL
    check(at.run())


def test_a_spelling_that_was_refused(undecided_db: Path) -> None:
    at = choose(page(), ("la.csv", UNSURE))
    at.session_state["vd-correct-denied"] = EVIL
    check(at.run())


def test_what_stands_in_a_report_that_is_none(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NotAReport("remote", EVIL)

    monkeypatch.setattr(own_file, "look_of", refuse)
    at = open_page(ROOT / "pages" / "report.py", plan="thanh-hoa-2021", period="2021-Q3")
    check(at.file_uploader(key=FILE).set_value(("a.docx", b"PK", WORD)).run())


def test_a_failure_that_names_a_file() -> None:
    def failing() -> None:
        from pages.parts.server import tell

        tell(OSError(2, "No such file", "[x](http://e) :red[a] $b$ ![i](http://e/p.png)"))

    check(AppTest.from_function(failing).run())


def test_a_failed_page_says_so_in_its_language() -> None:
    def failing() -> None:
        import duckdb
        import streamlit as st

        from pages.parts.server import tell

        for error in (OSError(28, "full"), duckdb.IOException("x"), ValueError("y")):
            tell(error)
        assert st.query_params["lang"]

    said = {}
    for language in ("vi", "en"):
        at = AppTest.from_function(failing)
        at.query_params["lang"] = language
        said[language] = [error.value for error in at.run().error]
        assert not at.exception
    assert said["en"] == [
        "This page failed. A file could not be read or written: full.",
        "This page failed. The database could not be read or written (x). What was asked is not written.",
        "This page failed. The error is on record; load the page again or tell the administrator.",
    ]
    assert all(text.startswith("Trang này gặp lỗi. ") for text in said["vi"])


def is_safe(node: ast.expr) -> bool:
    """Whether a text is our own or was escaped."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        facts = {keyword.arg for keyword in node.keywords}
        return node.func.id == "as_written" or (node.func.id == "say" and facts <= OURS)
    return isinstance(node, ast.Constant)


def markdown_of(file: Path) -> Iterator[ast.expr]:
    """The first argument of every call of Streamlit in a file that reads it as Markdown."""
    kinds = {*MESSAGES, *FIELDS, "markdown", "title", "download_button", "spinner", "toast"}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if isinstance(of, ast.Name) and of.id == "st" and node.func.attr in kinds:
                yield node.args[0]


def test_no_other_text_reaches_them() -> None:
    files = list((ROOT / "pages").rglob("*.py"))
    found = [(file.name, node) for file in files for node in markdown_of(file)]
    assert len(found) > 50
    assert {(name, ast.unparse(node)) for name, node in found if not is_safe(node)} == LOOKED_AT
