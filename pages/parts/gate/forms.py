"""The pages of the gate, as HTML of our own: logging in, logging out, another password."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from etl.accounts.passwords import SHORTEST
from etl.web import deployment_name, place_of
from indicators.text import LANGUAGES, say
from pages.parts.gate.gate import LOGIN, LOGOUT, PASSWORD
from pages.parts.gate.visit import parts_of
from pages.parts.html import e

CSS = Path(__file__).with_name("gate.css")
# Nothing of this page needs a script, or anything from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Asked:
    """What a form was asked with: language, where one wanted to go, what its form must carry."""

    language: str
    wanted: str
    form_token: str
    problem: str = ""  # the key of a text


def safe_path(wanted: str) -> str:
    """Where one wanted to go, only inside this application; "/" for anything else."""
    found = parts_of(wanted)
    is_plain = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    is_ours = is_plain and wanted.isprintable() and not found.netloc and not found.scheme
    return wanted if is_ours and found.path not in {"", LOGIN, LOGOUT, PASSWORD} else "/"


def language_of(lang: str, wanted: str) -> str:
    """The language asked for, else that of the page one wanted to go to."""
    inside = parse_qs(urlsplit(wanted).query).get("lang", [""])[0]
    return next((found for found in (lang, inside) if found in LANGUAGES), LANGUAGES[0])


def login_page(asked: Asked, *, login: str = "", elsewhere: str = "") -> str:
    """The login. ``elsewhere``: what the login of the organisation is called, "" where none is."""
    language = asked.language
    fields = field("login", "username", language, value=login, kind="text")
    fields += field("password", "current-password", language)
    other = elsewhere_link(asked, elsewhere) if elsewhere else ""
    hint = f"<p>{e(say('account.form.forgotten', language))}</p>"
    body = form(LOGIN, fields, say("account.form.enter", language), asked)
    return page(say("account.form.title", language), body + other + hint, asked, LOGIN)


def elsewhere_link(asked: Asked, name: str) -> str:
    """The way to the login of the organisation."""
    there = f"{LOGIN}/oidc?den={quote(asked.wanted, safe='')}&lang={asked.language}"
    text = say("account.form.elsewhere", asked.language, name=name)
    return f'<a class="other" href="{e(there)}">{e(text)}</a>'


def logout_page(asked: Asked, name: str) -> str:
    """The question whether to leave."""
    language = asked.language
    body = f"<p>{e(say('account.form.leave_question', language, name=name))}</p>"
    body += form(LOGOUT, "", say("account.leave", language), asked)
    body += f'<a class="other" href="{e(asked.wanted)}">{e(say("account.form.stay", language))}</a>'
    return page(say("account.leave", language), body, asked, LOGOUT)


def password_page(asked: Asked, login: str, *, forced: bool) -> str:
    """Another password; ``forced``: nothing else can be done before."""
    language = asked.language
    why = "account.form.forced" if forced else "account.form.password_why"
    fields = f'<input type="hidden" name="username" autocomplete="username" value="{e(login)}">'
    fields += field("current", "current-password", language)
    fields += field("new", "new-password", language)
    fields += field("again", "new-password", language)
    body = f"<p>{e(say(why, language, count=SHORTEST))}</p>"
    body += form(PASSWORD, fields, say("account.form.change", language), asked)
    away = "account.leave" if forced else "account.form.back"
    body += f'<a class="other" href="{e(LOGOUT if forced else asked.wanted)}">'
    body += f"{e(say(away, language))}</a>"
    return page(say("account.password.title", language), body, asked, PASSWORD)


def field(name: str, filled: str, language: str, *, value: str = "", kind: str = "password") -> str:
    """A field with its label; ``filled`` is what a keeper of passwords may fill in."""
    label = e(say(f"account.form.{name}", language))
    # The browser checks nothing in its own language: an empty field comes back with our sentence.
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" '
        f'value="{e(value)}" autocomplete="{filled}" autocapitalize="none" spellcheck="false">'
    )


def form(action: str, fields: str, button: str, asked: Asked) -> str:
    """A form with what it must carry and what was wrong with it the last time."""
    problem = ""
    if asked.problem:
        text = e(say(asked.problem, asked.language))
        problem = f'<p class="problem" role="alert">{text}</p>'
    kept = {"form": asked.form_token, "den": asked.wanted, "lang": asked.language}
    hidden = "".join(f'<input type="hidden" name="{k}" value="{e(v)}">' for k, v in kept.items())
    return (
        f'<form method="post" action="{action}" novalidate>{problem}'
        f"{hidden}{fields}<button>{e(button)}</button></form>"
    )


def page(title: str, body: str, asked: Asked, path: str) -> str:
    """The whole document."""
    owner = deployment_name(place_of(os.environ), asked.language)
    links = "".join(in_language(each, asked, path) for each in LANGUAGES)
    return (
        f'<!doctype html><html lang="{asked.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{e(title)} · Vạn Dân</title><link rel="icon" href="data:,">'
        f"<style>{style()}</style></head><body><header><b>Vạn Dân</b><span>{e(owner)}</span>"
        f'<nav aria-label="{e(say("frame.language", asked.language))}">{links}</nav></header>'
        f"<main><h1>{e(title)}</h1>{body}</main></body></html>"
    )


def in_language(language: str, asked: Asked, path: str) -> str:
    """The same page in a language; the one shown is no link."""
    if language == asked.language:
        return f'<span aria-current="true" lang="{language}">{language.upper()}</span>'
    there = f"{path}?lang={language}&den={quote(asked.wanted, safe='')}"
    name = e(say(f"frame.in_{language}"))
    return (
        f'<a href="{e(there)}" lang="{language}" hreflang="{language}" '
        f'aria-label="{language.upper()}: {name}">{language.upper()}</a>'
    )


@cache
def style() -> str:
    """The look of these pages."""
    return CSS.read_text("utf-8")
