"""``export report``, ``sheet``, ``late`` and ``bundle``: papers of a plan, period and unit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, moment_of, period_of, plan_of, refused, unit_of
from etl.commands.export import ending_of
from etl.context import local
from etl.export.report.guard import NotAReport
from etl.export.report.repack import zipped
from etl.own_text import lost_said
from etl.papers import Asked
from etl.papers_made import Papers
from etl.store.connect import now
from etl.store.current import approved
from etl.store.own_texts import OwnTextLost
from indicators.text import say

WITHOUT = "Trên dòng lệnh: thêm --without-own."


def report(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The report as Word, PDF or workbook; ``keep``: own text of an earlier Word report stays."""
    ending = ending_of(str(arguments["output"]), (".docx", ".pdf", ".xlsx"))
    papers = papers_of(arguments, files)
    makers = {".docx": papers.docx, ".pdf": papers.pdf, ".xlsx": papers.xlsx}
    try:
        content = makers[ending]()
    except NotAReport as refusal:
        said = say(f"papers.own_refused.{refusal.kind}", target=refusal.detail)
        return refused(f"{arguments.get('keep') or papers.asked.plan.id}: {said}")
    except OwnTextLost as lost:
        return refused(f"{lost_said(lost)} {WITHOUT}")
    made = written(papers, arguments, content)
    return replace(made, document={**made.document, **owned(papers)})


def sheet(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """One page."""
    ending_of(str(arguments["output"]), (".pdf",))
    papers = papers_of(arguments, files)
    return written(papers, arguments, papers.sheet())


def late(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Who has not sent, with the reminder to each."""
    ending = ending_of(str(arguments["output"]), (".xlsx", ".csv"))
    papers = papers_of(arguments, files)
    return written(papers, arguments, papers.late(ending))


def bundle(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Everything of a period: a zip where the name says so, else a folder of files."""
    output = str(arguments["output"])
    papers = papers_of(arguments, files)
    try:
        made = papers.bundle()
    except OwnTextLost as lost:
        return refused(f"{lost_said(lost)} {WITHOUT}")
    if output.lower().endswith(".zip"):
        packed = written(papers, arguments, zipped(made))
        return replace(packed, document={**packed.document, **owned(papers)})
    document = {**about(papers, arguments), **owned(papers), "files": list(made)}
    return Answer(0, document, {f"output/{name}": content for name, content in made.items()})


def papers_of(arguments: dict[str, Any], files: dict[str, bytes]) -> Papers:
    """What is asked for; Misuse where plan or period are not named or not there."""
    for name in ("plan", "period"):
        if not arguments.get(name):
            raise Misuse(f"Thiếu --{name}.")
    opened = context.opened()
    plan = plan_of(opened, str(arguments["plan"]))
    scope = unit_of(opened, str(arguments.get("unit") or plan.unit))
    moment = moment_of(arguments.get("as_known_on")) or now()
    moment = approved(moment) if arguments.get("approved") else moment
    asked = Asked(plan, period_of(str(arguments["period"])), scope, moment)
    kept = arguments.get("keep")
    without_own, without_names = (
        bool(arguments.get(name)) for name in ("without_own", "without_names")
    )
    content = files[Path(str(kept)).name] if kept else None
    return Papers(opened, asked, content, without_own=without_own, without_names=without_names)


def written(papers: Papers, arguments: dict[str, Any], content: bytes) -> Answer:
    """The file, and what it was made from."""
    return Answer(0, about(papers, arguments), {"output": content})


def owned(papers: Papers) -> dict[str, Any]:
    """Whose text is in it, for the program and in a sentence."""
    text = papers.own_text
    if text is None or papers.kept is not None:
        return {"own_text": None}
    when = f"{local(text.at):%H:%M %d/%m/%Y}"
    said = say("papers.own_is", who=text.by, file=text.file, when=when)
    return {"own_text": text.hash, "notes": [said]}


def about(papers: Papers, arguments: dict[str, Any]) -> dict[str, Any]:
    """What was made from what; with this moment it is made again the same."""
    return {
        "ok": True,
        "file": str(arguments["output"]),
        "plan": papers.asked.plan.id,
        "period": papers.asked.period.code,
        "unit": papers.asked.scope,
        "as_known_on": papers.asked.moment.isoformat(),
        "only_approved": papers.asked.only_approved,
        "data_version": papers.material.stamp.version,
        "simulated": papers.material.simulated,
    }
