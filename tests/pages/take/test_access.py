"""The log of access to take away: every kind of line in words of both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.context import opened
from etl.web import ROOT
from indicators.text import LANGUAGES, say
from pages.parts.take.answer import file_name, make

TH = "thanh-hoa-2021"

NOTED = re.compile(
    r'(?:note\(\s*(?:db|db\(\)), [^,]+, |keep, visit, |noted(?:: str)? ?= ?|con, by, )"([a-z.]+)"'
)
RECORDED = re.compile(r'(?:record\(db, login|write\(con, login), "([a-z]+)"')


def noted() -> set[str]:
    """The words under which anything is written down, from the sources."""
    files = [*(ROOT / "etl" / "accounts").glob("*.py"), *(ROOT / "pages/parts/gate").glob("*.py")]
    source = "\n".join(file.read_text("utf-8") for file in files)
    accounts = {f"account.{kind}" for kind in RECORDED.findall(source)}
    return {*NOTED.findall(source), *accounts, "session.revoked"}


@pytest.mark.parametrize("name", ["log", "access"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_log_is_of_all_time_and_says_so(name: str, language: str, demo_db: Path) -> None:
    content, file = make(
        name, "csv", {"lang": language, "period": "2021-Q3", "known": "2021-10-05"}
    )
    title = say("approval.access" if name == "access" else "approval.log", language)
    assert file == f"{file_name(title, '2021-10-05')}.csv"
    head = content.decode("utf-8-sig").split("\r\n\r\n")[0]
    assert say("take.acts_until", language, moment="23:59 05/10/2021") in head
    words = ("simulated.label", "take.acts_simulated")
    label, acts = (say(key, language) for key in words)
    assert label not in head and (acts in head) == (name == "log")
    for word in ("2021-Q3", "Quý III", "Q3 2021", opened().deployment.plans[TH].document):
        assert word not in head


def test_every_line_of_access_has_words() -> None:
    found = noted()
    assert {
        "login",
        "login.failed",
        "refused",
        "download",
        "api",
        "backup",
        "password.checked",
    } <= found
    assert {"key.made", "key.ended", "account.added", "account.password"} <= found
    for action in found:
        for language in LANGUAGES:
            assert say(f"access.{action}", language)
