"""Periods as people write them: "Quý III/2021", "Q3-2021", "6 tháng đầu năm 2021", "T3/2021"."""

import re
from functools import lru_cache

from etl.normalise import clean, search_key
from indicators.period import Period, PeriodKind, parse_period

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
YEAR = r"(?:nam )?(?P<year>(?:19|20)\d\d)"

# On the search key: lower case, no marks, punctuation turned to single spaces.
PATTERNS = (
    (PeriodKind.QUARTER, re.compile(rf"(?:quy|q) ?(?P<n>iv|iii|ii|i|[1-4]) ?{YEAR}")),
    (PeriodKind.HALF, re.compile(rf"(?:6|sau) ?(?:thang|th|t) ?(?P<n>dau|cuoi)? ?{YEAR}")),
    (PeriodKind.NINE_MONTHS, re.compile(rf"(?:9|chin) ?(?:thang|th|t) ?(?:dau )?{YEAR}")),
    (PeriodKind.MONTH, re.compile(rf"(?:thang|th|t) ?(?P<n>1[0-2]|0?[1-9]) ?{YEAR}")),
    (PeriodKind.YEAR, re.compile(rf"(?:ca )?{YEAR}")),
)
# Inside a longer text a bare year may be part of a date: only "năm 2021" counts there.
FINDERS = (
    *((kind, re.compile(rf"\b{pattern.pattern}\b")) for kind, pattern in PATTERNS[:-1]),
    (PeriodKind.YEAR, re.compile(r"\bnam (?P<year>(?:19|20)\d\d)\b")),
)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The period that ``text`` is, as a whole; None when it is anything else."""
    try:
        return parse_period(clean(text))
    except ValueError:
        pass
    plain = search_key(text)
    for kind, pattern in PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _period(kind, match)
    return None


@lru_cache(maxsize=4096)
def find_period(text: str) -> Period | None:
    """The one period that a title, sheet name or file name speaks of; None when none or several."""
    code = _find_code(text)
    if code is not None:
        return code
    plain = search_key(text)
    for kind, pattern in FINDERS:
        found = {_period(kind, match) for match in pattern.finditer(plain)}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _find_code(text: str) -> Period | None:
    codes = set(re.findall(r"(?:19|20)\d\d-(?:Q[1-4]|H[12]|9M|\d\d)\b", text))
    return parse_period(codes.pop()) if len(codes) == 1 else None


def _period(kind: PeriodKind, match: re.Match[str]) -> Period:
    year = int(match["year"])
    if kind is PeriodKind.QUARTER:
        return Period(year, kind, ROMAN[match["n"]])
    if kind is PeriodKind.HALF:
        return Period(year, kind, 2 if match["n"] == "cuoi" else 1)
    if kind is PeriodKind.MONTH:
        return Period(year, kind, int(match["n"]))
    return Period(year, kind)
