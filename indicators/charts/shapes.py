"""The shapes of verdicts: each differs from every other without its colour, on paper, too."""

from indicators.charts.colours import MUTE, OF_VERDICT
from indicators.judge import Verdict

RING = '<circle cx="7" cy="7" r="5" fill="none" stroke-width="2"/>'
# Paths inside a field of 14 by 14; class vd-cut: a line cut out in white.
SHAPES = {
    Verdict.EXCEEDED: '<path d="M7 1 13 12H1z"/>',
    Verdict.MET: '<circle cx="7" cy="7" r="6"/><path class="vd-cut" d="m4 7 2.2 2.3L10 5"/>',
    Verdict.ON_TRACK: f'{RING}<path d="M7 2a5 5 0 0 1 0 10z"/>',
    Verdict.BEHIND: '<path d="M7 1l6 6-6 6-6-6z" fill="none" stroke-width="2"/><path d="M7 2 2 7l5 5z"/>',
    Verdict.AT_RISK: '<path d="M7 13 1 2h12z"/>',
    Verdict.NOT_YET_MET: '<rect x="2" y="2" width="10" height="10" fill="none" stroke-width="2"/>',
    Verdict.NOT_MET: '<rect x="1" y="1" width="12" height="12" rx="2"/>'
    '<path class="vd-cut" d="m4.3 4.3 5.4 5.4m0-5.4-5.4 5.4"/>',
    Verdict.NOT_DUE: f'{RING}<path d="M7 4v3.2l2 1.3" fill="none" stroke-width="1.5"/>',
    Verdict.NO_DATA: '<circle cx="7" cy="7" r="5" fill="none" stroke-width="2" stroke-dasharray="2 2"/>',
    Verdict.PARTIAL: '<circle cx="7" cy="7" r="5" fill="none" stroke-width="2" stroke-dasharray="2 2"/>'
    '<path d="M7 2a5 5 0 0 1 0 10z"/>',
    Verdict.NO_TARGET: '<circle cx="7" cy="7" r="2.5"/>',
    Verdict.NOTHING: '<path d="M3.5 3.5l7 7" fill="none" stroke-width="2"/>'
    '<circle cx="7" cy="7" r="5" fill="none" stroke-width="1.5"/>',
    Verdict.TOO_FEW: '<circle cx="3.2" cy="7" r="2"/><circle cx="10.8" cy="7" r="2"/>',
    Verdict.DEFINITION_CHANGED: '<path d="M6 2v10M8.4 2v10" fill="none" stroke-width="2"/>'
    '<path d="M1 7h4M9.5 7H13" fill="none" stroke-width="1.5"/>',
    Verdict.NO_BASELINE: '<path d="M2 7h10" fill="none" stroke-width="2.5"/>',
}
CUT = 'fill="none" stroke="#fff" stroke-width="1.7"'


def shape_svg(verdict: Verdict) -> str:
    """The shape in its colour as a picture of its own."""
    tone = OF_VERDICT.get(verdict, MUTE)
    drawn = SHAPES[verdict].replace('class="vd-cut"', CUT)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14" width="14" height="14" '
        f'fill="{tone}" stroke="{tone}" stroke-width="0">'
        f"{drawn}</svg>"
    )
