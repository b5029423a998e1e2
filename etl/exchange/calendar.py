"""The days of a plan as a calendar file (iCalendar, RFC 5545) that every calendar program takes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from indicators.agenda import Entry
from indicators.text import say

PRODUCER = "-//Van Dan//Van Dan//VI"
DOMAIN = "van-dan"


def calendar_file(
    plan: str, name: str, entries: Iterable[Entry], made_at: datetime, language: str = "vi"
) -> bytes:
    """All-day events whose identity stays the same, so that importing again brings them up to date.

    ``made_at`` (UTC) is when this was known: calendars keep the newer of two.
    """
    found = Calendar()
    found.add("prodid", PRODUCER)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", say("agenda.calendar", language, plan=name))
    for entry in entries:
        found.add_component(_event(plan, entry, made_at, language))
    return bytes(found.to_ical())


def _event(plan: str, entry: Entry, made_at: datetime, language: str) -> Event:
    event = Event()
    event.add("uid", f"{plan}.{entry.name}@{DOMAIN}")
    event.add("dtstamp", made_at.replace(microsecond=0, tzinfo=UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))  # the first day after it
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("categories", [say(f"agenda.kind.{entry.kind}", language)])
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy for the day
    return event
