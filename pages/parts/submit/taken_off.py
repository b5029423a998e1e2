"""What the sender is told of a file that was returned or taken back: by whom, when and why."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from etl.history import Upload
from etl.store.submissions import Submission
from etl.store.taken_off import TakenOff
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import e, say_html, vi
from pages.parts.submit.words import FEW, labels, names

NAMED = 5  # decisions about one file told one by one


def taken_off_text(upload: Upload, language: str) -> str:
    """Who returned it or took it back, when and why, below its state; what people wrote as such."""
    lines = []
    for said, reports in list(upload.off.items())[:NAMED]:
        parts = {"who": vi(said.by), "reason": vi(said.reason or "…")}
        text = say_html(f"history.off.{said.word}", language, parts, moment=at(said))
        lines.append(e(whose(reports, upload, language)) + text)
    rest = len(upload.off) - NAMED
    if rest > 0:
        count = format_number(rest, 0, language)
        lines.append(e(say("history.off_more", language, count=count)))
    return "".join(f"<small>{line}</small>" for line in lines)


def taken_off_said(upload: Upload, language: str) -> str:
    """The same as plain text, on one line."""
    lines = []
    for said, reports in upload.off.items():
        facts = {"who": said.by, "moment": at(said), "reason": said.reason or "…"}
        text = say(f"history.off.{said.word}", language, **facts)
        lines.append(whose(reports, upload, language) + text)
    return " ".join(lines)


def at(said: TakenOff) -> str:
    """When it was said, in Vietnam."""
    return f"{local(said.at):%H:%M %d/%m/%Y}"


def whose(reports: Sequence[Submission], upload: Upload, language: str) -> str:
    """Before the sentence: of which units, where not all of the file; of which of their reports,
    where not all of these."""
    rest = [s for s in upload.submissions if s not in reports]
    if not rest:
        return ""
    units = tuple(dict.fromkeys(s.unit for s in reports))
    if not {s.unit for s in rest} & set(units):
        return f"{names(units, language)}: "
    return f"{which(reports, language, with_unit=len(upload.units) > 1)}: "


def which(reports: Sequence[Submission], language: str, *, with_unit: bool) -> str:
    """Form and period of the first reports, of which unit, and how many more there are."""
    listed = []
    for report in reports[:FEW]:
        form = opened().deployment.catalogue.forms[report.form]
        name = form.name_vi if language == "vi" else form.name_en
        unit = names([report.unit], language) if with_unit else ""
        listed.append(", ".join(filter(None, (unit, name, labels([report.period], language)))))
    if len(reports) > FEW:
        count = format_number(len(reports) - FEW, 0, language)
        listed.append(say("log_said.more", language, count=count))
    return "; ".join(listed)
