"""Where the view has nothing on the other side: what to choose first."""

from __future__ import annotations

from indicators.text import say
from pages.parts.compare.data import PLAN, UNIT, Asked
from pages.parts.compare.head import side_name
from pages.parts.data import areas_of
from pages.parts.html import e


def pick(asked: Asked) -> str:
    """A card with the units below as links; for periods and plans that there is no other."""
    language = asked.view.language
    if asked.by != UNIT:
        return notice("compare.no_plan" if asked.by == PLAN else "compare.no_period", language)
    found = [unit for unit in areas_of(asked.view) if unit != asked.view.unit]
    links = "".join(
        f'<a class="vd-chip" href="{e(asked.link(unit=unit))}">{e(side_name(unit, asked))}</a>'
        for unit in found
    )
    name = side_name(asked.view.unit, asked)
    lead = e(say("compare.pick_lead", language, name=name))
    return (
        f'<div class="vd-summary"><h1>{e(say("compare.pick", language))}</h1>'
        f'<p class="vd-sub">{lead}</p></div><div class="vd-links vd-pick">{links}</div>'
    )


def nobody(asked: Asked) -> str:
    """Where no target says anything of either unit."""
    return notice("compare.nobody", asked.view.language)


def notice(key: str, language: str) -> str:
    """A card with one sentence."""
    return f'<section class="vd-card vd-notice"><b>{e(say(key, language))}</b></section>'
