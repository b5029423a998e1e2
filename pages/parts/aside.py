"""Beside the targets: what is getting worse, who has not reported, how far each form is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from etl.progress import FormProgress, Progress
from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.formats import format_number
from indicators.judge import GOOD
from indicators.movement import movement_text
from indicators.ranking import Ranking
from indicators.ranking_text import amount_text
from indicators.report.times import YEAR
from indicators.text import say, upper_first
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.tracks import sparkline
from pages.parts.view import View

CAUSES = 3  # units named under an indicator that is getting worse
SHOWN = 6  # units named before the rest is folded away


def worsening(assessments: Sequence[Assessment]) -> list[Assessment]:
    """What moves away from its target and is not met: each indicator once."""
    found = [a for a in assessments if a.is_getting_worse and a.verdict not in GOOD]
    return list({a.indicator.id: a for a in found}.values())


def has_values(assessments: Sequence[Assessment]) -> bool:
    """Whether anything is known at all."""
    return any(a.measure.value is not None for a in assessments)


def worse_card(
    found: Sequence[tuple[Assessment, Ranking]],
    names: Mapping[str, str],
    view: View,
    *,
    has_values: bool,
) -> str:
    """What is getting worse, and the units that lack most."""
    items = "".join(worse_item(a, ranking, names, view) for a, ranking in found)
    key = "nothing_worse" if has_values else "nothing_known"
    none = f'<p class="vd-mute">{e(say(f"overview.{key}", view.language))}</p>'
    title = say("overview.worse", view.language)
    return card(title, f"{take('worsening', title, view)}<ul>{items}</ul>" if items else none)


def worse_item(a: Assessment, ranking: Ranking, names: Mapping[str, str], view: View) -> str:
    """One indicator: its name, its course, how it moved, who lacks most."""
    name = a.indicator.short_vi if view.language == "vi" else a.indicator.name_en
    address = e(view.link("/chi-tieu", indicator=a.indicator.id))
    causes = ", ".join(
        f"{names[r.unit]} ({amount_text(r, view.language)})" for r in ranking.worst[:CAUSES]
    )
    lines = [movement_text(a, view.language), causes]
    small = "".join(f"<small>{e(sentence(line))}</small>" for line in lines if line)
    return f'<li>{sparkline(a)}<a href="{address}"><b>{e(name)}</b></a>{small}</li>'


def sentence(text: str) -> str:
    """With a capital letter."""
    return upper_first(text)


def missing_card(
    progress: Progress, gaps: Sequence[str], view: View, names: Mapping[str, str], today: date
) -> str:
    """How many units have reported, who has not and for how long, who sent less than the form."""
    late = late_text(progress, view.language)
    items = [missing_item(unit, days, view, names) for unit, days in progress.overdue(today)]
    items += [short_item(unit, view, names) for unit in gaps]
    shown, folded = "".join(items[:SHOWN]), "".join(items[SHOWN:])
    more = say("overview.more_units", view.language, count=len(items) - SHOWN)
    rest = f"<details><summary>{e(more)}</summary><ul>{folded}</ul></details>" if folded else ""
    title = say("overview.missing", view.language)
    menu = take("missing", title, view) if progress.missing else ""
    inside = f"{menu}{meter(progress, view.language)}<ul>{shown}</ul>{rest}{late}"
    return card(title, inside)


def meter(progress: Progress, language: str) -> str:
    """Units that have reported, as a bar and in words; an empty period has nothing to wait for."""
    done, due = progress.units_done, progress.units_due
    if not due:
        return f'<p class="vd-mute">{e(say("overview.nothing_due", language))}</p>'
    text = say("overview.reported", language, done=done, due=due)
    return f'{gauge(done, due)}<p class="vd-mute">{e(text)}</p>'


def gauge(done: int, due: int) -> str:
    """A bar filled as far as ``done`` of ``due``."""
    parts = f'<span style="flex:{done}"></span><i style="flex:{due - done}"></i>'
    return f'<div class="vd-gauge" aria-hidden="true">{parts}</div>'


def missing_item(unit: str, days: int, view: View, names: Mapping[str, str]) -> str:
    """A unit that has not reported."""
    key = "overdue_long" if days > YEAR else "overdue" if days > 0 else "waiting"
    count = format_number(days, 0, view.language)
    text = say(f"overview.{key}", view.language, days=count)
    return unit_item(unit, text, view, names)


def short_item(unit: str, view: View, names: Mapping[str, str]) -> str:
    """A unit that has sent its form with cells left out."""
    return unit_item(unit, say("overview.incomplete", view.language), view, names)


def unit_item(unit: str, text: str, view: View, names: Mapping[str, str]) -> str:
    """A unit as a link to its own page."""
    address = e(view.link("/don-vi", unit=unit))
    return f'<li><a href="{address}">{e(names[unit])}</a> <small class="vd-in">· {e(text)}</small></li>'


def late_text(progress: Progress, language: str) -> str:
    """How many came after the day they were due."""
    late = len({r.unit for r in progress.received if r.days_late})
    text = say("overview.late", language, count=late) if late else ""
    return f'<p class="vd-mute">{e(text)}</p>' if text else ""


def forms_card(forms: Sequence[FormProgress], catalogue: Catalogue, view: View) -> str:
    """Each form: received of expected, and how many of them on time."""
    language = view.language
    items = [form_item(form, catalogue, language) for form in forms]
    if not items:
        return ""
    shown, folded = "".join(items[:SHOWN]), "".join(items[SHOWN:])
    more = e(say("overview.more_forms", language, count=len(items) - SHOWN))
    rest = f"<details><summary>{more}</summary><ul>{folded}</ul></details>" if folded else ""
    title = say("overview.forms", language)
    return card(title, f"{take('forms', title, view)}<ul>{shown}</ul>{rest}")


def form_item(found: FormProgress, catalogue: Catalogue, language: str) -> str:
    """One form."""
    form = catalogue.forms[found.form]
    name = form.name_vi if language == "vi" else form.name_en
    text = say(
        "overview.form",
        language,
        received=found.received,
        expected=found.expected,
        on_time=found.on_time,
        due=f"{found.due:%d/%m/%Y}",
    )
    if found.provisional:
        text += "; " + say("reports.provisional", language, year=found.due.year)
    return f"<li>{e(name)}{gauge(found.received, found.expected)}<small>{e(text)}</small></li>"


def card(title: str, inside: str) -> str:
    """A card of the column."""
    return f'<section class="vd-card"><h2>{e(title)}</h2>{inside}</section>'
