"""The answer of the first screen: one sentence, the names that worry, the split by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.headline import headline, rest, worrying_clauses
from indicators.judge import WORST_FIRST, Verdict
from indicators.outlook import outlook, outlook_text
from indicators.plans import Plan
from indicators.sentence import verdict_text
from indicators.text import say, upper_first
from pages.parts.html import e
from pages.parts.shown import Shown
from pages.parts.verdicts import colour, icon
from pages.parts.view import View

WORRYING = (Verdict.NOT_MET, Verdict.NOT_YET_MET, Verdict.AT_RISK)
NAMED = 4  # more names than this are no headline


def counted(assessments: Sequence[Assessment]) -> list[Assessment]:
    """The targets the sentence speaks of."""
    return [a for a in assessments if a.target.headline]


def summary(assessments: Sequence[Assessment], view: View) -> str:
    """The sentence, what worries in its colour and by name, the rest and the outlook below."""
    found, language = counted(assessments), view.language
    if not found:
        return ""
    named = "".join(filter(None, (worries(found, v, view) for v in WORRYING)))
    more = rest(found, language)
    small = f'<p class="vd-sub">{e(upper_first(more))}</p>' if more else ""
    names = f'<div class="vd-names">{named}</div>' if named else ""
    return (
        f'<div class="vd-summary"><h1>{sentence(found, language)}</h1>{names}{small}'
        f"{ahead(found, view)}</div>"
    )


def sentence(found: Sequence[Assessment], language: str) -> str:
    """The headline with the parts that worry in the colours of their verdicts."""
    html = e(headline(found, language))
    for verdict, clause in worrying_clauses(found, language):
        html = html.replace(e(clause), f'<em class="vd-is-{verdict}">{e(clause)}</em>', 1)
    return html


def ahead(found: Sequence[Assessment], view: View) -> str:
    """Where it is heading, marked as a projection and explained; "" at the end."""
    text = outlook_text(outlook(found), view.language)
    if not text:
        return ""
    how = e(say("overview.how", view.language))
    address = e(view.link("/phuong-phap", {"muc": "projection"}))
    return f'<p class="vd-sub vd-ahead">{e(text)} <a href="{address}">{how}</a></p>'


def no_targets(plan: Plan, language: str) -> str:
    """In the place of the sentence, for a plan none of whose targets can be measured yet."""
    counts = {"tasks": plan.tasks, "rules": plan.reporting, "goals": plan.goals}
    numbers = {name: format_number(len(items), 0, language) for name, items in counts.items()}
    more = say("overview.no_targets_more", language, **numbers)
    return (
        f'<div class="vd-summary"><h1>{e(say("overview.no_targets", language))}</h1>'
        f'<p class="vd-sub">{e(more)}</p></div>'
    )


def worries(found: Sequence[Assessment], verdict: Verdict, view: View) -> str:
    """ "Nguy cơ không đạt: bác sĩ, …" with at most four names, each a link."""
    language = view.language
    own = {name_of(a, language): a for a in reversed(found) if a.verdict is verdict}
    if not own:
        return ""
    links = [name_link(name, own[name], view) for name in list(own)[::-1][:NAMED]]
    more = len(own) - NAMED
    rest_text = say("overview.and_more", language, count=more) if more > 0 else ""
    word = e(verdict_text(verdict, language))
    return (
        f'<p class="vd-is-{verdict}">{icon(verdict)}<em>{word}:</em> '
        f"{', '.join(links)}{e(rest_text)}.</p>"
    )


def name_link(name: str, a: Assessment, view: View) -> str:
    """A target by its short name."""
    return f'<a href="{e(view.link("/chi-tieu", indicator=a.indicator.id))}">{e(name)}</a>'


def name_of(a: Assessment, language: str) -> str:
    """A target in a few words."""
    return a.indicator.short_vi if language == "vi" else a.indicator.name_en


def chosen_of(asked: str, assessments: Sequence[Assessment]) -> list[Assessment]:
    """The counted targets with the verdict that the address asks for; none for anything else."""
    return [a for a in counted(assessments) if a.verdict == asked]


def split(
    assessments: Sequence[Assessment], shown: Shown, chosen: Sequence[Assessment] = ()
) -> str:
    """A bar of all targets by verdict and their counts; a count filters the list below."""
    counts = Counter(a.verdict for a in counted(assessments))
    order = [v for v in reversed(WORST_FIRST) if counts[v]]
    bars = "".join(bar(v, counts[v]) for v in order)
    only = chosen[0].verdict if chosen else None
    keys = "".join(count_link(v, counts[v], shown, only) for v in order)
    return f'<div class="vd-split" aria-hidden="true">{bars}</div><div class="vd-keys">{keys}</div>'


def bar(verdict: Verdict, count: int) -> str:
    """One part of the bar, as wide as its count."""
    is_bare = colour(verdict) == "var(--vd-none)"
    tone = "" if is_bare else f";background:{colour(verdict)}"
    hatched = ' class="vd-hatched"' if is_bare else ""
    return f'<span{hatched} style="flex:{count}{tone}"></span>'


def count_link(verdict: Verdict, count: int, shown: Shown, only: Verdict | None) -> str:
    """A count that shows only these targets; where it is chosen already, all of them again."""
    is_chosen = only is verdict
    address, language = shown.link(verdict="" if is_chosen else verdict), shown.view.language
    pressed = ' aria-current="true"' if is_chosen else ""
    text = f"<b>{format_number(count, 0, language)}</b> {e(verdict_text(verdict, language))}"
    return f'<a href="{e(address)}"{pressed}>{icon(verdict)}{text}</a>'
