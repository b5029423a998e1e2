"""Every day that somebody has to keep for a plan: reports, tasks, agreed actions, targets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.actions import Action
from indicators.catalogue import Catalogue, Form
from indicators.deployment import Deployment
from indicators.due import Due, due_of
from indicators.period import Period, period_inside, periods_of
from indicators.plans import Plan
from indicators.reporting import form_reporters
from indicators.tasks import TaskRecord, TaskState, standing_of
from indicators.text import say


class Kind(StrEnum):
    """What a day is kept for."""

    REPORT = "report"
    RULE = "rule"
    TASK = "task"
    ACTION = "action"


@dataclass(frozen=True)
class Entry:
    """One day: ``name`` is the same for ever, title and text are for people."""

    name: str
    kind: Kind
    day: date
    title: str
    text: str


@dataclass(frozen=True)
class OnRecord:
    """What was reported and agreed: of each task the record in force, and the actions."""

    tasks: Mapping[str, TaskRecord]
    actions: Iterable[Action]
    today: date


def agenda(
    plan: Plan, deployment: Deployment, known: OnRecord, language: str = "vi"
) -> list[Entry]:
    """The days of a plan in order. What is done or cancelled stays, and says so."""
    found = [
        *_reports(plan, deployment, language),
        *_rules(plan, deployment.catalogue, language),
        *_tasks(plan, known, language),
        *(_action(action, known.today, language) for action in known.actions),
    ]
    return sorted(found, key=lambda entry: (entry.day, entry.name))


def _reports(plan: Plan, deployment: Deployment, language: str) -> Iterator[Entry]:
    """The deadline of each form that somebody in the area of the plan owes."""
    catalogue = deployment.catalogue
    for form in catalogue.forms.values():
        for period in _periods(plan, form):
            tree = deployment.units.at(period.end)
            owing = form_reporters(form, period, tree, tree.within(plan.unit))
            due = due_of(form, period, catalogue)
            if owing and due is not None:
                name = form.name_vi if language == "vi" else form.name_en
                text = say("agenda.report_text", language, count=len(owing))
                words = _Words("report", name, f"report.{form.id}.{period.code}", text)
                yield _report(words, period, due, language)


def _periods(plan: Plan, form: Form) -> Iterator[Period]:
    for year in range(plan.first_year, plan.last_year + 1):
        yield from periods_of(year, form.frequency)


@dataclass(frozen=True)
class _Words:
    """What a report is called, in sentence and identity."""

    kind: str
    name: str
    id: str
    text: str


def _report(words: _Words, period: Period, due: Due, language: str) -> Entry:
    when = period_inside(period, language)
    title = say(f"agenda.{words.kind}", language, name=words.name, period=when)
    moves = say("reports.provisional", language, year=due.day.year) if due.provisional else ""
    text = "\n".join(filter(None, (words.text, moves)))
    return Entry(words.id, Kind(words.kind), due.day, title, text)


def _rules(plan: Plan, catalogue: Catalogue, language: str) -> Iterator[Entry]:
    """The reports that the plan itself asks for; those for which it names no day are left out."""
    for rule in plan.reporting:
        for period in rule.periods_in(plan.first_year, plan.last_year):
            due = due_of(rule, period, catalogue)
            if due is not None:
                text = say(
                    "agenda.rule_text", language, recipient=rule.recipient, section=rule.section
                )
                words = _Words("rule", rule.reporter, f"rule.{rule.id}.{period.code}", text)
                yield _report(words, period, due, language)


def _tasks(plan: Plan, known: OnRecord, language: str) -> Iterator[Entry]:
    """The tasks for which a day can be told."""
    for task in plan.tasks:
        due = plan.due(task)
        if due is not None:
            standing = standing_of(task, due, known.tasks.get(task.id), known.today)
            state = say(f"tasks.state.{standing.state}", language)
            is_over = standing.is_done or standing.state is TaskState.DROPPED
            title = _title("task", task.title_vi, state if is_over else "", language)
            text = say("agenda.task_text", language, lead=task.lead, deadline=task.deadline)
            yield Entry(f"task.{task.id}", Kind.TASK, due, title, text)


def _action(action: Action, today: date, language: str) -> Entry:
    state = say(f"action.state.{action.state}", language)
    title = _title("action", action.content, "" if action.is_open else state, language)
    text = say("agenda.action_text", language, owner=action.owner)
    return Entry(f"action.{action.id}", Kind.ACTION, action.due, title, text)


def _title(kind: str, name: str, ended: str, language: str) -> str:
    """What is to be done; how it ended only where it did, for a title outlives the day it was made."""
    title = say(f"agenda.{kind}", language, name=name)
    return f"{title} ({ended})" if ended else title
