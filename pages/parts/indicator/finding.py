"""What is found about one indicator: the title, the reason, the key figures."""

from __future__ import annotations

from dataclasses import replace

from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.judge import GOOD, SLOW, Verdict
from indicators.movement import last_year_text, projection_texts
from indicators.sentence import (
    difference_part,
    gap_text,
    value_text,
    verdict_text,
    why,
)
from indicators.target_words import target_text
from indicators.text import say
from pages.parts.html import e
from pages.parts.indicator.shown import Shown
from pages.parts.targets import gap_main, missing_text
from pages.parts.verdicts import icon, mark
from pages.parts.view import View

SAID = GOOD | SLOW | {Verdict.NOT_MET, Verdict.NOT_YET_MET, Verdict.ON_TRACK}


def finding(whole: Assessment, own: Assessment, catalogue: Catalogue, language: str) -> str:
    """The finding as the title of the page, and why, in full."""
    name = own.indicator.short_vi if language == "vi" else own.indicator.name_en
    reason = why(own, catalogue, language)
    both = f'<p class="vd-sub">{e(why(whole, catalogue, language))}</p>' if whole.also else ""
    return (
        f'<div class="vd-summary"><h1>{icon(own.verdict)}{e(name)}: '
        f"{e(said(own, language))}</h1>"
        f'<p class="vd-sub">{e(reason)}</p>{both}</div>'
    )


def said(a: Assessment, language: str) -> str:
    """The verdict in the title, with what is lacking where something is.

    Where the plan asks nothing of the unit: the value and how far it is from the plan's level.
    """
    if a.verdict is Verdict.NO_TARGET:
        return f"{actual(a, language)}, {difference_part(a, language)}"
    word = verdict_text(a.verdict, language).lower()
    lacks = gap_text(a, language) is not None and a.verdict in SAID
    return f"{word}, {gap_main(a, language)}" if lacks and not a.units else word


def key_figures(a: Assessment, view: View, shown: Shown) -> str:
    """Actual, plan, needed by now, a year ago, heading: five figures side by side."""
    language = view.language
    tiles = (
        (
            say("finding.actual", language),
            explained(actual(a, language), shown.link(view, explain=a.scope), language),
            actual_note(a, language),
        ),
        (
            say("finding.plan", language),
            e(target_text(a.target, a.indicator, language)),
            plan_note(a, language),
        ),
        (say("finding.needed", language), e(needed(a, language)), ""),
        (
            say("finding.last_year", language),
            explained(last_year(a, language), year_before(a, view, shown), language),
            e(last_year_text(a, language)),
        ),
        (say("finding.projection", language), *map(e, projected(a, language))),
    )
    return f'<dl class="vd-figures">{"".join(tile(*t) for t in tiles)}</dl>'


def explained(figure: str, address: str, language: str) -> str:
    """A figure that opens where it comes from."""
    title = e(say("explain.title", language))
    return f'<a class="vd-why" href="{e(address)}" title="{title}">{e(figure)}</a>'


def year_before(a: Assessment, view: View, shown: Shown) -> str:
    """The same number a year earlier, taken apart."""
    then = replace(view, period=a.period.previous_year().code)
    return shown.link(then, explain=a.scope)


def nothing_yet(view: View) -> str:
    """In the place of the chart, where no figure is known: what to do about it."""
    language = view.language
    link = f'<a href="{e(view.link("/nop-so-lieu"))}">{e(say("finding.empty_link", language))}</a>'
    return (
        f'<section class="vd-card vd-empty"><h2>{e(say("finding.empty", language))}</h2>'
        f'<p class="vd-mute">{e(say("finding.empty_how", language))}</p><p>{link} →</p></section>'
    )


def tile(name: str, figure: str, note: str) -> str:
    """One figure with its name above and a remark below, both as HTML."""
    small = f"<small>{note}</small>" if note else ""
    return f"<div><dt>{e(name)}</dt><dd>{figure}{small}</dd></div>"


def actual(a: Assessment, language: str) -> str:
    """The value beside its target."""
    beside = a.rule.value if a.rule else None
    return value_text(a.measure.value, a.indicator, language, beside=beside)


def actual_note(a: Assessment, language: str) -> str:
    """The verdict, and what units that are missing may still change."""
    missing = missing_text(a, language) if a.measure.value is not None else ""
    return mark(a.verdict, language) + (f"<br>{e(missing)}" if missing else "")


def plan_note(a: Assessment, language: str) -> str:
    """Where in the document it stands."""
    return e(f"{say('grounds.section', language)} {a.target.section}")


def needed(a: Assessment, language: str) -> str:
    """Where the value should be by now."""
    return value_text(a.standing.expected, a.indicator, language, beside=a.measure.value)


def last_year(a: Assessment, language: str) -> str:
    """The value of the same window a year ago."""
    return value_text(a.last_year, a.indicator, language)


def projected(a: Assessment, language: str) -> tuple[str, str]:
    """Where the value is heading, with its range; past the deadline nothing is projected."""
    value, note = projection_texts(a, language)
    if value:
        return value, note
    key = "finding.is_final" if a.standing.final else "finding.no_projection"
    return "…", say(key, language)
