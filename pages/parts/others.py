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
from pages.parts.take.menu import take
from pages.parts.targets import row, worst_first
from pages.parts.verdicts import icon
from pages.parts.view import View


def other_rows(assessments: Sequence[Assessment], view: View, catalogue: Catalogue) -> str:
    """The card of what the sentence does not count; "" where it counts everything."""
    found = [a for a in assessments if not a.target.headline]
    lead = say("overview.others_lead", view.language, count=len(found))
    title = say("overview.others", view.language)
    return folded_card(found, title, lead, view, catalogue, take("others", title, view))


def folded_card(
    found: Sequence[Assessment],
    title: str,
    lead: str,
    view: View,
    catalogue: Catalogue,
    menu: str = "",
) -> str:
    """A card with one folded list a field, each with its counts; "" where there is nothing."""
    if not found:
        return ""
    fields = sorted(catalogue.fields.values(), key=lambda field: field.order)
    lists = "".join(
        folded(field, own, view, catalogue)
        for field in fields
        if (own := [a for a in found if a.indicator.field == field.id])
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
