"""A file of progress before it is sent and after: which tasks and actions get which state."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import opened
from etl.followup.compare import Kind, Move, Step
from etl.load import Loaded
from etl.store.actions import Agreement
from etl.store.stage import Change
from etl.store.tasks import Report
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import e, vi
from pages.parts.view import View

COLUMNS = ("step", "was", "becomes", "day", "told")
WORDS = {Kind.TASK: "tasks.progress", Kind.ACTION: "action.state"}
PATH = "/nhiem-vu"


def step_table(steps: Sequence[Step], language: str) -> str:
    """Each task or action that would be another, what is on record and what would be."""
    heads = "".join(
        f'<th scope="col">{e(say(f"progress.column.{name}", language))}</th>' for name in COLUMNS
    )
    rows = "".join(_row(step, language) for step in moved(steps))
    return (
        f'<div class="vd-wide"><table class="vd-sheet vd-steps"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def moved(steps: Sequence[Step]) -> list[Step]:
    """Those that change anything."""
    return [step for step in steps if step.change != Change.UNCHANGED]


def _row(step: Step, language: str) -> str:
    told = _told(step, language)
    was = _state(step.kind, step.old, language)
    if isinstance(step.said, Agreement):
        was = say("progress.file.new", language)
    cells = {
        "step": f"<b>{vi(step.name)}</b>{_of(step)}",
        "was": e(was),
        "becomes": f"<b>{e(_state(step.kind, step.new, language))}</b>",
        "day": f"{step.done_on:%d/%m/%Y}" if step.done_on else "",
        "told": vi(told) if told else "",
    }
    inner = "".join(
        f'<td class="c-{name}" data-name="{e(say(f"progress.column.{name}", language))}">{html}</td>'
        for name, html in cells.items()
    )
    return f"<tr>{inner}</tr>"


def _told(step: Step, language: str) -> str:
    """Evidence and note; of a new action who does it and by when."""
    said = step.said
    if isinstance(said, Agreement):
        day = f"{said.due:%d/%m/%Y}"
        return say("progress.file.agreed", language, owner=said.owner, day=day)
    return "; ".join(filter(None, step.texts))


def _of(step: Step) -> str:
    """Of an action, for which target and unit it is."""
    if step.kind is Kind.TASK:
        return ""
    deployment, said = opened().deployment, step.said
    about = said.action if isinstance(said, Move) else said
    assert not isinstance(about, Report)
    plan = deployment.plans.get(about.plan)
    targets = plan.targets if plan else ()
    target = next((t.name_vi for t in targets if t.id == about.target), about.target)
    area = about.unit or (plan.unit if plan else "")
    unit = deployment.units.latest_names[area].name if area else ""
    return f"<small>{vi(' · '.join(filter(None, (target, unit))))}</small>"


def _state(kind: Kind, state: str, language: str) -> str:
    return say(f"{WORDS[kind]}.{state}", language) if state else ""


def sent_steps(loaded: Loaded, view: View) -> str:
    """That it was stored, and the way to the tasks of each plan."""
    language, steps = view.language, moved(loaded.steps)
    title = say("submit.sent.title", language, file=loaded.file)
    count = format_number(len(steps), 0, language)
    stored = say("progress.stored", language, count=count)
    plans = dict.fromkeys(step.of[0] for step in steps)
    links = "".join(
        f'<a class="vd-chip" href="{e(view.link(PATH, plan=plan, unit=""))}">'
        f"{e(say('progress.see', language))}</a>"
        for plan in plans
    )
    return (
        '<section class="vd-card vd-file vd-is-ready" role="status"><div class="vd-file-head">'
        f'<i aria-hidden="true">✓</i><div><h2>{e(title)}</h2><p>{e(stored)}</p></div></div>'
        f'<div class="vd-links">{e(say("submit.sent.see", language))} {links}</div></section>'
    )
