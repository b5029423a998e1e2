"""When this browser was last here: kept in a cookie of its own, read when a session begins."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import streamlit as st

COOKIE = "vd_visit"
# Whoever comes back within half an hour is still on the same visit: a reload shows the same news.
PAUSE = timedelta(minutes=30)
PATTERN = re.compile(r"(\d{1,13})\.(\d{1,13})", re.ASCII)

# The cookie is "end of the visit before . last seen", in milliseconds since 1970.
JS = """
export default function ({ data }) {
  const kept = document.cookie.match(/(?:^|; )vd_visit=(\\d+)\\.(\\d+)/);
  const [before, last] = kept ? [Number(kept[1]), Number(kept[2])] : [0, 0];
  const now = Date.now();
  const start = last && now - last > data.pause ? last : before;
  document.cookie = `vd_visit=${start}.${now}; max-age=34560000; path=/; samesite=lax`;
}
"""
MOUNT = st.components.v2.component("vandan.visit", html="<i hidden></i>", js=JS)


def note_visit() -> None:
    """Let the browser remember that it is here."""
    MOUNT(key="visit", data={"pause": PAUSE // timedelta(milliseconds=1)})


def last_visit() -> datetime | None:
    """The end of the visit before this one, UTC; None for a first visit."""
    # The app test harness has no browser: its cookie is no text.
    return visit_before(str(st.context.cookies.get(COOKIE, "")), datetime.now(UTC))


def visit_before(cookie: str, now: datetime) -> datetime | None:
    """From the cookie as this session found it, to the minute; None where it says nothing."""
    found = PATTERN.fullmatch(cookie)
    if not found:
        return None
    before, last = (datetime.fromtimestamp(int(part) / 1000, UTC) for part in found.groups())
    seen = last if now - last > PAUSE else before
    is_known = datetime(2000, 1, 1, tzinfo=UTC) < seen <= now
    return seen.replace(second=0, microsecond=0, tzinfo=None) if is_known else None
