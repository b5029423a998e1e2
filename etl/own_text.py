"""An edited report comes back: what of it is taken, what is not, and keeping it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from etl.context import as_of, local
from etl.export.report.guard import NotAReport, opened
from etl.export.report.kept import OwnTexts, own_texts
from etl.export.report.outside import Change, changes, lines_of
from etl.papers_made import Papers
from etl.store.audit import version_at
from etl.store.current import approved
from etl.store.own_texts import OwnText, OwnTextLost, keep_own_text
from indicators.text import say

ONLY_APPROVED = "chỉ tính báo cáo đã duyệt"  # in the line of a report that tells what it is made of


@dataclass(frozen=True)
class Look:
    """Of a file that was sent: places with own text, what of it is lost, edits elsewhere."""

    places: tuple[str, ...]
    missed: tuple[str, ...]
    changes: tuple[Change, ...]


def look_at(papers: Papers, content: bytes) -> Look:
    """What taking this file would do. Raises NotAReport."""
    own = own_texts(content)
    if not own.places:
        return Look((), tuple(sorted(own.missed)), ())
    now = lines_of(opened(replace(papers, without_own=True).docx()))
    before = as_made(papers, own.document)
    then = now if is_same(before, papers) else lines_of(opened(before.docx()))
    found = changes(lines_of(own.document), then, now)
    return Look(tuple(own.places), tuple(sorted(own.missed)), tuple(found))


def as_made(papers: Papers, document: Any) -> Papers:
    """The papers as they were when this file was made; today's where it does not say when."""
    about = document.core_properties
    moment = made_at(about.created, papers.asked.moment)
    moment = approved(moment) if ONLY_APPROVED in (about.comments or "") else moment
    context = as_of(papers.context, moment)
    plan = context.deployment.plans.get(papers.asked.plan.id, papers.asked.plan)
    asked = replace(papers.asked, plan=plan, moment=moment)
    return Papers(context, asked, without_own=True)


def is_same(before: Papers, papers: Papers) -> bool:
    """Whether nothing was recorded between two moments of one day, so that both papers are one."""
    cur = papers.context.store.cursor()
    one, other = before.asked, papers.asked
    kinds = one.only_approved == other.only_approved and one.today == other.today
    return kinds and version_at(cur, one.moment) == version_at(cur, other.moment)


def made_at(created: datetime | None, latest: datetime) -> datetime:
    """The moment (UTC) a file says it was made at; ``latest`` where that is missing or later."""
    if created is None:
        return latest
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    return min(moment, latest)


def take(papers: Papers, file: str, content: bytes, *, by: str, at: datetime) -> OwnText:
    """From now on the report has the own text of this file. Raises NotAReport, NotKept."""
    found: OwnTexts = own_texts(content)
    if not found.places:
        raise NotAReport("empty")
    return keep_own_text(papers.context.store, papers.paper, file, content, by=by, at=at)


def lost_said(lost: OwnTextLost, language: str = "vi", who: str = "", file: str = "") -> str:
    """What is wrong with the file of own text, whose it is, what can be done.

    ``who``, ``file``: as they are called, where not by their names.
    """
    text = lost.text
    when = f"{local(text.at):%H:%M %d/%m/%Y}"
    named = {"file": file or text.file, "who": who or text.by, "when": when}
    what = say(f"papers.own_lost.{lost.fault}", language, **named)
    return f"{what} {say('papers.own_lost.remedy', language, code=text.hash[:12])}"
