"""The units behind one number: the ranking as a table, and who fails where every unit must pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.charts.ranking import amount_text, sum_text
from indicators.formats import format_number
from indicators.judge import Verdict
from indicators.ranking import Rank, Ranking
from indicators.sentence import difference_part, short_value, why
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.verdicts import mark
from pages.parts.view import View

# Columns of words stand left, of numbers right.
WORDS = {"above", "verdict", "against", "period", "figure", "file", "place", "sender", "moment"}
LEFT = ' class="vd-left"'
LISTED = 40  # failing units shown before the rest is only counted


def ranking_table(found: Ranking, names: Mapping[str, str], view: View) -> str:
    """Every unit with its value, verdict, what it lacks and its share of all that is lacking."""
    judged = any(r.assessment.verdict is not Verdict.NO_TARGET for r in found.ranks if r.amount)
    said = "verdict" if judged else "against"
    heads = heading(("unit", "value", said, "gap", "share"), view.language)
    rows = "".join(ranking_row(rank, names, view) for rank in found.ranks)
    sums = sum_rows(found, names[view.unit], view.language)
    title = say("breakdown.table", view.language)
    menu, title = take("ranking", title, view), e(title)
    caption = unit_caption(found.ranks[0].assessment, view.language)
    return (
        f'<section class="vd-card vd-ranking"><h2>{title}</h2>{menu}{caption}'
        f"{table(heads, rows + sums)}</section>"
    )


def unit_caption(a: Assessment, language: str) -> str:
    """The unit of the values, where it does not stand behind each."""
    unit = unit_of(a.indicator, language)
    text = say("breakdown.in_unit", language, unit=unit)
    return f'<p class="vd-mute">{e(text)}</p>' if len(unit) > 1 else ""


def table(heads: str, rows: str) -> str:
    """A table that scrolls by itself where the page is too narrow for it."""
    head, body = f"<thead><tr>{heads}</tr></thead>", f"<tbody>{rows}</tbody>"
    return f'<div class="vd-scroll"><table class="vd-table">{head}{body}</table></div>'


def heading(words: Sequence[str], language: str) -> str:
    """The headings of a table."""
    return "".join(
        f'<th scope="col"{LEFT if word in WORDS else ""}>{e(say(f"breakdown.{word}", language))}</th>'
        for word in words
    )


def ranking_row(rank: Rank, names: Mapping[str, str], view: View) -> str:
    """One unit of the ranking."""
    a = rank.assessment
    share = "" if rank.share is None else f"{format_number(rank.share * 100, 0, view.language)}%"
    known = amount_text(rank, view.language) if rank.amount is not None else ""
    return (
        f'<tr><th scope="row">{unit_link(rank.unit, names, view)}</th><td>{figure(a, view.language)}</td>'
        f'<td class="vd-left">{standing(a, view.language)}</td><td>{e(known)}</td><td>{share}</td></tr>'
    )


def standing(a: Assessment, language: str) -> str:
    """The verdict; where the plan asks nothing of the unit, how far it is from the plan."""
    if a.verdict is not Verdict.NO_TARGET:
        return mark(a.verdict, language)
    return e(difference_part(a, language))


def unit_link(unit: str, names: Mapping[str, str], view: View) -> str:
    """A unit as a link to its own page."""
    return f'<a href="{e(view.link("/don-vi", unit=unit))}">{e(names[unit])}</a>'


def figure(a: Assessment, language: str) -> str:
    """A value with decimals enough to differ from the plan."""
    beside = a.rule.value if a.rule else None
    return e(short_value(a.measure.value, a.indicator, language, beside=beside))


def sum_rows(found: Ranking, name: str, language: str) -> str:
    """The whole, and what no unit explains: beds of provincial hospitals belong to no district."""
    rest = sum_text(found, found.rest, language) if found.rest else ""
    whole = sum_text(found, found.whole, language)
    lines = (
        (say("breakdown.rest", language), rest),
        (say("breakdown.all", language, name=name), whole),
    )
    return "".join(
        f'<tr class="vd-sum"><th scope="row" colspan="3">{e(title)}</th>'
        f"<td>{e(text)}</td><td></td></tr>"
        for title, text in lines
        if text
    )


def every_unit(
    a: Assessment,
    names: Mapping[str, str],
    parents: Mapping[str, str],
    view: View,
    catalogue: Catalogue,
) -> str:
    """A target for every unit: those that fail first, then how many are not known and where."""
    failing = sorted(a.failing, key=lambda u: (abs(u.difference or 0), u.scope), reverse=True)
    rows = "".join(every_row(u, names, parents, view) for u in failing[:LISTED])
    heads = heading(("unit", "above", "value", "verdict"), view.language)
    more = len(failing) - LISTED
    rest = say("overview.more_units", view.language, count=more) if more > 0 else ""
    listed = table(heads, rows) if rows else ""
    tail = f'<p class="vd-mute">{e(rest)}</p>{unknown(a, names, parents, view.language)}'
    title = say("breakdown.every", view.language)
    menu, title = take("every", title, view), e(title)
    reason = e(why(a, catalogue, view.language))
    lead = f'<p class="vd-mute">{reason}</p>'
    return f'<section class="vd-card"><h2>{title}</h2>{menu}{lead}{listed}{tail}</section>'


def every_row(
    a: Assessment, names: Mapping[str, str], parents: Mapping[str, str], view: View
) -> str:
    """One unit that fails."""
    above = names.get(parents.get(a.scope, ""), "")
    return (
        f'<tr><th scope="row">{unit_link(a.scope, names, view)}</th><td class="vd-left">{e(above)}</td>'
        f'<td>{figure(a, view.language)}</td><td class="vd-left">{mark(a.verdict, view.language)}</td></tr>'
    )


def unknown(
    a: Assessment, names: Mapping[str, str], parents: Mapping[str, str], language: str
) -> str:
    """Units without a figure, counted by the area they stand in."""
    silent = [u.scope for u in a.units if u.measure.value is None]
    if not silent:
        return ""
    counts = Counter(parents.get(unit, unit) for unit in silent)
    areas = ", ".join(f"{names[area]} ({n})" for area, n in sorted(counts.items()))
    title = e(say("breakdown.unknown", language, count=format_number(len(silent), 0, language)))
    return f"<details><summary>{title}</summary><p>{e(areas)}</p></details>"
