"""One number taken apart: formula with its figures, who is missing, and where each figure came from."""

from __future__ import annotations

from itertools import groupby

from etl.results import Source, Sources
from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.formats import format_number, format_plain
from indicators.formula import formula, worked
from indicators.measure import Measure
from indicators.period import parse_period, period_label
from indicators.ranking import Ranking
from indicators.sentence import value_text
from indicators.text import say
from pages.parts.fresh import simulated_mark
from pages.parts.html import e
from pages.parts.indicator.chosen import Chosen
from pages.parts.indicator.facts import fact_rows, total_of
from pages.parts.indicator.listing import standing
from pages.parts.indicator.shown import Shown
from pages.parts.names import names_of
from pages.parts.take.menu import take
from pages.parts.view import View

LISTED = 300  # figures listed before the rest is only counted
NAMED = 12  # missing units named before the rest is only counted


def asked_for(chosen: Chosen, found: Ranking, shown: Shown) -> Assessment | None:
    """The number that the address asks to explain: the page's own or that of a unit on it."""
    known = [chosen.own, *(rank.assessment for rank in found.ranks)]
    known += [unit for every in chosen.every for unit in every.units]
    return next((a for a in known if a.scope == shown.explain), None)


def explanation(
    a: Assessment, found: Sources, deployment: Deployment, view: View, shown: Shown
) -> str:
    """The panel beside the page; closing it is a link to the page without it."""
    language = view.language
    names = names_of(deployment, a.period)
    name = a.indicator.short_vi if language == "vi" else a.indicator.name_en
    period = period_label(a.period, language)
    menu = take("lineage", say("take.lineage", language), view, explain=a.scope)
    close = e(say("explain.close", language))
    back = e(shown.link(view, explain=""))
    title = e(say("explain.title", language))
    is_simulated = deployment.settings.simulated or any(fact.simulated for fact in found.facts)
    # On a phone the panel hides the head of the page, where it is said too.
    mark = f" {simulated_mark(language)}" if is_simulated else ""
    return (
        f'<section class="vd-drawer" role="dialog" aria-label="{title}">'
        f'<header><small>{title}</small>{menu}<a class="vd-chip" href="{back}" data-close autofocus>'
        f"✕ {close}</a></header>"
        f"<h2>{e(names[a.scope])} · {e(period)}</h2><p>{e(name)}{mark}</p>"
        f'<p class="vd-big"><b>{e(value_text(a.measure.value, a.indicator, language))}</b> '
        f"{standing(a, language) if a.measure.value is not None else ''}</p>"
        f"{computed(a, deployment, language)}{lacking(a.measure, names, language)}"
        f"{figures(found, a, deployment, names, language)}{onward(a, view)}</section>"
    )


def computed(a: Assessment, deployment: Deployment, language: str) -> str:
    """The formula in words and with the numbers filled in."""
    lines = [
        ("formula", formula(a.indicator, deployment.catalogue, language)),
        ("worked", worked(a.indicator, a.measure, deployment.catalogue, language)),
    ]
    items = "".join(
        f"<dt>{e(say(f'explain.{key}', language))}</dt><dd>{e(text)}</dd>"
        for key, text in lines
        if text
    )
    return f'<dl class="vd-terms">{items}</dl>'


def lacking(measure: Measure, names: dict[str, str], language: str) -> str:
    """Units and periods that are expected and not there."""
    missing, texts = measure.coverage.missing, []
    if missing:
        counts = {"missing": len(missing), "expected": len(measure.coverage.expected)}
        more = len(missing) - NAMED
        units = ", ".join(names[unit] for unit in missing[:NAMED])
        units += f", … (+{more})" if more > 0 else ""
        texts.append(f"{say('explain.missing', language, **counts)}: {units}")
    if measure.missing_periods not in ((), (measure.period,)):
        periods = (period_label(parse_period(p), language) for p in measure.missing_periods)
        texts.append(f"{say('explain.periods', language)}: {', '.join(periods)}")
    if measure.estimated:
        texts.append(say("explain.estimate", language))
    return "".join(f'<p class="vd-lack">{e(text)}</p>' for text in texts)


def figures(
    found: Sources, a: Assessment, deployment: Deployment, names: dict[str, str], language: str
) -> str:
    """The figures by quantity, those of the numerator first."""
    if not found.facts:
        return f'<p class="vd-mute">{e(say("explain.nothing", language))}</p>'
    order = {q: n for n, q in enumerate(a.indicator.quantities)}
    facts = sorted(found.facts, key=lambda f: order.get(f.quantity, len(order)))
    parts = "".join(
        quantity(name, list(group), found, a, deployment, names, language)
        for name, group in groupby(facts[:LISTED], key=lambda f: f.quantity)
    )
    more = len(facts) - LISTED
    rest = say("explain.more", language, count=more) if more > 0 else ""
    return f"{parts}<p class='vd-mute'>{e(rest)}</p>"


def quantity(
    name: str,
    facts: list[Source],
    found: Sources,
    a: Assessment,
    deployment: Deployment,
    names: dict[str, str],
    language: str,
) -> str:
    """One quantity: its place in the formula, its sum, its figures."""
    known = deployment.catalogue.quantities[name]
    title = f"{say(f'explain.{side_of(name, a)}', language)}: "
    title += known.name_vi if language == "vi" else known.name_en
    counted = [fact for fact in facts if fact.in_sum]
    total = format_plain(total_of(counted), language)
    count = format_number(len(counted), 0, language)
    small = say("explain.sum", language, total=total, count=count) if len(counted) > 1 else ""
    heads = "".join(
        f'<th scope="col" class="vd-{word}">{e(say(f"explain.{word}", language))}</th>'
        for word in ("unit", "figure", "source")
    )
    rows = fact_rows(facts, found, names, language)
    return (
        f"<h3>{e(title)} <small>{e(small)}</small></h3>"
        f'<table class="vd-table vd-facts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def side_of(name: str, a: Assessment) -> str:
    """Where a quantity stands in the formula; of a count it is simply a part."""
    if name in a.indicator.denominator:
        return "denominator"
    return "numerator" if a.indicator.denominator else "part"


def onward(a: Assessment, view: View) -> str:
    """To the page of the unit, and to what was sent for the period."""
    unit = view.link("/don-vi", unit=a.scope)
    sent = view.link("/nop-so-lieu", unit=a.scope)
    links = (("page", unit), ("history", sent))
    return "".join(
        f'<a class="vd-chip" href="{e(address)}">{e(say(f"explain.{key}", view.language))}</a> '
        for key, address in links
    )
