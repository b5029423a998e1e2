"""The mode for a meeting-room screen: one screen after another, by keys, and the way out."""

from __future__ import annotations

from indicators.deployment import Deployment
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.links import PAGES, Page
from pages.parts.view import View, address

OF_ONE = "/chi-tieu"  # the page that is shown once for each headline target


def deck(view: View, deployment: Deployment) -> list[tuple[str, View]]:
    """The screens in order, as page and view: the overview, every headline target, the rest.

    Pages of a group (figures, reference) are for those who work with them, not for a meeting.
    """
    plan = deployment.plans[view.plan]
    indicators = dict.fromkeys(t.indicators[0] for t in plan.targets if t.headline and t.indicators)
    screens: list[tuple[str, View]] = []
    for page in (page for page in PAGES if not page.group):
        if page.path == OF_ONE:
            screens += [(page.path, view.on(indicator=each)) for each in indicators]
        else:
            screens.append((page.path, view.on(indicator="")))
    return screens


def deck_bar(page: Page, view: View, deployment: Deployment) -> str:
    """What is looked at, which screen this is, and the keys as links."""
    screens = deck(view, deployment)
    at = place(page, view, screens)
    count = format_number(len(screens), 0, view.language)
    number = "" if at is None else f"<b>{format_number(at + 1, 0, view.language)}/{count}</b>"
    before = screens[-1 if at is None else at - 1]
    after = screens[0 if at is None else (at + 1) % len(screens)]
    ways = (
        f'<nav aria-label="{e(say("deck.label", view.language))}">'
        f"{way('ArrowLeft PageUp', '←', 'back', before, view)}{number}"
        f"{way('ArrowRight PageDown', '→', 'on', after, view)}{leave(page, view)}</nav>"
    )
    return f'<div class="vd-deck"><span>{what(view, deployment)}</span>{ways}</div>'


def place(page: Page, view: View, screens: list[tuple[str, View]]) -> int | None:
    """Which of the screens is open; None for a page that is none of them."""
    found = (
        number
        for number, (path, asked) in enumerate(screens)
        if path == page.path and (path != OF_ONE or asked.indicator == view.indicator)
    )
    return next(found, None)


def what(view: View, deployment: Deployment) -> str:
    """Whose figures, of which plan and period: in the place of the choices, which are hidden."""
    settings, plan = deployment.settings, deployment.plans[view.plan]
    owner = settings.name_vi if view.language == "vi" else settings.name_en
    unit = deployment.units.latest_names[view.unit].name
    period = period_label(parse_period(view.period), view.language)
    return " · ".join(e(text) for text in dict.fromkeys((owner, plan.short_vi, period, unit)))


def way(keys: str, sign: str, word: str, to: tuple[str, View], view: View) -> str:
    """One way on, as a link that its keys press (frame.js)."""
    path, asked = to
    label = e(say(f"deck.{word}", view.language))
    return (
        f'<a href="{e(asked.link(path))}" data-key="{keys}" aria-label="{label}" '
        f'title="{label}">{sign}</a>'
    )


def leave(page: Page, view: View) -> str:
    """The way back to the same view with its menu."""
    text = e(say("deck.leave", view.language))
    return (
        f'<a class="vd-leave" href="{e(address(page.path, mode=""))}" data-key="Escape">{text}</a>'
    )
