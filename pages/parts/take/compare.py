"""Two periods, two units or two plans as tables: both sides, the change, the verdicts."""

from __future__ import annotations

from etl.context import opened
from indicators.assess import Assessment
from indicators.compare import Compared, Pair, worst_turned_first
from indicators.compare_plans import Ask
from indicators.formats import decimals_of
from indicators.judge import Verdict
from indicators.period import period_inside
from indicators.sentence import verdict_text
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import target_text, unit_of
from indicators.text import say
from pages.parts.compare.data import PLAN, asked_of, compared, compared_plans
from pages.parts.compare.data import Asked as Two
from pages.parts.compare.head import sides_of
from pages.parts.compare.plans import scope_text
from pages.parts.compare.rows import Sides, amount_text, reason_text
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns


def sides(asked: Asked) -> Table:
    """The targets that lead the plan, what is worse first."""
    return side_table("compare.rows.title", asked, headline=True)


def other_sides(asked: Asked) -> Table:
    """What the sentence of the page does not count."""
    return side_table("compare.rows.others", asked, headline=False)


def side_table(title: str, asked: Asked, *, headline: bool) -> Table:
    """A row for each measure of each target."""
    two = asked_of(asked.more, asked.view)
    heads = columns(asked, "target", "measure", "plan")
    if two.by == PLAN or not two.other:
        return Table(say(title, asked.language), heads, [])
    names = sides_of(two)
    found = [c for c in compared(two) if c.a.target.headline is headline]
    rows = [row(c, pair, names) for c in worst_turned_first(found) for pair in c.pairs]
    key = title + (names.suffix if headline else "")
    name = f"{say(key, asked.language)}: {names.here}, {names.there}"
    return Table(name, [*heads, *side_columns(names, asked)], rows)


def side_columns(names: Sides, asked: Asked) -> list[Column]:
    """Both values, the change, what it means, both verdicts."""
    verdict = [
        Column(say("take.col.verdict_of", asked.language, name=name))
        for name in (names.there, names.here)
    ]
    numbers = [Column(name, is_number=True) for name in (names.there, names.here)]
    words = ("difference", "change", "turn", "reason_unlike")
    return [*numbers, *columns(asked, *words, numbers=("difference",)), *verdict]


def row(found: Compared, pair: Pair, names: Sides) -> list[Cell]:
    """One measure on both sides; of what every unit must meet, the per cent of units that do."""
    language, shown, target = names.view.language, pair.a.indicator, found.a.target
    is_vi, is_whole = language == "vi", len(found.pairs) == 1
    name = target.name_vi if is_vi and is_whole else shown.name_vi if is_vi else shown.name_en
    decimals = 1 if pair.here.total or pair.there.total else shown.decimals
    there, here = (found.there, found.here) if is_whole else (pair.there.verdict, pair.here.verdict)
    return [
        name,
        unit_of(shown, language),
        target_text(target, shown, language),
        figure(pair.there.value, decimals),
        figure(pair.here.value, decimals),
        None if pair.change is None else Figure(pair.change, decimals),
        amount_text(pair, names) or None,
        names.text(f"compare.turn{names.suffix}.{pair.turn}"),
        reason_text(pair, names) if pair.reason is not None else None,
        verdict(there, language),
        verdict(here, language),
    ]


def verdict(found: Verdict | None, language: str) -> Cell:
    """The word; nothing where no verdict is given."""
    return None if found is None else verdict_text(found, language)


def two_plans(asked: Asked) -> Table:
    """Every target of both plans: first for what both ask, then what only one asks."""
    two, language = asked_of(asked.more, asked.view), asked.language
    heads = columns(asked, *PLAN_WORDS, numbers=("actual", "superior"))
    title = say("compare.plans.title", language)
    if two.by != PLAN or not two.other:
        return Table(title, heads, [])
    found = compared_plans(two)
    asks = [ask for pair in found.shared for ask in (pair.here, pair.there)]
    asks += [*found.only_here, *found.only_there]
    unique = {(ask.plan.id, ask.target.id): ask for ask in asks}
    return Table(title_of(title, two), heads, [ask_row(ask, asked) for ask in unique.values()])


PLAN_WORDS = (
    "plan_name",
    "target",
    "measure",
    "plan",
    "deadline",
    "scope",
    "actual",
    "verdict",
    "superior",
    "superior_source",
)


def title_of(title: str, two: Two) -> str:
    """With the names of both plans."""
    plans = opened().deployment.plans
    return f"{title}: {plans[two.view.plan].short_vi}, {plans[two.other].short_vi}"


def ask_row(ask: Ask, asked: Asked) -> list[Cell]:
    """One target of one plan, where it stands, and what the level above asks."""
    language, deployment, target = asked.language, asked.deployment, ask.target
    shown, above = deployment.catalogue.indicators[target.indicator], target.superior
    return [
        ask.plan.short_vi,
        asked.pick(target.name_vi, shown.name_en),
        unit_of(shown, language),
        target_text(target, shown, language),
        period_inside(ask.plan.deadline(target), language),
        scope_text(ask, deployment, asked.view),
        *standing(ask.assessed, language),
        None if above is None else Figure(above.value, decimals_of(above.value)),
        None if above is None else above.source,
    ]


def standing(a: Assessment | None, language: str) -> tuple[Cell, Cell]:
    """Value and verdict; nothing where the period lies outside the plan's years."""
    if a is None:
        return None, None
    value = None if a.units else figure(a.measure.value, a.indicator.decimals)
    return value, verdict_text(a.verdict, language)
