"""Plan against plan: what each asks of the same indicator, as written, and what only one asks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from etl.context import opened
from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.compare_plans import Ask, PlanComparison, Shared
from indicators.deployment import Deployment
from indicators.formats import format_number, format_plain, with_unit
from indicators.judge import direction
from indicators.period import period_inside
from indicators.plans import Plan
from indicators.sentence import difference_text, value_text
from indicators.target_words import kinds_text, target_text, unit_of
from indicators.text import lower_first, say
from pages.parts.compare.data import Asked
from pages.parts.compare.head import menu
from pages.parts.html import e
from pages.parts.verdicts import mark
from pages.parts.view import View


def plans_html(found: PlanComparison, here: Plan, there: Plan, asked: Asked) -> str:
    """The sentence, the levels of those above, what both ask, what only one asks."""
    names = {"here": here.short_vi, "there": there.short_vi}
    view, language = asked.view, asked.view.language
    if not found.shared:
        title = say("compare.plans.none", language, **names)
    else:
        counts = {"same": found.same_level, "other": len(found.shared) - found.same_level}
        facts = {**names, **counts, "shared": len(found.shared)}
        title = say("compare.plans.sentence", language, **facts)
    rows = "".join(shared_row(pair, view) for pair in found.shared)
    table = shared_card(rows, here, there, language) if rows else ""
    return (
        f'<div class="vd-summary"><h1>{e(title)}</h1></div>'
        f'<div class="vd-right">{menu(asked, "two_plans")}</div><div class="vd-stack">'
        f"{superior_card(here, found, view)}{superior_card(there, found, view)}{table}"
        f"{only_card(found.only_here, here, view)}{only_card(found.only_there, there, view)}</div>"
    )


def shared_card(rows: str, here: Plan, there: Plan, language: str) -> str:
    """The table of targets that both plans have."""
    words = (
        say("compare.rows.target", language),
        here.short_vi,
        there.short_vi,
        say("compare.plans.differs", language),
    )
    head = "".join(f"<span>{e(word)}</span>" for word in words)
    title = e(say("compare.plans.title", language))
    return (
        f'<section class="vd-card vd-rows"><h2>{title}</h2>'
        f'<div class="vd-prow vd-head">{head}</div>{rows}</section>'
    )


def shared_row(pair: Shared, view: View) -> str:
    """One indicator: both targets, and in what they differ."""
    language = view.language
    name = pair.indicator.name_vi if language == "vi" else pair.indicator.name_en
    address = e(view.link("/chi-tieu", indicator=pair.indicator.id))
    return (
        f'<div class="vd-prow"><div class="vd-n"><a href="{address}">{e(name)}</a></div>'
        f"{ask_cell(pair.here, view)}{ask_cell(pair.there, view)}"
        f'<div class="vd-c">{differences(pair, language)}</div></div>'
    )


def ask_cell(ask: Ask, view: View) -> str:
    """The target as written, its deadline and scope; below, where it stands."""
    language, deployment = view.language, opened().deployment
    shown = deployment.catalogue.indicators[ask.target.indicator]
    deadline = period_inside(ask.plan.deadline(ask.target), language)
    lines = [say("compare.plans.by", language, deadline=deadline)]
    lines.append(scope_text(ask, deployment, view))
    return (
        f'<div class="vd-asks" data-of="{e(ask.plan.short_vi)}">'
        f"<b>{e(target_text(ask.target, shown, language))}</b>"
        f"<small>{e(', '.join(lines))}</small>{standing(ask.assessed, language)}</div>"
    )


def scope_text(ask: Ask, deployment: Deployment, view: View) -> str:
    """Of whom it is asked."""
    language, target = view.language, ask.target
    if target.each:
        kinds = kinds_text(target, deployment.catalogue, language)
        return say("compare.plans.each", language, kinds=kinds)
    if target.sites:
        return say("compare.plans.sites", language, count=len(target.sites))
    unit = target.unit or ask.plan.unit
    return lower_first(deployment.units.latest_names[unit].name)


def standing(a: Assessment | None, language: str) -> str:
    """The verdict and the value in the period looked at."""
    if a is None:
        return f"<small>{e(say('compare.plans.outside', language))}</small>"
    if a.units or a.measure.value is None:
        return mark(a.verdict, language)
    value = value_text(a.measure.value, a.indicator, language, beside=a.rule and a.rule.value)
    return f"{mark(a.verdict, language)}<small>{e(value)}</small>"


def differences(pair: Shared, language: str) -> str:
    """In what they differ, and who asks more."""
    found = [say(f"compare.plans.{what}", language) for what in pair.differences]
    if not found:
        return e(say("compare.plans.alike", language))
    more = pair.asks_more
    plan = pair.here.plan if more > 0 else pair.there.plan
    lead = say("compare.plans.more_here", language, plan=plan.short_vi) if more else ""
    main = f"<b>{e(lead)}</b>" if lead else ""
    return f"{main}<small>{e(', '.join(found))}</small>"


def only_card(asks: Sequence[Ask], plan: Plan, view: View) -> str:
    """The targets that only one plan has, folded; "" where there is none."""
    if not asks:
        return ""
    language, indicators = view.language, opened().deployment.catalogue.indicators
    title = say("compare.plans.only", language, count=len(asks), plan=plan.short_vi)
    items = "".join(only_item(ask, indicators[ask.target.indicator], language) for ask in asks)
    return (
        f'<section class="vd-card"><details class="vd-fold vd-bare"><summary><span>{e(title)}</span>'
        f'</summary><ul class="vd-list">{items}</ul></details></section>'
    )


def only_item(ask: Ask, shown: Indicator, language: str) -> str:
    """One of them."""
    name = ask.target.name_vi if language == "vi" else shown.name_en
    return f"<li>{e(name)}<small>{e(target_text(ask.target, shown, language))}</small></li>"


def superior_card(plan: Plan, found: PlanComparison, view: View) -> str:
    """Where a level above asks something for the same indicator: both beside the value."""
    asks = [pair.here for pair in found.shared] + [pair.there for pair in found.shared]
    every = {
        (ask.plan.id, ask.target.id): ask for ask in (*asks, *found.only_here, *found.only_there)
    }
    own = [ask for ask in every.values() if ask.plan is plan and ask.target.superior]
    if not own:
        return ""
    language = view.language
    words = ("target", "own", "above", "value")
    keys = [f"compare.plans.{w}" if w != "target" else "compare.rows.target" for w in words]
    head = "".join(f"<span>{e(say(key, language))}</span>" for key in keys)
    rows = "".join(superior_row(ask, view) for ask in own)
    other = sum(ask.target.superior.value != ask.target.value for ask in own if ask.target.superior)
    facts = {"plan": plan.short_vi, "count": other, "total": len(own)}
    lead = e(say("compare.plans.superior_lead", language, **facts))
    return (
        f'<section class="vd-card vd-rows"><h2>{e(say("compare.plans.superior", language))}</h2>'
        f'<p class="vd-sub">{lead}</p><div class="vd-prow vd-head">{head}</div>{rows}</section>'
    )


def superior_row(ask: Ask, view: View) -> str:
    """One indicator: what the plan asks, what the level above asks, where the value stands."""
    above, language, deployment = ask.target.superior, view.language, opened().deployment
    assert above is not None
    shown = deployment.catalogue.indicators[ask.target.indicator]
    name = ask.target.name_vi if language == "vi" else shown.name_en
    level = with_unit(format_plain(above.value, language), unit_of(shown, language))
    unit = lower_first(deployment.units.latest_names[above.unit].name)
    cells = "".join((ask_cell(ask, view), above_cell(level, unit, ask, shown, language)))
    return (
        f'<div class="vd-prow"><div class="vd-n">{e(name)}<small>{e(above.source)}</small></div>'
        f'{cells}<div class="vd-c">{to_above(ask, shown, language)}</div></div>'
    )


def above_cell(level: str, unit: str, ask: Ask, shown: Indicator, language: str) -> str:
    """The level above, and how far it is from the plan's own."""
    label = say("compare.plans.above", language)
    return (
        f'<div class="vd-asks" data-of="{e(label)}"><b>{e(level)}</b>'
        f"<small>{e(unit)}; {e(apart(ask, shown, language))}</small></div>"
    )


def apart(ask: Ask, shown: Indicator, language: str) -> str:
    """How far the level above is from the plan's own."""
    above = ask.target.superior
    if above is None or ask.target.value is None or above.value == ask.target.value:
        return say("compare.plans.equal", language)
    gap = Fraction(above.value - ask.target.value)
    key = "compare.plans.higher" if gap > 0 else "compare.plans.lower"
    return say(key, language, amount=difference_text(gap, shown, language))


def to_above(ask: Ask, shown: Indicator, language: str) -> str:
    """The value beside the level above."""
    a, above = ask.assessed, ask.target.superior
    if a is None or above is None or a.measure.value is None:
        return format_number(None)
    value = value_text(a.measure.value, shown, language, beside=above.value)
    short = direction(a.test) * (Fraction(above.value) - a.measure.value)
    amount = difference_text(short, shown, language)
    key = "compare.plans.short_of" if short > 0 else "compare.plans.reaches"
    return f"<b>{e(value)}</b><small>{e(say(key, language, amount=amount))}</small>"
