"""How the overview is looked at: a verdict only, by field, since when; kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from etl.context import opened, parse_moment
from etl.since import Since, since
from etl.store.submissions import last_event
from pages.parts.data import picture_of
from pages.parts.kept import kept_for_all
from pages.parts.view import View

DAYS = (7, 30)


@dataclass(frozen=True)
class Shown:
    """The view and what is asked of this page beside it; "" is the usual."""

    view: View
    verdict: str = ""
    group: str = ""
    since: str = ""

    def link(self, **changes: str) -> str:
        """The address of the overview with some of it changed."""
        other = replace(self, **changes)
        more = {"verdict": other.verdict, "group": other.group, "since": other.since}
        return self.view.link("/", more)


def shown_of(params: Mapping[str, str], view: View) -> Shown:
    """What the address asks for; an unknown grouping or moment is none."""
    group = "field" if params.get("group") == "field" else ""
    asked = params.get("since", "")
    is_known = asked in map(str, DAYS) or _moment(asked) is not None
    return Shown(view, params.get("verdict", ""), group, asked if is_known else "")


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Start:
    """Since when: days ago, a stated moment, or the visit before (``days`` 0 and no ``asked``)."""

    moment: datetime
    days: int = 0
    asked: bool = False


def start_of(shown: Shown, visit: datetime | None) -> Start:
    """The moment news is counted from: as asked, else the last visit, else seven days ago.

    A visit after the moment the view looks from is none.
    """
    until = shown.view.moment or datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0)
    stated = None if shown.since in map(str, DAYS) else _moment(shown.since)
    if stated is not None:
        return Start(min(stated, until), asked=True)
    if not shown.since and visit is not None and visit < until:
        return Start(visit)
    days = int(shown.since or DAYS[0])
    return Start(until - timedelta(days=days), days)


def news_of(view: View, start: Start) -> Since:
    """What changed; all moments between the same two events share one answer a day."""
    store = opened().store
    event = last_event(store.cursor(), start.moment)
    key = ("since", view.plan, view.period, view.unit, view.basis, event, start.moment.date())
    return kept_for_all(key, lambda: since(store, picture_of(view), start.moment, view.known_on))
