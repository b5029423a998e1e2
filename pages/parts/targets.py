"""Targets as rows: value, place on the way to the plan, course, verdict, what is lacking."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import opened
from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.formats import format_number, telling_decimals
from indicators.judge import GOOD, UNJUDGED, WORST_FIRST, Verdict, direction
from indicators.measure import Status
from indicators.plans import Path
from indicators.sentence import (
    bounds_text,
    bounds_values,
    difference_part,
    gap_text,
    short_value,
    value_text,
)
from indicators.target_words import kinds_text, target_text, unit_of
from indicators.text import say
from pages.parts.data import picture_of
from pages.parts.html import e
from pages.parts.tracks import sparkline, track, unit_track
from pages.parts.verdicts import mark
from pages.parts.view import View

SIGNS = ("%", "‰")


def worst_first(assessments: Sequence[Assessment]) -> list[Assessment]:
    """In the order in which a leader must look at them; equals as in the document."""
    return sorted(assessments, key=lambda a: WORST_FIRST.index(a.verdict))


def target_rows(
    assessments: Sequence[Assessment],
    view: View,
    catalogue: Catalogue,
    title: str = "",
    menu: str = "",
) -> str:
    """The card with one row a target, worst first; ``menu``: how to take it away."""
    rows = "".join(row(a, view, catalogue) for a in worst_first(assessments))
    heading = e(title or say("overview.rows", view.language))
    return rows_card(f"<h2>{heading}</h2>{menu}", rows, view.language)


def rows_card(heading: str, rows: str, language: str) -> str:
    """The card around rows, under the names of their columns."""
    words = ("target", "actual", "track", "course", "verdict", "gap")
    heads = "".join(f"<span>{head(word, language)}</span>" for word in words)
    return (
        f'<section class="vd-card vd-rows">{heading}'
        f'<div class="vd-row vd-head">{heads}</div>{rows}</section>'
    )


def head(word: str, language: str) -> str:
    """The heading of a column; that of the tracks is their legend."""
    if word != "track":
        return e(say(f"overview.col_{word}", language))
    legend = (("vd-dot", "actual"), ("vd-target", "plan"), ("vd-needed", "needed"))
    return "".join(
        f'<span class="vd-legend"><i class="{name}"></i>{e(say(f"overview.key_{key}", language))}</span>'
        for name, key in legend
    )


def row(a: Assessment, view: View, catalogue: Catalogue) -> str:
    """One target; two measures that must both pass are two lines of one row."""
    address = e(view.link("/chi-tieu", indicator=a.indicator.id))
    name = a.target.name_vi if view.language == "vi" else a.indicator.name_en
    plan = say(
        "overview.plan", view.language, target=target_text(a.target, a.indicator, view.language)
    )
    needed = needed_text(a, view.language)
    small = f"{e(plan)}, <span>{e(needed)}</span>" if needed else e(plan)
    title = f'<div class="vd-n"><a href="{address}">{e(name)}</a><small>{small}</small></div>'
    if not a.also:
        return f'<div class="vd-row">{title}{cells(a, view, catalogue)}</div>'
    blank = "<span></span>"
    whole = f'<div class="vd-row">{title}{blank * 3}{verdict_cell(a, view)}{blank}</div>'
    parts = "".join(part(p, view, catalogue) for p in a.also)
    return f'<div class="vd-group">{whole}{parts}</div>'


def needed_text(a: Assessment, language: str) -> str:
    """Where the value should be by now, where that is not yet the plan's level; "" otherwise."""
    expected, rule = a.standing.expected, a.rule
    if a.units or a.also or a.standing.final or rule is None or expected in (None, rule.value):
        return ""
    value = short_value(expected, a.indicator, language, beside=rule.value)
    return say("overview.needed", language, value=value)


def part(a: Assessment, view: View, catalogue: Catalogue) -> str:
    """One of the measures that must all pass."""
    name = a.indicator.short_vi if view.language == "vi" else a.indicator.name_en
    address = e(view.link("/chi-tieu", indicator=a.indicator.id))
    title = f'<div class="vd-n vd-part"><a href="{address}">{e(name)}</a></div>'
    return f'<div class="vd-row vd-line">{title}{cells(a, view, catalogue)}</div>'


def cells(a: Assessment, view: View, catalogue: Catalogue) -> str:
    """Everything of a row but its name."""
    is_each = bool(a.units)
    value = each_value(a, view.language, catalogue) if is_each else value_cell(a, view.language)
    drawn = unit_track(a) if is_each else track(a)
    course = "" if is_each else sparkline(a)
    return (
        f'<div class="vd-v">{why_link(value, a, view)}</div><div class="vd-b">{drawn}</div>'
        f'<div class="vd-t">{course}</div>{verdict_cell(a, view)}'
        f'<div class="vd-g">{lacking(a, view.language)}</div>'
    )


def why_link(value: str, a: Assessment, view: View) -> str:
    """The value as a link to where it comes from."""
    if a.measure.value is None:
        return value
    address = view.link("/chi-tieu", {"explain": a.scope}, indicator=a.indicator.id)
    title = e(say("explain.title", view.language))
    return f'<a href="{e(address)}" title="{title}">{value}</a>'


