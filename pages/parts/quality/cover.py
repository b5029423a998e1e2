"""What is not there or does not agree: two levels, empty cells, targets without all figures."""

from __future__ import annotations

from etl.looked import Gap, Looked
from etl.results import Picture
from etl.rules.levels import Comparison
from indicators.assess import Assessment
from indicators.formats import format_number, format_plain
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.quality.answer import covered
from pages.parts.quality.reports import form_name
from pages.parts.quality.words import Scene, card, folded, quiet, share_text, unit_link
from pages.parts.take.menu import take

STATED = frozenset({"total-differs", "rate-differs", "part-above-whole", "parts-not-total"})
NAMED = 4  # units named beside a figure that they left out


def levels_card(found: Looked, scene: Scene) -> str:
    """Where the sum of the level below is not the figure of the level above."""
    language, title = scene.language, say("quality.levels.title", scene.language)
    stated = quiet(_stated(found, language)) if found.cells.of else ""
    if not found.compared:
        return card(title, "", quiet(say("quality.levels.none", language)) + stated)
    items = [_differs(c, scene) for c in found.differing]
    count = format_number(len(found.compared), 0, language)
    inside = (
        folded(items, language)
        if items
        else quiet(say("quality.levels.agree", language, count=count))
    )
    note = quiet(say("quality.levels.note", language))
    menu = take("levels", title, scene.view)
    return card(title, share_text(found.shares["levels"], language), inside + note + stated, menu)


def _stated(found: Looked, language: str) -> str:
    """Whether totals and rates that files state, and parts of a whole, agree with the figures."""
    count = sum(d.code in STATED for d in found.doubts)
    if not count:
        return say("quality.levels.stated_agree", language)
    return say("quality.levels.stated", language, count=format_number(count, 0, language))


def _differs(found: Comparison, scene: Scene) -> str:
    language = scene.language
    text = say(
        "quality.levels.differ",
        language,
        whole=format_plain(found.whole, language),
        count=format_number(len(found.parts), 0, language),
        sum=format_plain(found.added, language),
        difference=format_plain(found.difference, language),
    )
    what = f"{quantity_name(found.quantity, scene)}, {_period(found.period, language)}"
    link = unit_link(found.area, scene)
    return f"<li>{link} <em>{e(what)}</em><small>{e(text)}</small></li>"


def gaps_card(found: Looked, scene: Scene) -> str:
    """Figures left out of reports that came, by form."""
    language, title = scene.language, say("quality.gaps.title", scene.language)
    if not found.cells.of:
        return card(title, "", quiet(say("quality.gaps.nothing", language)))
    items = [_gap(gap, scene) for gap in found.gaps]
    inside = folded(items, language) if items else quiet(say("quality.gaps.none", language))
    menu = take("gaps", title, scene.view) if items else ""
    return card(title, share_text(found.cells, language), inside, menu)


def _gap(gap: Gap, scene: Scene) -> str:
    """The units, which of the form's figures they left out, and how many reports that is."""
    language = scene.language
    links = [unit_link(unit, scene) for unit in gap.units[:NAMED]]
    units = ", ".join(links) + (", …" if len(gap.units) > NAMED else "")
    counts = {"cells": gap.quantities, "count": gap.units}
    text = say(
        "quality.gaps.units",
        language,
        asked=format_number(gap.asked, 0, language),
        **{name: format_number(len(found), 0, language) for name, found in counts.items()},
    )
    listed = "; ".join(quantity_name(q, scene) for q in gap.quantities)
    small = f"<small>{e(form_name(gap.form, scene))}: {e(listed)}</small>"
    return f"<li>{units} <em>{e(text)}</em>{small}</li>"


def targets_card(picture: Picture, scene: Scene) -> str:
    """Targets whose value lacks figures, with how many units are in."""
    language, title = scene.language, say("quality.targets.title", scene.language)
    share = covered(picture)
    if not share.of:
        return card(title, "", quiet(say("quality.targets.not_set", language)))
    items = [_target(a, scene) for a in incomplete(picture)]
    inside = folded(items, language) if items else quiet(say("quality.targets.none", language))
    menu = take("incomplete", title, scene.view) if items else ""
    return card(title, share_text(share, language), inside, menu)


def incomplete(picture: Picture) -> list[Assessment]:
    """The targets that lack figures, those of whom most is lacking first."""
    short = [
        a for a in picture.assessments if a.measure.coverage.expected and not a.measure.is_whole
    ]
    return sorted(
        short, key=lambda a: len(a.measure.coverage.reported) - len(a.measure.coverage.expected)
    )


def _target(a: Assessment, scene: Scene) -> str:
    """Its name, how many units are in, who is not, and which earlier periods are not."""
    language, coverage = scene.language, a.measure.coverage
    name = a.target.name_vi if language == "vi" else a.indicator.name_en
    address = e(scene.view.link("/chi-tieu", indicator=a.indicator.id))
    counts = {"known": coverage.reported, "total": coverage.expected}
    numbers = {key: format_number(len(units), 0, language) for key, units in counts.items()}
    texts = [e(say("quality.targets.coverage", language, **numbers))]
    links = [unit_link(unit, scene) for unit in coverage.missing[:NAMED]]
    if links:
        more = ", …" if len(coverage.missing) > NAMED else ""
        texts.append(e(say("quality.targets.without", language)) + " " + ", ".join(links) + more)
    earlier = [code for code in a.measure.missing_periods if code != scene.view.period]
    if earlier and not links:
        periods = ", ".join(_period(code, language) for code in earlier)
        texts.append(e(say("quality.targets.periods", language, periods=periods)))
    return f'<li><a href="{address}">{e(name)}</a><small>{"; ".join(texts)}</small></li>'


def quantity_name(quantity: str, scene: Scene) -> str:
    """The name of a quantity in the language of the page."""
    known = scene.catalogue.quantities[quantity]
    return known.name_vi if scene.language == "vi" else known.name_en


def _period(code: str, language: str) -> str:
    return period_label(parse_period(code), language)
