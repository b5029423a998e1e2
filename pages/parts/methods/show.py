"""The three parts of the methods page as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.documents import Piece, Section, Term
from indicators.catalogue import Catalogue, Indicator
from indicators.formula import formula
from indicators.plans import Plan
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.api.route import ADDRESS
from pages.parts.html import e
from pages.parts.methods.asked import PARTS, Asked
from pages.parts.methods.markdown import inline, markdown
from pages.parts.take.menu import take


def tabs(asked: Asked) -> str:
    """The parts as links."""
    language = asked.view.language
    links = "".join(
        f'<a href="{e(asked.link(phan=part))}"{" aria-current=true" if part == asked.part else ""}>'
        f"{e(say(f'methods.{part}', language))}</a>"
        for part in PARTS
    )
    return f'<nav class="vd-ways" aria-label="{e(say("methods.label", language))}">{links}</nav>'


def head(asked: Asked, counts: Mapping[str, int]) -> str:
    """What the page is, or what was found."""
    language = asked.view.language
    title = e(say("methods.title", language))
    key = "methods.found" if asked.words else "methods.lead"
    lead = e(say(key, language, words=asked.words, **counts))
    api = e(say("methods.api", language))
    there = f'<a href="{ADDRESS}?lang={language}">{api}</a>'
    return f'<div class="vd-summary"><h1>{title}</h1><p class="vd-sub">{lead} {there}</p></div>'


def nothing(asked: Asked) -> str:
    """Where the part holds none of the words."""
    return f'<p class="vd-mute">{e(say("methods.nothing", asked.view.language))}</p>'


def sections_html(found: Sequence[Section], asked: Asked) -> str:
    """The contents, and the sections; the one asked for is open alone."""
    links = "".join(
        f'<li><a href="{e(asked.link(muc=section.anchor))}"'
        f"{' aria-current=true' if asked.anchor in section.anchors else ''}>"
        f"{title_html(section.title)}</a></li>"
        for section in found
    )
    label = e(say("methods.contents", asked.view.language))
    body = "".join(section_html(section, asked) for section in found)
    return (
        f'<div class="vd-book"><nav aria-label="{label}"><ol>{links}</ol></nav>'
        f'<div class="vd-card vd-text">{body}</div></div>'
    )


def section_html(section: Section, asked: Asked) -> str:
    """One section; while another is asked for it is folded."""
    is_open = not asked.anchor or asked.anchor in section.anchors
    pieces = "".join(piece_html(piece, asked) for piece in section.pieces)
    return (
        f'<details class="vd-fold vd-section"{" open" if is_open else ""}>'
        f"<summary><span>{title_html(section.title)}</span></summary>{pieces}</details>"
    )


def piece_html(piece: Piece, asked: Asked) -> str:
    """A stretch that can be linked to; the one asked for is marked."""
    mark = ' aria-current="location"' if piece.anchor == asked.anchor else ""
    address = e(asked.link(muc=piece.anchor, q=""))
    link = f'<a class="vd-link" href="{address}" aria-label="{e(piece.anchor)}">#</a>'
    return f'<div class="vd-piece" id="{e(piece.anchor)}"{mark}>{link}{markdown(piece.text)}</div>'


def title_html(text: str) -> str:
    """A title without the names of functions behind it, which help nobody find a section."""
    return inline(text.split(" (`")[0])


def terms_html(found: Sequence[Term], asked: Asked) -> str:
    """The glossary as one table in both languages."""
    language = asked.view.language
    title = say("take.glossary", language)
    menu, name = take("glossary", title, asked.view, q=asked.words), e(title)
    order = ("vietnamese", "english", "meaning")
    heads = "".join(f"<th>{e(say(f'methods.{key}', language))}</th>" for key in order)
    rows = "".join(
        f'<tr><td lang="vi"><b>{e(t.vietnamese)}</b></td><td lang="en">{e(t.english)}</td>'
        f'<td lang="vi">{e(t.meaning)}</td></tr>'
        for t in found
    )
    return (
        f'<div class="vd-right">{menu}</div>'
        '<section class="vd-card"><div class="vd-wide" tabindex="0" role="region" '
        f'aria-label="{name}"><table class="vd-sheet vd-glossary">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def indicators_html(
    found: Sequence[Indicator], asked: Asked, catalogue: Catalogue, plans: Sequence[Plan]
) -> str:
    """The catalogue by field; an indicator opens to all that is known of it."""
    users = users_of(plans)
    groups = ""
    for field in sorted(catalogue.fields.values(), key=lambda f: f.order):
        own = [i for i in found if i.field == field.id]
        if own:
            name = field.name_vi if asked.view.language == "vi" else field.name_en
            items = "".join(indicator_html(i, asked, catalogue, users) for i in own)
            groups += f'<section class="vd-card"><h2>{e(name)}</h2>{items}</section>'
    menu = take("catalogue", say("take.catalogue", asked.view.language), asked.view, q=asked.words)
    return f'<div class="vd-right">{menu}</div><div class="vd-stack">{groups}</div>'


def users_of(plans: Sequence[Plan]) -> dict[str, list[str]]:
    """The plans that look at an indicator, by short name."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        for indicator in dict.fromkeys(i for t in plan.targets for i in t.indicators):
            found.setdefault(indicator, []).append(plan.short_vi)
    return found


def indicator_html(
    i: Indicator, asked: Asked, catalogue: Catalogue, users: Mapping[str, Sequence[str]]
) -> str:
    """One indicator, folded unless it is asked for."""
    language, is_asked = asked.view.language, asked.anchor == i.id
    name = i.name_vi if language == "vi" else i.name_en
    lines = indicator_lines(i, catalogue, users.get(i.id, ()), language)
    items = "".join(
        f"<dt>{e(say(f'methods.indicator.{key}', language))}</dt><dd>{e(text)}</dd>"
        for key, text in lines.items()
        if text
    )
    mark = ' open aria-current="location"' if is_asked else ""
    return (
        f'<details class="vd-fold" id="{e(i.id)}"{mark}><summary><span>{e(name)}</span>'
        f'<span class="vd-mute">{e(unit_of(i, language))}</span></summary>'
        f'<dl class="vd-terms">{items}</dl></details>'
    )


def indicator_lines(
    i: Indicator, catalogue: Catalogue, users: Sequence[str], language: str
) -> dict[str, str]:
    """Everything the catalogue says of it, by the name of the line."""
    return {
        "definition": i.definition_vi if language == "vi" else i.definition_en,
        "formula": formula(i, catalogue, language),
        "legal": i.legal_basis,
        "unit": unit_of(i, language),
        "polarity": say(f"methods.indicator.{i.polarity}", language),
        "version": version_text(i, language),
        "source": say(f"grounds.{i.source_kind}", language),
        "plans": ", ".join(users) or say("methods.indicator.no_plan", language),
        "note": i.note or "",
    }


def version_text(i: Indicator, language: str) -> str:
    """Which version, and the days on which the definition became another."""
    parts = [say("methods.indicator.version_text", language, version=i.version)]
    for broken in i.breaks:
        why = broken.reason_vi if language == "vi" else broken.reason_en
        parts.append(
            say("methods.indicator.broken", language, day=f"{broken.day:%d/%m/%Y}", why=why)
        )
    return "; ".join(parts)
