"""The answer of the first screen: one sentence, the names that worry, the split by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.headline import headline, rest
from indicators.judge import WORST_FIRST, Verdict
from indicators.plans import Plan
from indicators.sentence import verdict_text
from indicators.text import say
from pages.parts.html import e
from pages.parts.verdicts import colour, icon
from pages.parts.view import View

WORRYING = (Verdict.NOT_MET, Verdict.NOT_YET_MET, Verdict.AT_RISK)
NAMED = 4  # more names than this are no headline


def counted(assessments: Sequence[Assessment]) -> list[Assessment]:
    """The targets the sentence speaks of."""
    return [a for a in assessments if a.target.headline]


def summary(assessments: Sequence[Assessment], language: str) -> str:
    """The sentence, what worries by name, and the rest in smaller type."""
    found = counted(assessments)
    if not found:
        return ""
    named = " ".join(filter(None, (worries(found, v, language) for v in WORRYING)))
    more = rest(found, language)
    small = f'<p class="vd-sub">{e(more[:1].upper() + more[1:])}</p>' if more else ""
    names = f'<p class="vd-names">{named}</p>' if named else ""
    return f'<div class="vd-summary"><h1>{e(headline(found, language))}</h1>{names}{small}</div>'


def no_targets(plan: Plan, language: str) -> str:
    """In the place of the sentence, for a plan none of whose targets can be measured yet."""
    counts = {"tasks": plan.tasks, "rules": plan.reporting, "goals": plan.goals}
    numbers = {name: format_number(len(items), 0, language) for name, items in counts.items()}
    more = say("overview.no_targets_more", language, **numbers)
    return (
        f'<div class="vd-summary"><h1>{e(say("overview.no_targets", language))}</h1>'
        f'<p class="vd-sub">{e(more)}</p></div>'
    )


def worries(found: Sequence[Assessment], verdict: Verdict, language: str) -> str:
    """ "Nguy cơ không đạt: bác sĩ, …" with at most four names."""
    names = list(dict.fromkeys(name_of(a, language) for a in found if a.verdict is verdict))
    if not names:
        return ""
    shown = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        shown += say("overview.and_more", language, count=len(names) - NAMED)
    return f"{icon(verdict)}<em>{e(verdict_text(verdict, language))}:</em> {e(shown)}."


def name_of(a: Assessment, language: str) -> str:
    """A target in a few words."""
    return a.indicator.short_vi if language == "vi" else a.indicator.name_en


def chosen_of(asked: str, assessments: Sequence[Assessment]) -> list[Assessment]:
    """The counted targets with the verdict that the address asks for; none for anything else."""
    return [a for a in counted(assessments) if a.verdict == asked]


def split(assessments: Sequence[Assessment], view: View, chosen: Sequence[Assessment] = ()) -> str:
    """A bar of all targets by verdict and their counts; a count filters the list below."""
    counts = Counter(a.verdict for a in counted(assessments))
    order = [v for v in reversed(WORST_FIRST) if counts[v]]
    bars = "".join(bar(v, counts[v]) for v in order)
    only = chosen[0].verdict if chosen else None
    keys = "".join(count_link(v, counts[v], view, only) for v in order)
    return f'<div class="vd-split" aria-hidden="true">{bars}</div><div class="vd-keys">{keys}</div>'


def bar(verdict: Verdict, count: int) -> str:
    """One part of the bar, as wide as its count."""
    is_bare = colour(verdict) == "var(--vd-none)"
    tone = "" if is_bare else f";background:{colour(verdict)}"
    hatched = ' class="vd-hatched"' if is_bare else ""
    return f'<span{hatched} style="flex:{count}{tone}"></span>'


def count_link(verdict: Verdict, count: int, view: View, only: Verdict | None) -> str:
    """A count that shows only these targets; where it is chosen already, all of them again."""
    is_chosen = only is verdict
    address = view.link("/") + ("" if is_chosen else f"&verdict={verdict}")
    pressed = ' aria-current="true"' if is_chosen else ""
    text = (
        f"<b>{format_number(count, 0, view.language)}</b> {e(verdict_text(verdict, view.language))}"
    )
    return f'<a href="{e(address)}"{pressed}>{icon(verdict)}{text}</a>'
