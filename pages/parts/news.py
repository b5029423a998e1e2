"""The card of what changed since the last visit: who sent, who corrected, which verdicts are others."""

from __future__ import annotations

from collections.abc import Mapping

from etl.context import local
from etl.since import Changed, Since
from indicators.formats import format_number
from indicators.judge import BAD, SLOW, WORST_FIRST, Verdict
from indicators.sentence import verdict_text
from indicators.text import say
from pages.parts.aside import SHOWN, card
from pages.parts.html import e
from pages.parts.shown import DAYS, Shown, Start
from pages.parts.summary import name_of
from pages.parts.verdicts import icon

NAMED = 3  # units named where few have sent something


def news_card(found: Since, start: Start, shown: Shown, names: Mapping[str, str]) -> str:
    """The card, with links to other spans of time."""
    language = shown.view.language
    by_worst = sorted(found.changed, key=lambda c: _place(c.now.verdict))
    changed = "".join(change_item(c, shown) for c in by_worst[:SHOWN])
    more = len(found.changed) - SHOWN
    rest = say("news.more", language, count=more) if more > 0 else ""
    lines = f"<p>{e(arrived_text(found, names, language))}</p>"
    lines += f"<ul>{changed}</ul>" if changed else quiet_line(found, language)
    lines += f'<p class="vd-mute">{e(rest)}</p>' if rest else ""
    return card(title(start, language), f'<div class="vd-news">{lines}{spans(shown, start)}</div>')


def title(start: Start, language: str) -> str:
    """Since when."""
    if start.days:
        return say("news.days", language, days=start.days)
    moment = local(start.moment)
    key = "news.asked" if start.asked else "news.visit"
    return say(key, language, time=f"{moment:%H:%M}", day=f"{moment:%d/%m/%Y}")


def arrived_text(found: Since, names: Mapping[str, str], language: str) -> str:
    """ "14 đơn vị gửi mới, 2 đơn vị đính chính"; by name where they are few; or when the last came."""
    arrived = found.arrived
    parts = [
        units_text(f"news.{key}", units, names, language)
        for key, units in (("new", arrived.new), ("corrected", arrived.corrected))
        if units
    ]
    if arrived.withdrawn:
        parts.append(say("news.withdrawn", language, count=arrived.withdrawn))
    if parts:
        return "; ".join(parts) + "."
    if found.latest is None:
        return say("news.never", language)
    return say("news.nothing", language, day=f"{local(found.latest):%d/%m/%Y}")


def units_text(key: str, units: tuple[str, ...], names: Mapping[str, str], language: str) -> str:
    """How many units, and which where they are few."""
    text = say(key, language, count=format_number(len(units), 0, language))
    known = [names[unit] for unit in units if unit in names]
    return f"{text} ({', '.join(known)})" if len(known) == len(units) <= NAMED else text


def quiet_line(found: Since, language: str) -> str:
    """Where something came and no verdict moved."""
    return f'<p class="vd-mute">{e(say("news.no_change", language))}</p>' if found.arrived else ""


def change_item(changed: Changed, shown: Shown) -> str:
    """One target: its verdict then, and now; worse is said."""
    language, a = shown.view.language, changed.now
    address = e(shown.view.link("/chi-tieu", indicator=a.indicator.id))
    is_worse = a.verdict in BAD | SLOW and _place(a.verdict) < _place(changed.old)
    tone = ' class="vd-bad"' if is_worse else ""
    old, new = (verdict_text(v, language) for v in (changed.old, a.verdict))
    return (
        f'<li><a href="{address}"><b>{e(name_of(a, language))}</b></a><small>{icon(changed.old)}'
        f"{e(old)} → <span{tone}>{icon(a.verdict)}{e(new)}</span></small></li>"
    )


def _place(verdict: Verdict) -> int:
    return WORST_FIRST.index(verdict)


def spans(shown: Shown, start: Start) -> str:
    """Links to the last days, and back to the last visit."""
    language = shown.view.language
    links = [("", say("news.back", language))] if shown.since else []
    links += [(str(days), say("news.span", language, days=days)) for days in DAYS]
    inside = "".join(
        f'<a href="{e(shown.link(since=code))}">{e(text)}</a>'
        for code, text in links
        if code != str(start.days)
    )
    return f'<p class="vd-spans">{inside}</p>'
