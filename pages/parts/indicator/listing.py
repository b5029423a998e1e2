"""The units behind one number as a list: value, verdict, what each lacks, its share of the gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicators.assess import Assessment
from indicators.charts.ranking import Bars, amount_title, bar_colour, bars
from indicators.formats import format_number
from indicators.judge import Verdict
from indicators.ranking import Order, Rank, Ranking, chosen, ordered
from indicators.ranking_text import amount_text, sum_text
from indicators.sentence import difference_part, short_value
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.indicator.shown import Shown
from pages.parts.verdicts import mark, triangle
from pages.parts.view import View

LEFT = ' class="vd-left"'


def listing(found: Ranking, names: Mapping[str, str], view: View, shown: Shown) -> str:
    """The table; sorted and filtered by links, so that an address shows the same again."""
    first = found.ranks[0].assessment
    drawn = bars(found)
    picked = ordered(chosen(found, shown.only), shown.order, names, backwards=shown.backwards)
    rows = "".join(row(rank, drawn, names, view, shown) for rank in picked)
    sums = sum_rows(found, names[view.unit], view.language)
    caption = unit_caption(first, view.language)
    return caption + table(headings(found, view, shown), rows + sums)


def headings(found: Ranking, view: View, shown: Shown) -> str:
    """The headings; those by which the list can be sorted are links."""
    language = view.language
    first = found.ranks[0].assessment
    has_spare = any(r.amount is not None and r.amount < 0 for r in found.ranks)
    amount = amount_title(first, has_spare, language)
    judged = any(r.assessment.verdict is not Verdict.NO_TARGET for r in found.ranks if r.amount)
    said = say(f"breakdown.{'verdict' if judged else 'against'}", language)
    return (
        sorting(Order.NAME, say("breakdown.unit", language), view, shown)
        + sorting(Order.VALUE, say("breakdown.value", language), view, shown)
        + f'<th scope="col"{LEFT}>{e(said)}</th>'
        + sorting(Order.GAP, amount, view, shown, left=True)
        + f'<th scope="col">{e(say("breakdown.share", language))}</th>'
    )


def sorting(order: Order, text: str, view: View, shown: Shown, *, left: bool = False) -> str:
    """A heading that sorts by its column, and by it the other way round where it does already."""
    is_it = shown.order is order
    back = is_it and not shown.backwards
    address = shown.link(view, order=order, backwards=back, explain="")
    upwards = (order is Order.NAME) != shown.backwards
    state = f' aria-sort="{"ascending" if upwards else "descending"}"' if is_it else ""
    sign = triangle(down=not upwards) if is_it else ""
    title = e(say("shown.sort", view.language, column=text))
    kind = LEFT if left else ""
    return (
        f'<th scope="col"{kind}{state}><a href="{e(address)}" title="{title}">{e(text)}'
        f"{sign}</a></th>"
    )


def row(rank: Rank, drawn: Bars, names: Mapping[str, str], view: View, shown: Shown) -> str:
    """One unit."""
    a = rank.assessment
    share = "" if rank.share is None else f"{format_number(rank.share * 100, 0, view.language)}%"
    return (
        f'<tr><th scope="row">{unit_link(rank.unit, names, view)}</th>'
        f"<td>{figure(a, names[rank.unit], view, shown)}</td>"
        f'<td class="vd-left">{standing(a, view.language)}</td>'
        f'<td class="vd-left vd-amount">{bar(rank, drawn, view.language)}</td><td>{share}</td></tr>'
    )


def bar(rank: Rank, drawn: Bars, language: str) -> str:
    """What the unit lacks or has to spare, as a bar and in words."""
    if rank.amount is None:
        return ""
    left, width = drawn.spans[rank.unit]
    style = f"left:{left}%;width:{width}%;background:{bar_colour(rank)}"
    zero = f'<s style="left:{drawn.zero}%"></s>' if drawn.zero else ""
    inside = f'<i style="{style}"></i>{zero}'
    text = e(amount_text(rank, language))
    return f'<span class="vd-bar" aria-hidden="true">{inside}</span><span>{text}</span>'


def unit_caption(a: Assessment, language: str) -> str:
    """The unit of the values, where it does not stand behind each."""
    unit = unit_of(a.indicator, language)
    text = say("breakdown.in_unit", language, unit=unit)
    return f'<p class="vd-mute">{e(text)}</p>' if len(unit) > 1 else ""


def table(heads: str, rows: str) -> str:
    """A table that scrolls by itself where the page is too narrow for it."""
    head, body = f"<thead><tr>{heads}</tr></thead>", f"<tbody>{rows}</tbody>"
    return f'<div class="vd-scroll"><table class="vd-table">{head}{body}</table></div>'


def heading(words: Sequence[str], language: str, left: Sequence[str]) -> str:
    """Headings of a table that is not sorted; those of words stand left, of numbers right."""
    return "".join(
        f'<th scope="col"{LEFT if word in left else ""}>{e(say(f"breakdown.{word}", language))}</th>'
        for word in words
    )


def standing(a: Assessment, language: str) -> str:
    """The verdict; where the plan asks nothing of the unit, how far it is from the plan."""
    if a.verdict is not Verdict.NO_TARGET:
        return mark(a.verdict, language)
    return e(difference_part(a, language))


def unit_link(unit: str, names: Mapping[str, str], view: View) -> str:
    """A unit as a link to its own page."""
    return f'<a href="{e(view.link("/don-vi", unit=unit))}">{e(names[unit])}</a>'


def figure(a: Assessment, name: str, view: View, shown: Shown) -> str:
    """A value with decimals enough to differ from the plan; it opens where it comes from."""
    beside = a.rule.value if a.rule else None
    text = short_value(a.measure.value, a.indicator, view.language, beside=beside)
    title = e(say("shown.explain", view.language, name=name))
    address = e(shown.link(view, explain=a.scope))
    return f'<a class="vd-why" href="{address}" title="{title}">{e(text)}</a>'


def sum_rows(found: Ranking, name: str, language: str) -> str:
    """The whole, and what no unit explains: beds of provincial hospitals belong to no district."""
    rest = sum_text(found, found.rest, language) if found.rest else ""
    whole = sum_text(found, found.whole, language)
    lines = (
        (say("breakdown.rest", language), rest),
        (say("breakdown.all", language, name=name), whole),
    )
    return "".join(
        f'<tr class="vd-sum"><th scope="row">{e(title)}</th><td></td><td></td>'
        f'<td class="vd-left">{e(text)}</td><td></td></tr>'
        for title, text in lines
        if text
    )
