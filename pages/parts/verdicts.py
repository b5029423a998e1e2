"""Verdicts as HTML: a shape of its own, the word, the colour."""

from __future__ import annotations

from indicators.charts.shapes import SHAPES
from indicators.judge import Verdict
from indicators.sentence import verdict_text
from pages.parts.html import e

COLOURS = {
    Verdict.EXCEEDED: "exceeded",
    Verdict.MET: "met",
    Verdict.ON_TRACK: "on-track",
    Verdict.BEHIND: "behind",
    Verdict.AT_RISK: "at-risk",
    Verdict.NOT_YET_MET: "not-met",
    Verdict.NOT_MET: "not-met",
}


def colour(verdict: Verdict) -> str:
    """The colour of a verdict as CSS."""
    return f"var(--vd-{COLOURS.get(verdict, 'none')})"


def icon(verdict: Verdict) -> str:
    """The shape of a verdict; its word always stands beside it."""
    tone = "var(--vd-mute)" if verdict not in COLOURS else colour(verdict)
    return (
        f'<svg class="vd-icon" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" '
        f'fill="{tone}" stroke="{tone}" stroke-width="0">{SHAPES[verdict]}</svg>'
    )


def triangle(*, down: bool) -> str:
    """A small triangle in the colour of the text: typefaces draw theirs in every size."""
    points = "M1 2h8L5 8.5z" if down else "M1 8h8L5 1.5z"
    return (
        f'<svg class="vd-tri" viewBox="0 0 10 10" width="8" height="8" aria-hidden="true" '
        f'fill="currentColor"><path d="{points}"/></svg>'
    )


def mark(verdict: Verdict, language: str = "vi") -> str:
    """Shape and word."""
    return f'<span class="vd-verdict">{icon(verdict)}{e(verdict_text(verdict, language))}</span>'
