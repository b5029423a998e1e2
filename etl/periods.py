"""Periods as people write them: "Quý III/2021", "Q3-2021", "6 tháng đầu năm 2021", "T3/2021"."""

import re
from datetime import date
from functools import lru_cache

from etl.normalise import clean, search_key
from indicators.period import LENGTH, Period, PeriodKind, parse_period

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
YEAR = r"(?:nam )?(?P<year>(?:19|20)\d\d)"
QUARTER = r"iv|iii|ii|i|0?[1-4]"

# On the search key: lower case, no marks, punctuation turned to single spaces.
PATTERNS = (
    (PeriodKind.QUARTER, re.compile(rf"(?:quy|q) ?(?P<n>{QUARTER}) ?{YEAR}")),
    (PeriodKind.HALF, re.compile(rf"(?:0?6|sau) ?(?:thang|th|t) ?(?P<n>dau|cuoi)? ?{YEAR}")),
    (PeriodKind.NINE_MONTHS, re.compile(rf"(?:0?9|chin) ?(?:thang|th|t) ?(?:dau )?{YEAR}")),
    (PeriodKind.MONTH, re.compile(rf"(?:thang|th|t) ?(?P<n>1[0-2]|0?[1-9]) ?{YEAR}")),
    (PeriodKind.YEAR, re.compile(rf"(?:ca |so bo |prel? )?{YEAR}")),
)
# "Apr-20" and "January 2019", as spreadsheets and foreign exports head a column.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = re.compile(rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}")
NAMED_MONTH = re.compile(rf"{MONTH_NAME.pattern} (?P<year>(?:19|20)?\d\d)")
# Inside a text only with its whole year, and not as part of a date: "21 Jun 2023".
NAMED_FINDER = re.compile(rf"(?<!\d )\b{MONTH_NAME.pattern} (?P<year>(?:19|20)\d\d)\b")
MONTH_ALONE = re.compile(r"(?:thang |th |t )?(?P<n>1[0-2]|0?[1-9])")
FINDERS = tuple((kind, re.compile(rf"\b{pattern.pattern}\b")) for kind, pattern in PATTERNS[:-1])
# Inside a longer text a year may be part of a date or of a comparison: only "năm 2021" counts, not
# "cuối năm 2020", and only where nothing shorter is spoken of ("3 tháng đầu năm 2021" is no year).
YEAR_ALONE = re.compile(r"(?<!dau )(?<!cuoi )(?<!giua )\bnam (?P<year>(?:19|20)\d\d)\b")
SHORTER = re.compile(rf"\bthang\b|\b(?:quy|q) ?(?:{QUARTER})\b")
# "Thanh Hóa, ngày 10 tháng 10 năm 2021" says when a file was signed, not what it is about.
DATE = re.compile(r"\bngay \d{1,2} thang \d{1,2}(?: nam (?:19|20)\d\d)?\b")
DAY = re.compile(
    r"(?:(?P<y1>\d{4})-(?P<m1>\d\d?)-(?P<d1>\d\d?)|(?P<d2>\d\d?)[/.-](?P<m2>\d\d?)[/.-](?P<y2>\d{4}))"
    r"(?: 00:00:00)?"
)
CODE = re.compile(
    r"(?<![0-9A-Za-z])(?:19|20)\d\d-(?:Q[1-4]|H[12]|9M|0[1-9]|1[0-2])(?![0-9A-Za-z]|[-/.][0-9])"
)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The period that ``text`` is, as a whole; None when it is anything else."""
    if CODE.fullmatch(clean(text).upper()):
        return parse_period(clean(text).upper())
    plain = search_key(text)
    for kind, pattern in PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _period(kind, match)
    named = NAMED_MONTH.fullmatch(plain)
    return _named_month(named) if named else None


def _named_month(match: re.Match[str]) -> Period:
    """A year of two digits is of this century: the exports that write it are."""
    year = int(match["year"])
    return Period(
        year + 2000 if year < 100 else year, PeriodKind.MONTH, MONTHS.index(match["month"]) + 1
    )


@lru_cache(maxsize=4096)
def read_year_and_month(year: str, month: str) -> Period | None:
    """The month that two columns give, the second as a name or a number; None when they do not."""
    whole = read_period(year)
    plain = search_key(month)
    named, counted = MONTH_NAME.fullmatch(plain), MONTH_ALONE.fullmatch(plain)
    if whole is None or whole.kind is not PeriodKind.YEAR or not (named or counted):
        return None
    number = MONTHS.index(named["month"]) + 1 if named else int(counted["n"]) if counted else 0
    return Period(whole.year, PeriodKind.MONTH, number)


@lru_cache(maxsize=4096)
def read_days(first: str, last: str) -> Period | None:
    """The period that runs from one day to another (ISO or day first); None when none does."""
    start, end = read_day(first), read_day(last)
    if start is None or end is None:
        return None
    spans = (
        Period(start.year, kind, number)
        for kind, length in LENGTH.items()
        for number in range(1, (12 // length if 12 % length == 0 else 1) + 1)
    )
    return next((span for span in spans if (span.start, span.end) == (start, end)), None)


def read_day(text: str) -> date | None:
    """A day as 2021-03-31, 31/3/2021, 31-03-2021 or 31.3.2021, a time of midnight left out."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (match[f"{part}1"] or match[f"{part}2"] for part in "ymd")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def take_period(text: str) -> tuple[Period | None, str]:
    """The period at the beginning or end of a heading, and the rest: "2002 Hospital"."""
    words = clean(text).split()
    for count in range(len(words), 0, -1):
        for part, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            period = read_period(" ".join(part))
            if period is not None:
                return period, " ".join(rest).strip(" -–:;,./()")
    return None, clean(text)


@lru_cache(maxsize=4096)
def find_period(text: str) -> Period | None:
    """The one period that a title, sheet name or file name speaks of; None when none or several.

    A year beside a shorter period is the year of the plan: "Quý III/2021, kế hoạch năm 2021".
    """
    codes = {parse_period(code) for code in CODE.findall(clean(text))}
    plain = DATE.sub(" ", search_key(text))
    found = codes or {
        *(_period(kind, match) for kind, finder in FINDERS for match in finder.finditer(plain)),
        *(_named_month(match) for match in NAMED_FINDER.finditer(plain)),
    }
    if not found and not SHORTER.search(plain):
        found = {_period(PeriodKind.YEAR, match) for match in YEAR_ALONE.finditer(plain)}
    return found.pop() if len(found) == 1 else None


def _period(kind: PeriodKind, match: re.Match[str]) -> Period:
    year = int(match["year"])
    if kind is PeriodKind.QUARTER:
        return Period(year, kind, ROMAN.get(match["n"]) or int(match["n"]))
    if kind is PeriodKind.HALF:
        return Period(year, kind, 2 if match["n"] == "cuoi" else 1)
    if kind is PeriodKind.MONTH:
        return Period(year, kind, int(match["n"]))
    return Period(year, kind)
