"""Choosing what to send: files, hints; and the form to fill in when there is no file."""

from __future__ import annotations

import streamlit as st

from etl.context import opened, today
from etl.entries import Hints
from etl.export.form import form_workbook
from etl.template import forms_of, reporting_periods, reporting_units, template_csv
from indicators.period import Period, PeriodKind, parse_period, period_label
from indicators.plans import Plan
from indicators.text import say
from pages.parts.html import e
from pages.parts.submit.marked import XLSX
from pages.parts.submit.sending import Preview, preview, uploader_key
from pages.parts.view import View

HINT_PERIOD, HINT_UNIT = "vd-hint-period", "vd-hint-unit"


def choose(view: View) -> list[Preview]:
    """Files and hints; a preview of each file chosen."""
    language = view.language
    with st.container(key="vd-choose"):
        files = st.file_uploader(
            say("submit.files", language), accept_multiple_files=True, key=uploader_key()
        )
        with st.container(horizontal=True, key="vd-hints"):
            hints = _hints(view)
    if not files:
        return []
    with st.spinner(say("submit.checking", language), show_time=False):
        return [preview(file.name, file.getvalue(), hints) for file in files]


def _hints(view: View) -> Hints:
    language = view.language
    automatic = say("submit.automatic", language)
    names = opened().deployment.units.latest_names
    period = st.selectbox(
        say("submit.period", language),
        ["", *periods_of(view)],
        format_func=lambda c: period_label(parse_period(c), language) if c else automatic,
        key=HINT_PERIOD,
    )
    unit = st.selectbox(
        say("submit.unit", language),
        ["", *reporters_of(view)],
        format_func=lambda u: names[u].name if u else automatic,
        key=HINT_UNIT,
    )
    return Hints(today(), parse_period(period) if period else None, unit or None)


def periods_of(view: View) -> list[str]:
    """The codes of the periods that may be reported under the plan of the view."""
    return [p.code for p in reporting_periods(opened().deployment, None, years(_plan(view)))]


def reporters_of(view: View) -> list[str]:
    """The units that report under the plan of the view."""
    return reporters(_plan(view))


def _plan(view: View) -> Plan:
    return opened().deployment.plans[view.plan]


def years(plan: Plan) -> range:
    """The years of a plan that have begun, and the one before it."""
    return range(plan.first_year - 1, min(plan.last_year, today().year) + 1)


def reporters(plan: Plan) -> list[str]:
    """The units of the plan's area that report anything, as they stood at its last year."""
    last = Period(min(plan.last_year, today().year), PeriodKind.YEAR)
    return reporting_units(opened().deployment, plan.unit, last)


def template(view: View) -> None:
    """A unit, a period, and the form to fill in for them."""
    language, deployment = view.language, opened().deployment
    with st.expander(say("template.title", language)):
        with st.container(horizontal=True, key="vd-template", vertical_alignment="bottom"):
            unit = _template_unit(view)
            found = reporting_periods(deployment, unit, years(_plan(view))) if unit else []
            if not found:
                return
            period = parse_period(_template_period([p.code for p in found], view))
            _template_buttons(unit, period, language)
        forms = forms_of(deployment, unit, period)
        count = sum(len(form.quantities) for form in forms)
        names = ", ".join(f.name_vi if language == "vi" else f.name_en for f in forms)
        listed = say("template.contents", language, count=count, forms=names)
        st.html(f'<p class="vd-quiet">{e(listed)}. {e(say("template.hint", language))}</p>')


def _template_buttons(unit: str, period: Period, language: str) -> None:
    """The same form as a workbook, made when it is asked for, and as text."""
    context = opened()
    st.download_button(
        say("template.xlsx", language),
        lambda: form_workbook(context.store.cursor(), context.deployment, unit, period, language),
        file_name=f"{period.code}_{unit}.xlsx",
        mime=XLSX,
        on_click="ignore",
        type="primary",
        key="vd-template-xlsx",
    )
    st.download_button(
        say("template.csv", language),
        template_csv(context.deployment, unit, period),
        file_name=f"{period.code}_{unit}.csv",
        mime="text/csv",
        on_click="ignore",
        key="vd-template-csv",
    )


def _template_unit(view: View) -> str:
    """The unit of the view if it reports, else the first that has a form for its period."""
    deployment, units = opened().deployment, reporters(_plan(view))
    period = parse_period(view.period)
    likely = (u for u in units if forms_of(deployment, u, period))
    first = view.unit if view.unit in units else next(likely, "")
    return st.selectbox(
        say("submit.unit", view.language),
        units,
        index=units.index(first) if first else 0,
        format_func=lambda u: deployment.units.latest_names[u].name,
        key="vd-template-unit",
    )


def _template_period(codes: list[str], view: View) -> str:
    return st.selectbox(
        say("submit.period", view.language),
        codes,
        index=codes.index(view.period) if view.period in codes else 0,
        format_func=lambda c: period_label(parse_period(c), view.language),
        key="vd-template-period",
    )
