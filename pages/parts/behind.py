"""What stands behind one number, folded away: how it is computed, and every figure in it."""

from __future__ import annotations

import streamlit as st

from indicators.deployment import Deployment
from indicators.text import say
from pages.parts.chosen import Chosen
from pages.parts.data import sources_of
from pages.parts.grounds import definition, lineage
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.take.menu import take


def behind(chosen: Chosen, deployment: Deployment) -> None:
    """Definition and legal basis; numerator and denominator down to file, sheet, row, column."""
    view, own = chosen.view, chosen.own
    language, plan = view.language, deployment.plans[view.plan]
    found = sources_of(view, own)
    with st.expander(say("grounds.how", language)):
        show(definition(own, plan, found.formula, language), key="definition")
    with st.expander(say("grounds.where", language)):
        names = names_of(deployment, own.period)
        rows = lineage(found, own, names, deployment.catalogue, language)
        menu = take("lineage", say("grounds.where", language), view) if found.facts else ""
        show(f'<div class="vd-right">{menu}</div>{rows}', key="lineage")
