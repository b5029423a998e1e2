"""So sánh: two periods, two units, or two plans; what is better, what is worse, what does not compare."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from indicators.charts.dumbbell import dumbbell
from indicators.text import say
from pages.parts.compare.data import PERIOD, PLAN, UNIT, Asked, asked_of, compared, compared_plans
from pages.parts.compare.head import answer, choices, menu, sides_of, tabs
from pages.parts.compare.pick import nobody, pick
from pages.parts.compare.plans import plans_html
from pages.parts.compare.rows import others_card, rows_card
from pages.parts.data import areas_of, picture_of
from pages.parts.figure import draw
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.view import current_view


def main() -> None:
    """The page from top to bottom."""
    view = current_view()
    asked = asked_of(dict(st.query_params), view)
    filters(view, () if asked.by == PLAN else areas_of(view))
    fresh_bar(picture_of(view), view, "/so-sanh")
    show(tabs(asked) + choices(asked), key="compare-choices")
    if not asked.other:
        show(pick(asked), key="compare-pick")
    elif asked.by == PLAN:
        plans = opened().deployment.plans
        html = plans_html(compared_plans(asked), plans[view.plan], plans[asked.other], asked)
        show(html + foot(asked), key="compare")
    else:
        values(asked)


def values(asked: Asked) -> None:
    """Two periods or two units: the sentence, the rows, the picture."""
    found, sides = compared(asked), sides_of(asked)
    if not found:
        show(nobody(asked), key="compare-pick")
        return
    counted = [c for c in found if c.a.target.headline]
    rest = [c for c in found if not c.a.target.headline]
    cards = rows_card(counted, sides, menu(asked, "sides")) if counted else ""
    cards += others_card(rest, sides, menu(asked, "other_sides"))
    show(f'{answer(counted, sides)}<div class="vd-stack">{cards}</div>', key="compare")
    names = (sides.here, sides.there)
    figure = dumbbell(counted, names, asked.view.language, suffix=sides.suffix)
    if figure:
        with st.container(key="vd-card-dumbbell"):
            draw(figure, key=f"dumbbell-{asked.by}-{asked.other}")
    show(foot(asked), key="compare-foot")


def foot(asked: Asked) -> str:
    """How to read it, and where it is explained."""
    language = asked.view.language
    note = {PERIOD: "period", UNIT: "unit", PLAN: "plan"}[asked.by]
    link = f'<a href="{e(asked.view.link("/phuong-phap", {"muc": "compare"}))}">'
    how = e(say("compare.note.link", language))
    return f'<p class="vd-foot">{e(say(f"compare.note.{note}", language))} {link}{how} →</a></p>'


main()