def verdict_cell(a: Assessment, view: View) -> str:
    """Shape and word; that figures in it are not approved yet, or left out until they are."""
    picture, coverage = picture_of(view), a.measure.coverage
    looked_at = (
        coverage.expected - coverage.reported if picture.only_approved else coverage.reported
    )
    small = ""
    if picture.approval.is_in(a.indicator, looked_at, opened().deployment.catalogue):
        key = "left_out" if picture.only_approved else "unapproved"
        small = (
            f'<small class="vd-unapproved">{e(say(f"verdict_mark.{key}", view.language))}</small>'
        )
    return f'<div class="vd-s">{mark(a.verdict, view.language)}{small}</div>'


def value_cell(a: Assessment, language: str) -> str:
    """The value, large, and its unit, small; enough decimals not to look equal to the plan."""
    value = a.measure.value
    if value is None:
        return "…"
    decimals = telling_decimals(value, a.rule.value if a.rule else None, a.indicator.decimals)
    unit = unit_of(a.indicator, language)
    sign = unit if unit in SIGNS else ""
    notes = ["" if sign else unit]
    notes += [say("overview.cumulative", language)] if a.target.path is Path.CUMULATIVE else []
    notes += [say("overview.estimated", language)] if a.measure.estimated else []
    small = ", ".join(filter(None, notes))
    ago = year_ago(a, language)
    return f"{format_number(value, decimals, language)}{sign}<small>{e(small)}</small>{ago}"


def year_ago(a: Assessment, language: str) -> str:
    """The value of the same period last year, in small type; "" where it does not compare."""
    if a.last_year is None:
        return ""
    value = short_value(a.last_year, a.indicator, language, beside=a.measure.value)
    return f"<small>{e(say('overview.year_ago', language, value=value))}</small>"


def each_value(a: Assessment, language: str, catalogue: Catalogue) -> str:
    """The share of units that pass, as counts of what kinds of unit."""
    good = a.tally.good
    if not good + a.tally.failing:
        return "…"
    total = len(a.units)
    small = kinds_text(a.target, catalogue, language)
    counts = f"{format_number(good, 0, language)}/{format_number(total, 0, language)}"
    return f"{counts}<small>{e(small)}</small>"


def lacking(a: Assessment, language: str) -> str:
    """What is lacking in beds, doctors, people, or why nothing can be said; with a second line."""
    main, small = lacking_each(a, language) if a.units else lacking_texts(a, language)
    return f"<b>{e(main)}</b><small>{e(small)}</small>"


def lacking_each(a: Assessment, language: str) -> tuple[str, str]:
    """Units that fail; and units not due, with nothing to count, or without figures."""
    tally = a.tally
    counts = {
        "failing": tally.failing,
        "waiting_units": tally.waiting,
        "nothing_units": tally.nothing,
        "unknown_units": tally.unknown,
    }
    texts = [
        say(f"overview.{key}", language, count=format_number(count, 0, language))
        for key, count in counts.items()
        if count
    ]
    return (texts[0], ", ".join(texts[1:])) if tally.failing else ("–", ", ".join(texts))


def lacking_texts(a: Assessment, language: str) -> tuple[str, str]:
    """The gap and a line that explains it."""
    if a.verdict is Verdict.NOT_DUE:
        due = f"{a.due:%d/%m/%Y}" if a.due else "…"
        return "", say("overview.due_after", language, due=due)
    if a.measure.value is None:
        nobody = a.measure.status is Status.NOT_APPLICABLE
        return "", say("overview.no_one" if nobody else "overview.no_report", language)
    if a.verdict in UNJUDGED:
        return "", missing_text(a, language)
    return gap_main(a, language), missing_text(a, language) or second_line(a, language)


def gap_main(a: Assessment, language: str) -> str:
    """ "thiếu 39 bác sĩ", a difference where nothing is counted, "–" where nothing is lacking."""
    amount = gap_text(a, language)
    if a.verdict in GOOD:
        return "–"
    if amount is None:
        return difference_part(a, language)
    key = "overview.short" if direction(a.test) >= 0 else "overview.over"
    return say(key, language, gap=amount)


def missing_text(a: Assessment, language: str) -> str:
    """Units missing, and between what the value may end once they have reported."""
    coverage = a.measure.coverage
    if coverage.is_complete:
        return ""
    counts = {"missing": len(coverage.missing), "expected": len(coverage.expected)}
    return range_text(a, language) or say("why.missing", language, **counts)


def range_text(a: Assessment, language: str) -> str:
    """The same in few words where both ends are known; "" where nothing is."""
    bounds = a.measure.bounds
    if bounds is None:
        return ""
    if bounds.low is None or bounds.high is None:
        return bounds_text(bounds, a.indicator, language)
    if bounds.low == bounds.high:
        return ""
    low, high = bounds_values(bounds, a.indicator, language)
    return say("overview.bounds", language, low=low, high=high)


def second_line(a: Assessment, language: str) -> str:
    """How far from the plan, or what is needed by now."""
    if a.verdict is Verdict.ON_TRACK and a.standing.expected is not None:
        needed = value_text(a.standing.expected, a.indicator, language, beside=a.measure.value)
        return say("why.expected", language, expected=needed)
    return difference_part(a, language)
