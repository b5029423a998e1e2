"""The units behind one number on a map: a tile or a shape each, every one a link to its page."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.assess import Assessment
from indicators.atlas import Atlas
from indicators.charts.atlas import Drawing, Scale, drawing, scale, shapes_here, tiles_here
from indicators.formats import format_number
from indicators.judge import WORST_FIRST, Verdict
from indicators.ranking import Rank, Ranking
from indicators.ranking_text import amount_text
from indicators.sentence import difference_unit, short_value, verdict_text
from indicators.text import say
from pages.parts.html import e
from pages.parts.verdicts import colour, icon, triangle
from pages.parts.view import View


def mapped(found: Ranking, atlas: Atlas, names: Mapping[str, str], view: View) -> str:
    """Shapes where the deployment has them, else tiles; the legend; units without a place."""
    painted, shapes = scale(found), shapes_here(found, atlas)
    if shapes:
        drawn, placed, note = drawing(shapes), set(shapes), ""
        picture = shaped(found, drawn, painted, names, view)
    else:
        tiles = tiles_here(found, atlas)
        placed, note = set(tiles), say("map.tiles", view.language)
        picture = "".join(
            tile(r, tiles[r.unit].column, tiles[r.unit].row, painted, names, view)
            for r in found.ranks
            if r.unit in tiles
        )
        picture = f'<div class="vd-tiles">{picture}</div>'
    others = [rank for rank in found.ranks if rank.unit not in placed]
    small = f'<p class="vd-mute">{e(note)}</p>' if note else ""
    return legend(found, painted, view.language) + picture + small + rest(others, names, view)


def tile(
    rank: Rank, column: int, row: int, painted: Scale, names: Mapping[str, str], view: View
) -> str:
    """One unit as a tile: name, value, and in the shape of its mark how it stands."""
    style = f"grid-column:{column};grid-row:{row}"
    return (
        f'<a class="vd-tile {paint(rank, painted)}" style="{style};--c:{tone(rank, painted)}" '
        f'href="{e(view.link("/don-vi", unit=rank.unit))}" title="{e(spoken(rank, names, view))}">'
        f"<span>{sign(rank, painted)}{e(names[rank.unit])}</span>"
        f"<b>{e(value(rank.assessment, view.language))}</b></a>"
    )


def shaped(
    found: Ranking, drawn: Drawing, painted: Scale, names: Mapping[str, str], view: View
) -> str:
    """The shapes as one picture; names only where they fit, all of them on touch."""
    shapes = "".join(
        shape(rank, drawn, painted, names, view) for rank in found.ranks if rank.unit in drawn.paths
    )
    label = e(say("shown.map", view.language))
    return (
        f'<svg class="vd-shapes" role="group" aria-label="{label}" '
        f'viewBox="-2 -2 {drawn.width + 4} {drawn.height + 4}">{shapes}</svg>'
    )


def shape(rank: Rank, drawn: Drawing, painted: Scale, names: Mapping[str, str], view: View) -> str:
    """One unit as its own outline."""
    x, y = drawn.centres[rank.unit]
    said = e(spoken(rank, names, view))
    return (
        f'<a class="{paint(rank, painted)}" style="--c:{tone(rank, painted)}" '
        f'href="{e(view.link("/don-vi", unit=rank.unit))}" aria-label="{said}">'
        f'<title>{said}</title><path fill-rule="evenodd" d="{drawn.paths[rank.unit]}"/>'
        f'<text x="{x}" y="{y}">{e(value(rank.assessment, view.language))}</text></a>'
    )


def paint(rank: Rank, painted: Scale) -> str:
    """The class: a verdict, a shade, better than the plan, or without a figure."""
    if rank.assessment.measure.value is None:
        return "vd-hatched"
    if painted.by_verdict:
        return "vd-judged"
    return f"vd-shade-{painted.shade(rank)}"


def tone(rank: Rank, painted: Scale) -> str:
    """The colour of the verdict; without one the shades of the style sheet hold."""
    return colour(rank.assessment.verdict) if painted.by_verdict else "transparent"


def sign(rank: Rank, painted: Scale) -> str:
    """The mark beside the name: how it stands without its colour."""
    if painted.by_verdict or rank.assessment.measure.value is None:
        return icon(rank.assessment.verdict)
    return triangle(down=bool(painted.shade(rank)))


def value(a: Assessment, language: str) -> str:
    """The value, its unit standing elsewhere."""
    beside = a.rule.value if a.rule else None
    return short_value(a.measure.value, a.indicator, language, beside=beside)


def spoken(rank: Rank, names: Mapping[str, str], view: View) -> str:
    """Everything about the unit in one line, for touch and for a screen reader."""
    a, language = rank.assessment, view.language
    parts = [value(a, language)]
    parts += [amount_text(rank, language)] if rank.amount is not None else []
    parts += [verdict_text(a.verdict, language)] if a.verdict is not Verdict.NO_TARGET else []
    return f"{names[rank.unit]}: {', '.join(parts)}"


def legend(found: Ranking, painted: Scale, language: str) -> str:
    """What the paints mean: verdicts, or how far short of the plan."""
    if painted.by_verdict:
        present = {r.assessment.verdict for r in found.ranks}
        keys = [
            f"<span>{icon(v)}{e(verdict_text(v, language))}</span>"
            for v in WORST_FIRST
            if v in present
        ]
        return f'<p class="vd-mapkey">{"".join(keys)}</p>'
    unit = difference_unit(found.ranks[0].assessment.indicator, language)
    title = f"<b>{e(say('map.title', language, unit=unit))}</b>"
    return f'<p class="vd-mapkey">{title}{shades(found, painted, language)}</p>'


def shades(found: Ranking, painted: Scale, language: str) -> str:
    """The shades with the ends of each, and those who are not short or not known."""
    decimals = found.ranks[0].assessment.indicator.decimals
    texts = [
        (f"vd-shade-{n}", "–".join(format_number(end, decimals, language) for end in ends))
        for n, ends in enumerate(painted.ends, 1)
    ]
    texts.append(("vd-shade-0", say("map.enough", language)))
    if found.unknown:
        texts.append(("vd-hatched", say("ranking.unknown", language)))
    return "".join(f'<span><i class="{name}"></i>{e(text)}</span>' for name, text in texts)


def rest(others: list[Rank], names: Mapping[str, str], view: View) -> str:
    """Units that have no place on the map."""
    if not others:
        return ""
    links = ", ".join(
        f'<a href="{e(view.link("/don-vi", unit=r.unit))}">{e(spoken(r, names, view))}</a>'
        for r in others
    )
    return f'<p class="vd-mute">{e(say("map.without", view.language))}: {links}</p>'
