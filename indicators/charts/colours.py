"""The colours of pictures. The style sheet has the same ones as --vd-*; a test compares them."""

from indicators.judge import Verdict

INK = "#16262e"
MUTE = "#5c6f79"
LINE = "#e3e9ec"
PAPER = "#ffffff"
ACCENT = "#0b6e6e"
NONE = "#c3ccd1"

OF_VERDICT = {
    Verdict.EXCEEDED: "#0a5c63",
    Verdict.MET: "#1b8a8f",
    Verdict.ON_TRACK: "#5bb8ae",
    Verdict.BEHIND: "#e6bf4f",
    Verdict.AT_RISK: "#e08a00",
    Verdict.NOT_YET_MET: "#b63a06",
    Verdict.NOT_MET: "#b63a06",
}


def colour_of(verdict: Verdict) -> str:
    """The colour of a verdict; all that say nothing share a grey."""
    return OF_VERDICT.get(verdict, NONE)
