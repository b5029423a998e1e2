"""The targets that the sentence does not count: requirements to units, events, works, by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indicators.assess import Assessment
from indicators.catalogue import Catalogue, Field
from indicators.formats import format_number
from indicators.judge import BAD, SLOW, WORST_FIRST
from indicators.sentence import verdict_text
from indicators.text import say
from pages.parts.html import e
from pages.parts.shown import Shown
from pages.parts.take.menu import take
from pages.parts.targets import row, rows_card, worst_first
from pages.parts.verdicts import icon
from pages.parts.view import View


def other_rows(assessments: Sequence[Assessment], view: View, catalogue: Catalogue) -> str:
    """The card of what the sentence does not count; "" where it counts everything."""
    found = [a for a in assessments if not a.target.headline]
    lead = say("overview.others_lead", view.language, count=len(found))
    title = say("overview.others", view.language)
    return folded_card(found, title, lead, view, catalogue, take("others", title, view))


def main_rows(
    found: Sequence[Assessment], shown: Shown, catalogue: Catalogue, menu: str = ""
) -> str:
    """The targets that the sentence counts: worst first, or by field and worst first in each."""
    view = shown.view
    title = e(say("overview.rows", view.language))
    heading = f'<div class="vd-title"><h2>{title}</h2>{order_links(shown)}</div>{menu}'
    if shown.group == "field":
        rows = "".join(
            field_head(field, own, view.language) + plain_rows(own, view, catalogue)
            for field, own in by_field(found, catalogue)
        )
    else:
        rows = plain_rows(found, view, catalogue)
    return rows_card(heading, rows, view.language)


def plain_rows(found: Sequence[Assessment], view: View, catalogue: Catalogue) -> str:
    """Rows, worst first."""
    return "".join(row(a, view, catalogue) for a in worst_first(found))


def order_links(shown: Shown) -> str:
    """Worst first or by field; the chosen one is marked."""
    language = shown.view.language
    links = "".join(
        f'<a href="{e(shown.link(group=code))}"{" aria-current=true" if mine else ""}>'
        f"{e(say(key, language))}</a>"
        for code, key, mine in (
            ("", "overview.worst_first", not shown.group),
            ("field", "overview.by_field", bool(shown.group)),
        )
    )
    return f'<nav class="vd-order" aria-label="{e(say("overview.order", language))}">{links}</nav>'


def field_head(field: Field, own: Sequence[Assessment], language: str) -> str:
    """The name of a field and how its targets stand."""
    name = field.name_vi if language == "vi" else field.name_en
    return (
        f'<h3 class="vd-field"><span>{e(name)}</span>'
        f'<span class="vd-tally">{tally(own, language)}</span></h3>'
    )


def by_field(
    found: Sequence[Assessment], catalogue: Catalogue
) -> list[tuple[Field, list[Assessment]]]:
    """The fields that have any, in the order of the catalogue."""
    fields = sorted(catalogue.fields.values(), key=lambda field: field.order)
    pairs = ((field, [a for a in found if a.indicator.field == field.id]) for field in fields)
    return [(field, own) for field, own in pairs if own]


def folded_card(
    found: Sequence[Assessment],
    title: str,
    lead: str,
    view: View,
    catalogue: Catalogue,
    menu: str,
) -> str:
    """A card with one folded list a field, each with its counts; "" where there is nothing."""
    if not found:
        return ""
    lists = "".join(
        folded(field, own, view, catalogue) for field, own in by_field(found, catalogue)
    )
    small = f'<p class="vd-sub">{e(lead)}</p>' if lead else ""
    return f'<section class="vd-card vd-rows vd-others"><h2>{e(title)}</h2>{menu}{small}{lists}</section>'


def folded(field: Field, own: Sequence[Assessment], view: View, catalogue: Catalogue) -> str:
    """The targets of one field, worst first."""
    name = field.name_vi if view.language == "vi" else field.name_en
    number = f"<b>{format_number(len(own), 0, view.language)}</b>"
    rows = "".join(row(a, view, catalogue) for a in worst_first(own))
    return (
        f'<details class="vd-fold"><summary><span>{e(name)} {number}</span>'
        f'<span class="vd-tally">{tally(own, view.language)}</span></summary>{rows}</details>'
    )


def tally(own: Sequence[Assessment], language: str) -> str:
    """Shape and count of every verdict, worst first; the words are told to a screen reader."""
    counts = Counter(a.verdict for a in own)
    parts = []
    for verdict in filter(counts.get, WORST_FIRST):
        word = e(verdict_text(verdict, language))
        bad = ' class="vd-bad"' if verdict in BAD | SLOW else ""
        parts.append(
            f'<span{bad} title="{word}">{icon(verdict)}{counts[verdict]}'
            f'<span class="vd-sr"> {word}</span></span>'
        )
    return "".join(parts)
