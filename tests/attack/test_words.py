"""What people write, where a program or a terminal might take it for an order."""

from __future__ import annotations

import json
import logging
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl import cli
from etl.accounts.login import network_of
from etl.accounts.mode import Mode
from etl.console import plain
from etl.export.table_csv import as_typed, harmless
from pages.parts.gate import oidc
from pages.parts.gate.routes import Sent, not_recognised
from pages.parts.gate.visit import Visit
from tests.attack.test_content import runs

CUT_ELSEWHERE = (
    "x,=1+1", "x;@SUM(1)", 'x,"=1+1,', "x|+cmd", "x\n-2+3", "x\t＝1", "=a;=b", "x;-1+cmd|' /c'!A1",
    "a; =HYPERLINK(1)", "a,\u00a0@SUM(1)", 'a; "=1+1"', "a, - b", "x,-5|' /c'!A1",
)  # fmt: skip


@pytest.mark.parametrize("text", CUT_ELSEWHERE)
def test_a_program_that_cuts_lines_elsewhere_runs_nothing_either(text: str) -> None:
    written = harmless(text)
    assert not [part for part in re.split(r"[;,|\t\n]", written) if runs(part.strip('"'))]
    assert as_typed(written) == text


@given(st.text(st.sampled_from("=+-@＝'\";,|\t\n\r \u00a0\0a1."), max_size=10))
@example("'=1")
@example("'-5;'-5")
@example(" \n'=1")
def test_every_text_comes_back_as_it_was_typed(text: str) -> None:
    written = harmless(text)
    assert as_typed(written) == text
    for part in re.split(r"[;,|\t\r\n]", written):
        assert not runs(part.lstrip('" \0\u00a0')) or re.fullmatch(r"[+-]?[\d.]+|-", part.strip())


@pytest.mark.parametrize("text", ["giảm, -5; +3,5%", "1,-2", "a,b;c", "1.234,5", "-", "it's;'x"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text == as_typed(text)


def test_a_document_in_json_gives_the_terminal_no_orders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli.write("audit", {"name": "\x9b2J\x7f a"}, as_json=True)
    said = capsys.readouterr().out
    assert "\\u009b2J\\u007f a" in said and json.loads(said) == {"name": "\x9b2J\x7f a"}


def test_a_name_gives_the_terminal_no_orders() -> None:
    found = plain({"files": [{"name": "\x1b]0;x\x07\x1b[2Ja\r\nDone.csv", "count": 3}]})
    assert found == {"files": [{"name": " ]0;x  [2Ja  Done.csv", "count": 3}]}


def test_nobody_writes_a_second_line_into_the_log_of_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    visitor = Visit(Mode.ACCOUNTS, None, None, "", "127.0.0.1", False)
    with caplog.at_level(logging.WARNING):
        not_recognised(Sent(visitor, {}, ""), oidc.Failed("no code: x\nERROR: all is lost\x1b[2J"))
    assert len(caplog.records) == 1
    assert caplog.records[0].getMessage().isprintable()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),  # as a socket for both kinds of addresses tells of it
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_attempts_are_counted_for_whom_one_line_was_given(address: str, counted: str) -> None:
    assert network_of(address) == counted
