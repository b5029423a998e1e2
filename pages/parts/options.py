"""What a visitor sets for every page: language, moment, presentation; and the link to this view."""

from __future__ import annotations

from etl.context import is_day, local, today
from indicators.text import LANGUAGES, say
from pages.parts.html import e
from pages.parts.links import Page
from pages.parts.view import PRESENTING, View, address

DAY, MOMENT = "%d/%m/%Y", "%H:%M %d/%m/%Y"


def languages(page: Page, language: str) -> str:
    """One link for each language, to this very view in it; the one shown is no link."""
    links = "".join(in_language(each, page, each == language) for each in LANGUAGES)
    label = e(say("frame.language", language))
    return f'<div class="vd-languages" role="group" aria-label="{label}">{links}</div>'


def in_language(language: str, page: Page, is_shown: bool) -> str:
    """A language by its two letters, with its name in itself."""
    letters, name = language.upper(), e(say(f"frame.in_{language}"))
    if is_shown:
        return f'<span aria-current="true" lang="{language}" title="{name}">{letters}</span>'
    there = e(address(page.path, lang="" if language == "vi" else language))
    return (
        f'<a href="{there}" lang="{language}" hreflang="{language}" title="{name}" '
        f'aria-label="{letters}: {name}">{letters}</a>'
    )


def options(page: Page, view: View) -> str:
    """The rest, folded away: an earlier moment, the link, the presentation."""
    title = e(say("frame.options", view.language))
    parts = ("" if page.always_now else moment_form(view)) + copy_button(page, view)
    present = e(address(page.path, mode=PRESENTING))
    parts += f'<a class="vd-option" href="{present}">{e(say("frame.present", view.language))}</a>'
    return f'<details class="vd-options"><summary>{title}</summary><div>{parts}</div></details>'


def moment_form(view: View) -> str:
    """The choice of a day; frame.js puts it into the address, an empty one takes it out."""
    day = f"{view.today:{DAY}}" if view.known else ""
    keys = ("known", "known_hint", "known_show", "known_form", "known_wrong")
    label, hint, button, form, wrong = (e(say(f"frame.{key}", view.language)) for key in keys)
    # Not an input of dates: its browser may write 12 October as 10/12, whatever our language.
    return (
        f'<form data-known="{today():%Y-%m-%d}" data-wrong="{wrong}" novalidate>'
        f'<label for="vd-known">{label}</label><span><input id="vd-known" name="known" '
        f'inputmode="numeric" autocomplete="off" placeholder="{form}" value="{day}" '
        f'aria-describedby="vd-known-hint"><button>{button}</button></span>'
        f'<small id="vd-known-hint">{hint}</small><small role="alert"></small></form>'
    )


def copy_button(page: Page, view: View) -> str:
    """The button that copies the address; a field that holds it where the browser forbids that."""
    copied, by_hand, label, text = (
        e(say(f"frame.{key}", view.language))
        for key in ("copied", "copy_by_hand", "address", "copy")
    )
    return (
        f'<button class="vd-option" data-copy="{e(whole_address(page, view))}" data-done="{copied}" '
        f'data-by-hand="{by_hand}">{text}</button>'
        f'<input readonly hidden aria-label="{label}"><small role="status"></small>'
    )


def whole_address(page: Page, view: View) -> str:
    """The address with what it leaves to the defaults spelled out: those move with the years."""
    if page.always_now:
        return address(page.path)
    return address(page.path, plan=view.plan, period=view.period)


def moment_notice(page: Page, view: View) -> str:
    """That the figures are not those of now, and the way back; "" where they are."""
    known = view.moment
    if known is None:
        return ""
    day = f"{local(known):{DAY if is_day(view.known) else MOMENT}}"
    kind = "day" if is_day(view.known) else "moment"
    key = "always_now" if page.always_now else kind
    back = address(page.path, known="")
    link = f'<a href="{e(back)}">{e(say("frame.now", view.language))}</a>'
    text = e(say(f"known.{key}", view.language, day=day))
    return f'<p class="vd-known" role="status"><b>{text}</b> {link}</p>'
