"""The calendar file is read back by a calendar program: days, texts, identities, long lines."""

from datetime import date, datetime

from icalendar import Calendar

from etl.exchange.calendar import calendar_file
from indicators.agenda import Entry, Kind

AT = datetime(2021, 10, 10, 8, 30, 15, 999)
LONG = "Xây dựng kế hoạch; rà soát, bổ sung\nvà trình “Sở Y tế” " * 8
ENTRIES = [
    Entry("task.a", Kind.TASK, date(2021, 12, 31), "Nhiệm vụ: a, b; c\\d", LONG),
    Entry("action.3", Kind.ACTION, date(2024, 2, 29), "Việc", "x"),
]


def read_back(content: bytes) -> list:  # type: ignore[type-arg]
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_what_is_written_is_what_a_calendar_reads() -> None:
    first, second = read_back(calendar_file("ke-hoach", "Kế hoạch", ENTRIES, AT))
    assert str(first["summary"]) == ENTRIES[0].title and str(first["description"]) == LONG
    assert first["dtstart"].dt == date(2021, 12, 31) and first["dtend"].dt == date(2022, 1, 1)
    assert second["dtend"].dt == date(2024, 3, 1)
    assert first["dtstamp"].dt.isoformat() == "2021-10-10T08:30:15+00:00"


def test_identities_stay_so_that_importing_again_brings_up_to_date() -> None:
    later = [Entry("task.a", Kind.TASK, date(2022, 1, 5), "khác", "khác")]
    old, new = (read_back(calendar_file("p", "K", each, AT))[0] for each in (ENTRIES, later))
    assert old["uid"] == new["uid"] == "p.task.a@van-dan"


def test_lines_are_as_the_standard_wants_them() -> None:
    content = calendar_file("p", "K", ENTRIES, AT)
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR" and b"METHOD:PUBLISH" in lines


def test_a_plan_without_days_is_a_calendar_without_events() -> None:
    content = calendar_file("p", "K", [], AT, "en")
    assert read_back(content) == [] and b"K: deadlines and tasks" in content
