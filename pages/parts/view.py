"""What a page looks at: plan, period, unit, indicator, moment, language, mode; kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

import streamlit as st

from etl.context import Context, local, opened, parse_moment, today
from etl.store.current import approved
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind, parse_period
from indicators.plans import Plan
from indicators.text import LANGUAGES

PRESENTING = "trinh-chieu"  # the mode for a meeting-room screen, as the address writes it
APPROVED = "approved"  # only approved figures, as the address writes it


@dataclass(frozen=True)
class View:
    """One view; every part is checked against the catalogue, an unknown one falls to the default."""

    plan: str
    period: str
    unit: str
    indicator: str = ""
    language: str = "vi"
    known: str = ""  # a day or moment, ISO: only what had been received by then counts; "" is now
    mode: str = ""  # `PRESENTING`, else ""
    figures: str = ""  # `APPROVED`: only approved reports count, else ""

    @property
    def moment(self) -> datetime | None:
        """The earlier moment that is looked from, UTC; None for now."""
        return parse_moment(self.known) if self.known else None

    @property
    def known_on(self) -> datetime | None:
        """What counts: submissions up to this moment (None: all), approved ones alone if asked."""
        return approved(self.moment) if self.figures else self.moment

    @property
    def basis(self) -> str:
        """What counts, as part of the key under which a result is kept."""
        return f"{self.figures}@{self.known}"

    @property
    def today(self) -> date:
        """The day on which this view stands: that of ``known``, else today in Vietnam."""
        return local(self.moment).date() if self.moment else today()

    def on(self, **changes: str) -> View:
        """The same view with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def link(self, page: str, more: Mapping[str, str] | None = None, /, **changes: str) -> str:
        """The address of a page that keeps this view, with some parts changed.

        ``more``: what that page alone asks of the address. What is empty is left out.
        """
        other = self.on(**changes)
        parts = {
            "plan": other.plan,
            "period": other.period,
            "unit": other.unit,
            "indicator": other.indicator,
            "known": other.known,
            "lang": other.language if other.language != "vi" else "",
            "mode": other.mode,
            "figures": other.figures,
            **(more or {}),
        }
        return f"{page}?{urlencode({name: text for name, text in parts.items() if text})}"


def current_view() -> View:
    """The view that the address asks for."""
    return view_of(dict(st.query_params), opened().deployment)


def view_of(asked: dict[str, str], deployment: Deployment) -> View:
    """The view for query parameters; whatever is not in the catalogue becomes the default."""
    settings = deployment.settings
    plan_id = asked.get("plan", "")
    plan = deployment.plans.get(plan_id) or deployment.plans[settings.default_plan]
    unit = asked.get("unit", "")
    indicators = {i for t in plan.targets for i in t.indicators}
    indicator = asked.get("indicator", "")
    return View(
        plan.id,
        _period(asked.get("period", ""), plan, settings.default_period),
        unit if unit in deployment.units.ids else plan.unit,
        indicator if indicator in indicators else "",
        language_of(asked),
        _known(asked.get("known", "")),
        PRESENTING if asked.get("mode") == PRESENTING else "",
        APPROVED if asked.get("figures") == APPROVED else "",
    )


def language_of(asked: Mapping[str, str]) -> str:
    """The language that the address asks for, Vietnamese where it asks for none that we speak."""
    language = asked.get("lang", "vi")
    return language if language in LANGUAGES else "vi"


def _known(text: str) -> str:
    try:
        parse_moment(text)
    except ValueError:
        return ""
    return text


def _period(code: str, plan: Plan, default: str) -> str:
    try:
        return parse_period(code).code
    except ValueError:
        year = parse_period(default).year
        inside = plan.first_year <= year <= plan.last_year
        return default if inside else str(plan.first_year)


def periods_of(plan: Plan, context: Context) -> list[Period]:
    """The periods a plan can be looked at: every quarter, half, nine months and year of it."""
    found = [
        period
        for year in range(plan.first_year, plan.last_year + 1)
        for period in (
            Period(year, PeriodKind.YEAR),
            Period(year, PeriodKind.NINE_MONTHS),
            *Period(year, PeriodKind.YEAR).parts(PeriodKind.HALF)[:1],
            *Period(year, PeriodKind.YEAR).parts(PeriodKind.QUARTER),
        )
    ]
    return sorted(found, key=lambda period: period.sort_key, reverse=True)


def address(page: str, **changes: str) -> str:
    """The address that is open now as a link to ``page``, with some parts changed; "" drops one.

    Unlike `View.link` it keeps what belongs to one page alone: a verdict that filters a list.
    """
    asked = {**dict(st.query_params), **changes}
    query = urlencode({name: text for name, text in asked.items() if text})
    return f"{page}?{query}" if query else page
