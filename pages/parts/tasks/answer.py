"""The answer of the tasks page: one sentence, and counts by state that filter."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import opened
from indicators.formats import format_number
from indicators.tasks import SOON_DAYS, TaskStanding, TaskState, counts_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.tasks.asked import Asked
from pages.parts.tasks.marks import SHAPES, state_text
from pages.parts.verdicts import icon
from pages.parts.view import View


def answer(found: Sequence[TaskStanding], asked: Asked, view: View) -> str:
    """Sentence, day, and counts; ``found``: the tasks of the chosen lead in every state."""
    if not found:
        text = e(say("tasks.none", view.language))
        return f'<div class="vd-summary"><h1>{text}</h1>{_unit_line(view)}</div>'
    day = say("tasks.as_of", view.language, day=f"{view.today:%d/%m/%Y}")
    lead = f"{asked.lead} · " if asked.lead else ""
    return (
        f'<div class="vd-summary"><h1>{e(sentence(found, view.language))}</h1>'
        f'<p class="vd-sub">{e(lead + day)}</p>{_unit_line(view)}</div>'
        f"{_counts(found, asked, view)}"
    )


def sentence(found: Sequence[TaskStanding], language: str) -> str:
    """ "12/60 nhiệm vụ quá hạn, …": the whole answer in one line."""
    counts = counts_of(found)
    numbers = {
        "overdue": counts[TaskState.OVERDUE],
        "soon": counts[TaskState.SOON],
        "done": sum(s.is_done for s in found),
        "total": len(found),
        "days": SOON_DAYS,
    }
    texts = {name: format_number(number, 0, language) for name, number in numbers.items()}
    if not counts[TaskState.OVERDUE]:
        del texts["overdue"]
        return say("tasks.sentence_calm", language, **texts)
    return say("tasks.sentence", language, **texts)


def _unit_line(view: View) -> str:
    """That only one unit's tasks are shown, and the way back to all."""
    deployment = opened().deployment
    whole = deployment.plans[view.plan].unit
    if view.unit == whole:
        return ""
    name = deployment.units.latest_names[view.unit].name
    text = e(say("tasks.of_unit", view.language, name=name))
    back = e(say("tasks.whole_plan", view.language))
    link = e(Asked().link(view.on(unit=whole, indicator="")))
    return f'<p class="vd-quiet">{text} <a class="vd-chip" href="{link}">{back}</a></p>'


def _counts(found: Sequence[TaskStanding], asked: Asked, view: View) -> str:
    counts = counts_of(found)
    links = "".join(_link(s, count, asked, view) for s, count in counts.items() if count)
    label = e(say("tasks.states", view.language))
    return f'<nav class="vd-keys" aria-label="{label}">{links}</nav>'


def _link(state: TaskState, count: int, asked: Asked, view: View) -> str:
    """A count that shows only these; where it is chosen already, all of them again."""
    is_chosen = asked.state is state
    address = asked.link(view, state=None if is_chosen else state)
    pressed = ' aria-current="true"' if is_chosen else ""
    text = f"<b>{format_number(count, 0, view.language)}</b> {e(state_text(state, view.language))}"
    return f'<a href="{e(address)}"{pressed}>{icon(SHAPES[state])}{text}</a>'
