"""The log of access to take away: every kind of line in words of both languages."""

from __future__ import annotations

import re

from etl.web import ROOT
from indicators.text import LANGUAGES, say

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
