"""The lines that every table and picture carries: whose, which plan, period, unit, known when."""

from __future__ import annotations

from datetime import datetime

from etl.context import local, opened
from etl.results import Picture
from etl.store.audit import version_at
from etl.store.connect import Store, now
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.table import Caption
from indicators.text import say
from pages.parts.data import holds_simulated, picture_of
from pages.parts.take.asked import Asked
from pages.parts.view import View


def caption_of(view: View) -> Caption:
    """The caption of whatever is shown for this view."""
    context, language = opened(), view.language
    settings = context.deployment.settings
    owner = settings.name_vi if language == "vi" else settings.name_en
    picture = picture_of(view)
    lines = (
        say("take.plan", language, plan=context.deployment.plans[view.plan].document),
        where(view),
        fresh(picture, version_of(view, context.store), language),
        known(view),
        say("take.source", language, owner=owner),
    )
    mark = say("simulated.label", language) if picture.simulated else ""
    return Caption(tuple(filter(None, lines)), mark)


def caption_of_acts(name: str, view: View) -> Caption:
    """The caption of a log, which holds all time whatever plan, period and unit are looked at."""
    settings, language = opened().deployment.settings, view.language
    owner = settings.name_vi if language == "vi" else settings.name_en
    # Who came in is real even beside simulated figures.
    with_simulated = name == "log" and holds_simulated()
    lines = (
        say("take.acts_of", language, owner=owner),
        say("take.acts_until", language, moment=clock(view.moment or now())),
        say("take.acts_simulated", language) if with_simulated else "",
    )
    return Caption(tuple(filter(None, lines)))


def version_of(view: View, store: Store) -> int:
    """The version of the data the view stands on: that of then, where it looks from earlier."""
    return store.version() if view.moment is None else version_at(store.cursor(), view.moment)


def where(view: View) -> str:
    """Period and unit."""
    period = period_label(parse_period(view.period), view.language)
    return say("take.where", view.language, period=period, unit=Asked(view).unit)


def fresh(picture: Picture, version: int, language: str) -> str:
    """How new and complete the figures are, and their version."""
    due, done = picture.progress.units_due, picture.progress.units_done
    return say(
        "take.fresh",
        language,
        day=f"{local(picture.latest):%d/%m/%Y}" if picture.latest else "…",
        reported=format_number(done, 0, language),
        expected=format_number(due, 0, language),
        version=version,
    )


def known(view: View) -> str:
    """From which earlier moment it is looked at, "" for now."""
    if view.moment is None:
        return ""
    return say("take.known", view.language, moment=clock(view.moment))


def made(language: str) -> str:
    """When the file was made."""
    return say("take.made", language, moment=clock(now()))


def clock(moment: datetime) -> str:
    """A stored moment as written in Vietnam."""
    return f"{local(moment):%H:%M %d/%m/%Y}"
