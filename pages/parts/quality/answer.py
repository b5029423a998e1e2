"""The answer of the page: one sentence, then how much is as it should be, worst first."""

from __future__ import annotations

from fractions import Fraction

from etl.looked import Looked
from etl.results import Picture
from indicators.formats import format_number
from indicators.period import Period, period_label
from indicators.quality import Share
from indicators.text import say
from pages.parts.html import e
from pages.parts.quality.words import percent_text, share_text
from pages.parts.view import View


def answer(found: Looked, period: Period, view: View) -> str:
    """ "26/27 đơn vị đã nộp đủ báo cáo; 2 đơn vị nộp muộn; 3 số liệu cần xem lại." """
    note = e(say("quality.about", view.language))
    sentence = e(answer_text(found, period, view.language))
    return (
        f'<div class="vd-summary vd-q-answer"><h1>{sentence}</h1><p class="vd-sub">{note}</p></div>'
    )


def answer_text(found: Looked, period: Period, language: str) -> str:
    """The sentence."""
    progress = found.progress
    due = format_number(progress.units_due, 0, language)
    if not progress.units_due:
        return say("quality.nobody", language, period=period_label(period, language))
    if not progress.received:
        return say("quality.silent", language, due=due)
    done = format_number(progress.units_done, 0, language)
    late, doubts = len(found.late), len(found.doubts)
    parts = (
        say("quality.complete", language, done=done, due=due),
        _counted("lateness" if late else "none_late", late, language),
        _counted("doubts" if doubts else "no_doubts", doubts, language),
    )
    return "; ".join(parts) + "."


def _counted(key: str, count: int, language: str) -> str:
    return say(f"quality.{key}", language, count=format_number(count, 0, language))


def tiles(found: Looked, picture: Picture, view: View) -> str:
    """One tile a measure with its bar, the lowest first, what is not known last."""
    language = view.language
    made = [
        (share.percent, _tile(name, share_text(share, language), share.percent, language))
        for name, share in {**found.shares, "targets": covered(picture)}.items()
    ]
    percent = found.people.percent
    if percent is not None:
        made.append((percent, _tile("people", _people(found, language), percent, language)))
    made.sort(key=lambda item: (item[0] is None, item[0] or 0))
    score = format_number(found.whole.value, 0, language)
    small = e(say("quality.tile.score_small", language))
    label = e(say("quality.tile.score", language))
    last = f'<div class="vd-q-score"><dt>{label}</dt><dd>{score}<small>{small}</small></dd></div>'
    return f'<dl class="vd-q-tiles">{"".join(html for _, html in made)}{last}</dl>'


def covered(picture: Picture) -> Share:
    """Targets whose figures are all there, of those that anybody here reports."""
    asked = [a for a in picture.assessments if a.measure.coverage.expected]
    return Share(sum(a.measure.is_whole for a in asked), len(asked))


def _people(found: Looked, language: str) -> str:
    if found.people.unknown:
        return say("quality.tile.people_unknown", language, count=found.people.unknown)
    counts = {"reported": found.people.reported, "known": found.people.known}
    numbers = {name: format_number(count, 0, language) for name, count in counts.items()}
    return say("quality.tile.people_small", language, **numbers)


def _tile(name: str, small: str, percent: Fraction | None, language: str) -> str:
    label, value = e(say(f"quality.tile.{name}", language)), percent_text(percent, language)
    bar = '<i class="vd-hatched"></i>'
    if percent is not None:
        bar = f'<i><b style="width:{float(percent):.1f}%"></b></i>'
    return f"<div><dt>{label}</dt><dd>{value}{bar}<small>{e(small)}</small></dd></div>"
