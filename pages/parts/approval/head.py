"""The answer of the page: how many reports wait, how far all of them are."""

from __future__ import annotations

from etl.approval import counted
from indicators.approval import Stage
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.approval.data import Situation
from pages.parts.html import e
from pages.parts.view import View

# Shape and colour of each stage: told apart without colour too.
SIGNS = {
    Stage.NOT_SENT: ("○", "none"),
    Stage.ENTERING: ("…", "draft"),
    Stage.RETURNED: ("↩", "back"),
    Stage.WAITING: ("◔", "wait"),
    Stage.CHANGE: ("✎", "ask"),
    Stage.APPROVED: ("✓", "done"),
    Stage.CLOSED: ("■", "shut"),
}


def head(found: Situation, view: View) -> str:
    """The sentence and the stages."""
    language = view.language
    period = period_label(parse_period(view.period), language)
    counts = counted(found.stages)
    total = format_number(len(found.stages), 0, language)
    title = e(sentence(found, period, language))
    if not found.stages:
        return f'<div class="vd-summary"><h1>{title}</h1></div>'
    sub = e(say("approval.of", language, count=total, period=period))
    bars = "".join(
        f'<span class="vd-stage-{SIGNS[s][1]}" style="flex:{n}"></span>' for s, n in counts.items()
    )
    keys = "".join(f"<span>{stage_mark(s, language, n)}</span>" for s, n in counts.items())
    there = e(view.link("/bao-cao"))
    remind = f' <a href="{there}">{e(say("approval.remind", language))}</a>'
    sub += remind if found.not_sent else ""
    return (
        f'<div class="vd-summary"><h1>{title}</h1><p class="vd-sub">{sub}</p></div>'
        f'<div class="vd-split" aria-hidden="true">{bars}</div>'
        f'<div class="vd-stages">{keys}</div>'
    )


def sentence(found: Situation, period: str, language: str) -> str:
    """What there is to decide, in one sentence."""
    if not found.stages and not found.approval.waiting:
        return say("approval.nothing_due", language, period=period)
    parts = [
        say(f"approval.{key}", language, count=format_number(count, 0, language))
        for key, count in (
            ("waits", len(found.waiting)),
            ("asks", len(found.requests)),
            ("lacks", len({r.unit for r in found.not_sent})),
        )
        if count
    ]
    if not parts:
        return say("approval.all_done", language, period=period)
    return f"{period}: {', '.join(parts)}."


def stage_mark(stage: Stage, language: str, count: int | None = None) -> str:
    """Shape and word of a stage, with how many there are."""
    sign, tone = SIGNS[stage]
    number = "" if count is None else f"<b>{format_number(count, 0, language)}</b> "
    word = e(say(f"decide.stage.{stage}", language))
    return f'<i class="vd-sign vd-stage-{tone}" aria-hidden="true">{sign}</i>{number}{word}'
