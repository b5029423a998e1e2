"""``own-text``: what people wrote into a report: keep a file, list them, use one again, leave out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.commands.answer import Answer, Misuse, refused
from etl.commands.export_papers import papers_of
from etl.context import local
from etl.export.report.guard import NotAReport
from etl.own_text import look_at, lost_said, take
from etl.papers_made import Papers
from etl.store.connect import now
from etl.store.own_texts import (
    NotKept,
    OwnText,
    OwnTextLost,
    drop_own_text,
    fault_in,
    use_own_text,
    versions,
)
from indicators.text import say


def own_text(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """``what``: keep, list, use or drop."""
    run = {"keep": _keep, "list": _list, "use": _use, "drop": _drop}.get(str(arguments.get("what")))
    if run is None:
        raise Misuse("Chọn một trong keep, list, use, drop.")
    papers = papers_of({**arguments, "keep": None}, files)
    try:
        return run(papers, arguments, files)
    except NotAReport as refusal:
        return refused(say(f"papers.own_refused.{refusal.kind}", target=refusal.detail))
    except NotKept:
        return refused(say("decide.own_text_gone"))
    except OwnTextLost as lost:
        return refused(lost_said(lost))


def _keep(papers: Papers, arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    file = arguments.get("keep")
    if not file:
        raise Misuse("Thiếu tệp Word đã sửa.")
    content = files[Path(file).name]
    by = _needed(arguments, "by")
    look = look_at(papers, content)
    kept = take(papers, Path(file).name, content, by=by, at=now())
    found = {
        "places": list(look.places),
        "missed": [say(f"papers.own_missed.{kind}") for kind in look.missed],
        "changes": [vars(change) for change in look.changes],
    }
    return Answer(0, {"ok": True, "kept": document_of(kept, kept), **found})


def _list(papers: Papers, arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    cur = papers.context.store.cursor()
    found = versions(cur, papers.paper, papers.asked.moment)
    return Answer(0, {"versions": [_listed(papers, text) for text in found]})


def _listed(papers: Papers, text: OwnText) -> dict[str, Any]:
    """A file with what is wrong with it on disk."""
    uploads = papers.context.store.uploads
    fault = fault_in(uploads, text) if uploads else None
    return {**document_of(text, papers.own_text), "fault": fault}


def _use(papers: Papers, arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    begun, by = _needed(arguments, "hash"), _needed(arguments, "by")
    found = versions(papers.context.store.cursor(), papers.paper)
    named = [text.hash for text in found if text.hash.startswith(begun)]
    if len(named) != 1:
        raise Misuse(f"Không có đúng một tệp mang mã «{begun}».")
    use_own_text(papers.context.store, papers.paper, named[0], by=by, at=now())
    return _state(papers)


def _drop(papers: Papers, arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    drop_own_text(papers.context.store, papers.paper, by=_needed(arguments, "by"), at=now())
    return _state(papers)


def _state(papers: Papers) -> Answer:
    """Which file is in force after an act."""
    asked = replace(papers.asked, moment=now())
    text = replace(papers, asked=asked).own_text
    return Answer(0, {"ok": True, "in_force": None if text is None else document_of(text, text)})


def _needed(arguments: dict[str, Any], name: str) -> str:
    if not str(arguments.get(name) or "").strip():
        raise Misuse(f"Thiếu --{name}.")
    return str(arguments[name]).strip()


def document_of(text: OwnText, in_force: OwnText | None) -> dict[str, Any]:
    """A file that was sent, as JSON."""
    at = local(text.at).isoformat(timespec="seconds")
    is_used = in_force is not None and in_force.hash == text.hash
    return {"hash": text.hash, "file": text.file, "by": text.by, "at": at, "in_force": is_used}
