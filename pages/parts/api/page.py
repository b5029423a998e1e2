"""The API for people: one page of HTML of our own, from the table of resources."""

from __future__ import annotations

from urllib.parse import urlencode

from etl.api.openapi import ADDRESS, EXAMPLES
from etl.api.resources import RESOURCES, ROOT, Resource
from indicators.text import LANGUAGES, say
from pages.parts.html import e

STYLE = """
@font-face { font-family: 'Be Vietnam Pro'; font-weight: 400; src: url(/fonts/BeVietnamPro-Regular.ttf); }
@font-face { font-family: 'Be Vietnam Pro'; font-weight: 600; src: url(/fonts/BeVietnamPro-SemiBold.ttf); }
:root { --ink: #16262e; --mute: #5a6b74; --line: #dfe5e8; --accent: #0b6b6b; --ground: #f6f8f9; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.6 'Be Vietnam Pro', sans-serif; }
main { max-width: 980px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 26px; line-height: 1.25; margin: 18px 0 6px; } h2 { font-size: 17px; margin: 0; }
a { color: var(--accent); } nav { display: flex; flex-wrap: wrap; gap: 6px 18px; font-size: 14px; }
p { margin: 6px 0; max-width: 76ch; } .lead { font-size: 17px; } .mute { color: var(--mute); }
section { background: #fff; border: 1px solid var(--line); border-radius: 12px; }
section { padding: 18px 20px; margin: 14px 0; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.address { display: block; background: var(--ground); border-radius: 6px; padding: 7px 10px; margin: 8px 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0; border-top: 1px solid var(--line); }
th { font-weight: 400; color: var(--mute); font-size: 13px; border: 0; }
td:first-child { white-space: nowrap; width: 10em; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; font-size: 14px; padding: 6px 0; }
a:focus-visible, summary:focus-visible { outline: 3px solid #7cc4c4; outline-offset: 2px; }
"""


def page(language: str) -> str:
    """The whole page; Vietnamese where the language is none of ours."""
    language = language if language in LANGUAGES else "vi"
    title, lead = e(say("api.title", language)), e(say("api.lead", language))
    parts = "".join(_resource(resource, language) for resource in RESOURCES.values())
    notes = "".join(f"<p>{e(say(f'api.{key}', language))}</p>" for key in ("how", "caching"))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · Vạn Dân</title><style>{STYLE}</style></head><body><main>"
        f'{_links(language)}<h1>{title}</h1><p class="lead">{lead}</p>{notes}{parts}'
        "</main></body></html>"
    )


def _links(language: str) -> str:
    other = "en" if language == "vi" else "vi"
    name = "English" if other == "en" else "Tiếng Việt"
    home = "/" if language == "vi" else "/?lang=en"
    return (
        f'<nav><a href="{home}">{e(say("api.back", language))}</a>'
        f'<a href="{ADDRESS}">{e(say("api.machine", language))}</a>'
        f'<a href="{ROOT}/?lang={other}" lang="{other}">{name}</a></nav>'
    )


def _resource(resource: Resource, language: str) -> str:
    title = e(say(f"api.resource.{resource.name}", language))
    address = example(resource)
    return (
        f'<section id="{resource.name}"><h2>{title}</h2>'
        f'<code class="address">GET {e(resource.path)}</code>{_parameters(resource, language)}'
        f'<p class="mute">{e(say("api.example", language))}: '
        f'<a href="{e(address)}"><code>{e(address)}</code></a></p>{_fields(resource, language)}'
        "</section>"
    )


def example(resource: Resource) -> str:
    """An address that answers in the demo province."""
    parts = {name: EXAMPLES[name] for name in resource.takes.needed}
    if resource.is_paged:
        parts |= {"period": EXAMPLES["period"], "limit": "50"}
    return f"{resource.path}?{urlencode(parts)}" if parts else resource.path


def _parameters(resource: Resource, language: str) -> str:
    if not resource.takes.all:
        return f'<p class="mute">{e(say("api.none", language))}</p>'
    needed = f" <b>({e(say('api.needed', language))})</b>"
    rows = "".join(
        f"<tr><td><code>{name}</code></td><td>{e(say(f'api.parameter.{name}', language))}"
        f"{needed if name in resource.takes.needed else ''}</td></tr>"
        for name in resource.takes.all
    )
    head = e(say("api.parameters", language))
    return f'<div class="wide"><table><tr><th scope="col">{head}</th><th></th></tr>{rows}</table></div>'


def _fields(resource: Resource, language: str) -> str:
    rows = "".join(
        f"<tr><td><code>{e('.'.join(f.path))}</code></td><td>{e(f.vi if language == 'vi' else f.en)}"
        f'</td><td class="mute"><code>{e(f.type)}</code></td></tr>'
        for f in resource.fields
    )
    title = f"{say('api.fields', language)} ({len(resource.fields)})"
    return f'<details><summary>{e(title)}</summary><div class="wide"><table>{rows}</table></div></details>'
