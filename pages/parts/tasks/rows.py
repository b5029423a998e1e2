"""The tasks themselves: a card a month of the due day, overdue months first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from etl.context import local, opened
from indicators.formats import format_number
from indicators.tasks import Progress, TaskRecord, TaskStanding, TaskState
from indicators.text import say
from pages.parts.html import e, say_html, vi
from pages.parts.named import named
from pages.parts.take.menu import take
from pages.parts.tasks.asked import Asked
from pages.parts.tasks.marks import task_mark
from pages.parts.view import View

HEADS = ("task", "lead", "due", "state")
Group = tuple[bool, str]  # whether overdue, the month as 2021-06 ("" without a day)


def groups(found: Sequence[TaskStanding], asked: Asked, view: View) -> str:
    """Every group in order, or that nothing fits the choice."""
    if not found:
        return f'<p class="vd-quiet">{e(say("tasks.no_match", view.language))}</p>'
    cards = (_card(group, list(rows), asked, view) for group, rows in groupby(found, group_of))
    return "".join(cards)


def tasks_menu(asked: Asked, view: View) -> str:
    """The way to take the tasks that are shown away as one table."""
    plan = opened().deployment.plans[view.plan].short_vi
    title = say("take.tasks", view.language, plan=plan)
    menu = take("tasks", title, view, state=asked.state or "", lead=asked.lead)
    return f'<div class="vd-right">{menu}</div>'


def group_of(standing: TaskStanding) -> Group:
    """The group of a task; ``standings`` sorts so that each group stands together."""
    month = f"{standing.due:%Y-%m}" if standing.due else ""
    return standing.state is TaskState.OVERDUE, month


def _card(group: Group, found: list[TaskStanding], asked: Asked, view: View) -> str:
    language = view.language
    heads = "".join(f"<span>{e(say(f'tasks.head.{name}', language))}</span>" for name in HEADS)
    rows = "".join(_row(standing, asked, view) for standing in found)
    count = say("tasks.count", language, count=format_number(len(found), 0, language))
    if not group[1] and asked.state is None:
        return _folded(_title(group, language), count, rows)
    mood = " vd-t-late" if group[0] else ""
    return (
        f'<section class="vd-card vd-t-group{mood}"><div class="vd-title">'
        f"<h2>{e(_title(group, language))}</h2><span>{e(count)}</span></div>"
        f'<div class="vd-task vd-t-head" aria-hidden="true">{heads}</div>{rows}</section>'
    )


def _folded(title: str, count: str, rows: str) -> str:
    """The many tasks without a day, folded away below those that press."""
    return (
        f'<section class="vd-card vd-t-group"><details class="vd-fold"><summary>'
        f"<span>{e(title)}</span><b>{e(count)}</b></summary>{rows}</details></section>"
    )


def _title(group: Group, language: str) -> str:
    is_overdue, month = group
    if not month:
        return say("tasks.no_day", language)
    year, number = month.split("-")
    key = "tasks.overdue_month" if is_overdue else "tasks.month"
    return say(key, language, month=f"{int(number)}/{year}")


def _row(standing: TaskStanding, asked: Asked, view: View) -> str:
    task, language = standing.task, view.language
    due = f"<b>{standing.due:%d/%m/%Y}</b>" if standing.due else ""
    written = e(say("tasks.written", language, text=task.deadline))
    noted = _slip(standing, view)
    return (
        f'<div class="vd-task"><div class="vd-t-what">{vi(task.title_vi)}'
        f"<small>{_below(standing, view)}</small></div>"
        f"<div>{vi(task.lead)}</div><div>{due}<small>{written}</small>{noted}</div>"
        f"<div>{task_mark(standing.state, language)}{_more(standing, language)}"
        f"{_record_link(standing, asked, view)}</div></div>"
    )


def _slip(standing: TaskStanding, view: View) -> str:
    """What is noted where the day, as written, lies before the plan itself: a slip of the document."""
    task, plan = standing.task, opened().deployment.plans[view.plan]
    if task.note is None or standing.due is None or standing.due.year >= plan.first_year:
        return ""
    return f'<small class="vd-t-note">{e(say("tasks.note", view.language))} {vi(task.note)}</small>'


def _below(standing: TaskStanding, view: View) -> str:
    """The section of the document, and the target that the task serves as a link."""
    task = standing.task
    parts = [e(say("tasks.section", view.language, section=task.section))]
    if task.target:
        parts.append(_target(task.target, view))
    return " · ".join(parts)


def _target(target_id: str, view: View) -> str:
    deployment = opened().deployment
    indicator_id = deployment.plans[view.plan].target(target_id).indicators[0]
    indicator = deployment.catalogue.indicators[indicator_id]
    name = indicator.name_vi if view.language == "vi" else indicator.name_en
    text = e(say("tasks.target", view.language, name=name))
    return f'<a href="{e(view.link("/chi-tieu", indicator=indicator_id))}">{text}</a>'


def _more(standing: TaskStanding, language: str) -> str:
    """How many days, what was reported, by whom, with what evidence."""
    lines = [e(", ".join(filter(None, (_days(standing, language), _said(standing, language)))))]
    record = standing.record
    if record:
        lines += _record_lines(record, language)
    return "".join(f"<small>{line}</small>" for line in lines if line)


def _days(standing: TaskStanding, language: str) -> str:
    """ "quá 12 ngày, chưa ghi nhận kết quả", "còn 9 ngày"; "" where no day can be told."""
    if standing.days is None:
        return ""
    if standing.days:
        number = format_number(standing.days, 0, language)
        return say(f"tasks.says.{standing.state}", language, days=number)
    key = "tasks.says.on_day" if standing.is_done else "tasks.says.today"
    return say(key, language)


def _said(standing: TaskStanding, language: str) -> str:
    """What was reported, where the state does not say it already."""
    record = standing.record
    if record is None or standing.state is TaskState.DOING:
        return ""
    if record.done_on:
        return say("tasks.done_on", language, day=f"{record.done_on:%d/%m/%Y}")
    return say("tasks.under_way", language) if record.progress is Progress.DOING else ""


def _record_lines(record: TaskRecord, language: str) -> list[str]:
    """Evidence, note, by whom and when, as HTML."""
    day = f"{local(record.occurred_at):%d/%m/%Y}"
    evidence = say_html("tasks.evidence", language, {"text": vi(record.evidence)})
    recorder = vi(named(record.actor, language))
    recorded = say_html("tasks.recorded", language, {"name": recorder}, day=day)
    note = vi(record.note) if record.note else ""
    return [evidence if record.evidence else "", note, recorded]


def _record_link(standing: TaskStanding, asked: Asked, view: View) -> str:
    """To the form with this task chosen; looking back, nothing can be recorded."""
    if view.known:
        return ""
    address = asked.link(view, state=asked.state, task=standing.task.id)
    name = e(say("tasks.form.open", view.language))
    label = e(f"{say('tasks.form.open', view.language)}: {standing.task.title_vi}")
    return f'<a class="vd-t-record" href="{e(address)}" aria-label="{label}">{name}</a>'
