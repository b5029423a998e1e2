"""The answer of `python -m tests.vulnerabilities`: never "none known" where nothing was looked at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vulnerabilities import verdict

FINE = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED = {"name": "c", "skip_reason": "not found on PyPI"}


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        ([FINE], 0, "trong 1 gói"),
        ([FINE, BAD, SKIPPED], 1, "b 2: PYSEC-1"),
        ([FINE, SKIPPED], 2, "1 trong 2 gói (c)"),
        ([SKIPPED] * 7, 2, "7 trong 7"),
        ([], 2, "0 trong 0"),
    ],
)
def test_what_is_said(found: list[dict[str, Any]], code: int, says: str) -> None:
    answer = verdict(found)
    assert answer[0] == code and says in answer[1]
