"""Deadlines of tasks: the last day on which a deadline, as a document words it, is kept."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

# What a plan file says where the document gives no deadline.
NOT_STATED = "không nêu"

# Words in front of a deadline that do not move it.
LEAD_IN = re.compile(
    r"^(?:(?:thời gian|thời hạn|hoàn thành|thực hiện|dự kiến|gói thầu(?= dự kiến)"
    r"|tại phiên họp ubnd)\s*:?\s*)+"
)
# No day can be told beforehand: it follows an event, recurs, or stands in other rules. A date
# beside such words ("sau khi được duyệt, trước 30/6") is left to whoever writes the plan file.
OPEN = re.compile(
    rf"{NOT_STATED}$|trong thời gian tới$|theo quy định$|h[àằ]ng ngày$"
    r"|(?:thường xuyên|định kỳ|đột xuất)(?: hoặc đột xuất)?(?: theo [^\d]*)?$"
    r"|(?:trong thời gian (?:được )?quy định )?(?:sau )?khi [^/]*$"
    r"|trong \d+ (?:ngày|tháng|năm) kể từ [^/]*$"
    r"|tối thiểu \d+ \w+/(?:tuần|tháng|năm)$"
)
BEFORE = (
    r"(?:trong )?(?P<before>trước )?(?:(?:chậm nhất|là|trong|vào|cuối|đến|tới|hết) )*(?:ngày )?"
)
YEAR = r"(?:(?:\s?/\s?| năm | )(?P<year>\d{4}))?"
EVERY_YEAR = r"(?: h[àằ]ng năm)?"
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
PARTS = {"6 tháng đầu": (1, 6), "9 tháng": (1, 9), "6 tháng cuối": (7, 12)}

Span = tuple[date, date]
Found = re.Match[str]


def due_date_of(deadline: str, *, year: int) -> date | None:
    """The last day on time; None where no day follows from the words alone.

    "Trước" excludes what it names: before 15/4 ends on 14/4, before October on 30/9.
    ``year`` completes a deadline that names none. ValueError for words not understood.
    """
    text = " ".join(unicodedata.normalize("NFC", deadline).casefold().split()).rstrip(".;:")
    if OPEN.match(text):
        return None
    text = LEAD_IN.sub("", text)
    for pattern, span_of in FORMS:
        found = pattern.fullmatch(text)
        if found:
            return _last_day(found, span_of, year, deadline)
    raise ValueError(f"không hiểu thời hạn «{deadline}»")


def _last_day(
    found: Found, span_of: Callable[[Found, int], Span], year: int, deadline: str
) -> date:
    try:
        first, last = span_of(found, int(found["year"] or year))
        return first - timedelta(days=1) if found["before"] else last
    except (ValueError, OverflowError) as error:
        raise ValueError(f"thời hạn «{deadline}» không có trong lịch") from error


def _day(found: Found, year: int) -> Span:
    day = date(year, int(found["month"]), int(found["day"]))
    return day, day


def _month(found: Found, year: int) -> Span:
    return _months(year, int(found["month"]), int(found["month"]))


def _quarter(found: Found, year: int) -> Span:
    number = QUARTERS.get(found["quarter"]) or int(found["quarter"])
    return _months(year, 3 * number - 2, 3 * number)


def _part(found: Found, year: int) -> Span:
    return _months(year, *PARTS[found["part"]])


def _year(found: Found, year: int) -> Span:
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


FORMS = tuple(
    (re.compile(BEFORE + pattern), span_of)
    for pattern, span_of in (
        (rf"(?P<day>\d\d?)/(?P<month>\d\d?)(?:/(?P<year>\d{{4}}))?{EVERY_YEAR}", _day),
        (rf"(?P<day>\d\d?) tháng (?P<month>\d\d?){YEAR}{EVERY_YEAR}", _day),
        (rf"tháng (?P<month>\d\d?){YEAR}", _month),
        (r"(?P<month>\d\d?)/(?P<year>\d{4})", _month),
        (rf"quý (?P<quarter>iv|i{{1,3}}|[1-4]){YEAR}", _quarter),
        (rf"(?P<part>{'|'.join(PARTS)})(?: năm)?{YEAR}", _part),
        (r"giai đoạn \d{4} ?[-–] ?(?P<year>\d{4})", _year),
        (r"(?:cả |thường xuyên trong )?năm(?: (?P<year>\d{4}))?", _year),
    )
)
