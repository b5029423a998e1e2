"""One chosen file before it is sent, and one that was sent, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from etl.findings import Severity, severity_of
from etl.history import earlier_upload, uploads
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import e
from pages.parts.submit.progress import sent_steps, step_table
from pages.parts.submit.sending import Preview, Sent
from pages.parts.submit.tables import change_tables, counts, finding_tables
from pages.parts.submit.words import flip_rows, labels, names
from pages.parts.view import View

ICONS = {"blocked": "✕", "unsure": "!", "same": "=", "ready": "✓"}


def preview_card(seen: Preview, language: str) -> str:
    """The verdict on the file first, then findings, counts, flips and changed figures."""
    loaded, state = seen.loaded, _state(seen)
    parts = [_head(seen, state, language), finding_tables(loaded.findings, language)]
    if not loaded.refused:
        parts.append(counts(loaded, language))
    if loaded.steps:
        parts.append(step_table(loaded.steps, language) if seen.can_be_sent else "")
    elif seen.can_be_sent:
        parts += [_flips(seen, language), f"<h3>{e(say('submit.flip.changes', language))}</h3>"]
        parts.append(change_tables(loaded.changes, language))
    return f'<section class="vd-card vd-file vd-is-{state}">{"".join(parts)}</section>'


def _state(seen: Preview) -> str:
    if seen.loaded.refused:
        return "blocked"
    if seen.is_same:
        return "same"
    return "unsure" if seen.needs_reason else "ready"


def _head(seen: Preview, state: str, language: str) -> str:
    count = format_number(_troubles(seen, state), 0, language)
    figures = format_number(seen.count.get("unchanged", 0), 0, language)
    is_known_progress = state == "same" and bool(seen.loaded.steps)
    key = "progress.same" if is_known_progress else f"submit.say.{state}"
    sentence = say(key, language, count=figures)
    if state == "same":
        sentence += " " + _sent_before(seen, language)
    return (
        f'<div class="vd-file-head"><i aria-hidden="true">{ICONS[state]}</i><div>'
        f"<small>{e(seen.loaded.file)}{_about(seen, language)}</small>"
        f"<h2>{e(say(f'submit.head.{state}', language, count=count))}</h2>"
        f"<p>{e(sentence)}</p></div></div>"
    )


def _about(seen: Preview, language: str) -> str:
    """What the system understood the file to be about."""
    if seen.loaded.steps:
        return f" · {e(say('progress.found', language))}"
    if not seen.loaded.units:
        return ""
    who, when = names(seen.loaded.units, language), labels(seen.loaded.periods, language)
    return f" · {e(say('submit.say.about', language, units=who, periods=when))}"


def _troubles(seen: Preview, state: str) -> int:
    level = Severity.BLOCKS if state == "blocked" else Severity.NEEDS_REASON
    return sum(severity_of(f) is level for f in seen.loaded.findings)


def _sent_before(seen: Preview, language: str) -> str:
    context = opened()
    found = uploads(context.store.cursor(), context.deployment)
    earlier = earlier_upload(found, seen.loaded.hash)
    if earlier is None:
        return ""
    at = f"{local(earlier.received_at):%H:%M %d/%m/%Y}"
    return say("submit.say.same_as", language, by=earlier.received_by, at=at)


def _flips(seen: Preview, language: str) -> str:
    flips = seen.loaded.flips
    if not flips:
        return f'<p class="vd-quiet">{e(say("submit.flip.none", language))}</p>'
    title = say("submit.flip.title", language, count=len(flips))
    return f"<h3>{e(title)}</h3>{flip_rows(flips, language)}"


def sent_cards(sent: Sequence[Sent], view: View) -> str:
    """What was stored, the verdicts that changed, and where to look."""
    return "".join(
        sent_steps(one.loaded, view) if one.loaded.steps else _sent_card(one, view) for one in sent
    )


def _sent_card(one: Sent, view: View) -> str:
    loaded, language = one.loaded, view.language
    stored = say(
        "submit.sent.stored",
        language,
        count=format_number(len(loaded.submissions), 0, language),
        units=names(loaded.units, language),
        periods=labels(loaded.periods, language),
    )
    title = say("submit.sent.title", language, file=loaded.file)
    flips = ""
    if one.flips:
        sentence = say("submit.sent.flips", language, count=len(one.flips))
        flips = f"<h3>{e(sentence)}</h3>{flip_rows(one.flips, language)}"
    return (
        '<section class="vd-card vd-file vd-is-ready" role="status"><div class="vd-file-head">'
        f'<i aria-hidden="true">✓</i><div><h2>{e(title)}</h2><p>{e(stored)}</p></div></div>'
        f"{flips}{_links(one, view)}</section>"
    )


def _links(one: Sent, view: View) -> str:
    known = opened().deployment.units.latest_names
    period = one.loaded.periods[-1]
    overview = say("submit.sent.overview", view.language, period=labels([period], view.language))
    links = [(view.link("/", period=period), overview)] + [
        (view.link("/don-vi", unit=unit, period=period), known[unit].name)
        for unit in one.loaded.units[:6]
    ]
    html = "".join(f'<a class="vd-chip" href="{e(to)}">{e(text)}</a>' for to, text in links)
    return f'<div class="vd-links">{e(say("submit.sent.see", view.language))} {html}</div>'
