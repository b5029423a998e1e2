"""Why a number may be trusted: its definition and legal basis, and every figure it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from etl.context import local
from etl.results import Source, Sources
from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.formats import format_plain
from indicators.period import parse_period, period_label
from indicators.plans import Plan
from indicators.text import say
from pages.parts.breakdown import heading, table
from pages.parts.html import e

# Words of the document and of the catalogue, which are Vietnamese in every language.
OF_THE_DATA = {"written", "document", "definition", "formula", "legal", "note"}
LISTED = 300  # figures listed before the rest is only counted


def definition(a: Assessment, plan: Plan, formula: str, language: str) -> str:
    """Definition, formula, legal basis, version, source, and the words of the document."""
    indicator, target = a.indicator, a.target
    version = say("grounds.version_text", language, version=indicator.version)
    lines = (
        ("written", f"“{target.as_written}” ({say('grounds.section', language)} {target.section})"),
        ("document", plan.document),
        ("definition", indicator.definition_vi),
        ("formula", formula),
        ("legal", indicator.legal_basis),
        ("version", version),
        ("source", say(f"grounds.{indicator.source_kind}", language)),
        ("note", " ".join(filter(None, (target.note, indicator.note)))),
    )
    items = "".join(
        f"<dt>{e(say(f'grounds.{key}', language))}</dt>"
        f"<dd{' lang=vi' if key in OF_THE_DATA else ''}>{e(text)}</dd>"
        for key, text in lines
        if text
    )
    return f'<dl class="vd-terms">{items}</dl>'


def lineage(
    found: Sources, a: Assessment, names: Mapping[str, str], catalogue: Catalogue, language: str
) -> str:
    """Numerator and denominator, then the figures of each by unit, file, sheet, row, column."""
    if not found.facts:
        return f'<p class="vd-mute">{e(say("grounds.nothing", language))}</p>'
    parts = "".join(
        quantity_table(quantity, list(facts), a, names, catalogue, language)
        for quantity, facts in groupby(found.facts[:LISTED], key=lambda f: f.quantity)
    )
    more = len(found.facts) - LISTED
    rest = say("grounds.more", language, count=more) if more > 0 else ""
    return f"{fraction(a, language)}{parts}<p class='vd-mute'>{e(rest)}</p>"


def fraction(a: Assessment, language: str) -> str:
    """Numerator and denominator as they went into the division."""
    sides = (("numerator", a.measure.numerator), ("denominator", a.measure.denominator))
    text = " · ".join(
        f"{say(f'grounds.{side}', language)} {format_plain(total, language)}"
        for side, total in sides
        if total is not None
    )
    return f"<p><b>{e(text)}</b></p>"


def quantity_table(
    quantity: str,
    facts: Sequence[Source],
    a: Assessment,
    names: Mapping[str, str],
    catalogue: Catalogue,
    language: str,
) -> str:
    """The figures of one quantity."""
    found = catalogue.quantities[quantity]
    side = "numerator" if quantity in a.indicator.numerator else "denominator"
    name = found.name_vi if language == "vi" else found.name_en
    title = e(f"{say(f'grounds.{side}', language)}: {name}")
    heads = heading(("unit", "period", "figure", "file", "place", "sender", "moment"), language)
    rows = "".join(source_row(fact, names, language) for fact in facts)
    return f"<details><summary>{title} ({len(facts)})</summary>{table(heads, rows)}</details>"


def source_row(fact: Source, names: Mapping[str, str], language: str) -> str:
    """One figure: what was written, where, by whom, when."""
    cells = (
        period_label(parse_period(fact.period), language),
        written(fact.value, fact.raw, language),
        fact.file,
        place(fact, language),
        fact.received_by,
        f"{local(fact.received_at):%H:%M %d/%m/%Y}",
    )
    return f'<tr><th scope="row">{e(names[fact.unit])}</th>{tds(cells)}</tr>'


def tds(cells: Iterable[str]) -> str:
    """Cells of text."""
    return "".join(f'<td class="vd-left">{e(cell)}</td>' for cell in cells)


def written(value: Fraction | None, raw: str, language: str) -> str:
    """The figure; where there is none, what stands in the cell."""
    return format_plain(value, language) if value is not None else raw or "…"


def place(fact: Source, language: str) -> str:
    """Sheet, row and column, as far as the file has them."""
    parts = (("sheet", fact.sheet), ("row", fact.row), ("column", fact.column))
    return ", ".join(f"{say(f'grounds.{key}', language)} {at}" for key, at in parts if at)
