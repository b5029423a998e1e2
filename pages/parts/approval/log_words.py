"""Lines of the log in words: names for ids, states as the pages say them, the reason at the end.

Made from what was asked for, which every line keeps. A line that kept nothing or names what is not
there any more is said as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from etl.context import local, opened
from etl.store.aliases import AliasKind
from etl.store.audit import Entry
from etl.store.referred import Referred
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.plans import Plan
from indicators.text import say

SHOWN = 3  # reports of one decision that are named


@dataclass(frozen=True)
class Line:
    """A line of the log with what it refers to and the language it is said in.

    ``names``: of units on a day.
    """

    entry: Entry
    asked: dict[str, Any]
    known: Referred
    language: str
    names: Callable[[date], dict[str, str]]

    def unit(self, unit: str, day: date | None = None) -> str:
        """As the unit was called on a day, or on that of the act."""
        return self.names(day or local(self.entry.occurred_at).date()).get(unit, unit)


def detail_texts(found: Iterable[Entry], known: Referred, language: str) -> list[str]:
    """What was done, in words, a text for each line."""
    names = cache(opened().deployment.units.short_names)
    return [_text(Line(entry, entry.asked, known, language, names)) for entry in found]


def _text(line: Line) -> str:
    write = WORDS.get(line.entry.action)
    if write is None:
        return line.entry.detail
    try:
        return write(line)
    except (KeyError, ValueError):  # it kept other things, or what it names is gone
        return line.entry.detail


def _pick(language: str, vi: str, en: str) -> str:
    return vi if language == "vi" else en


def _period(code: str, language: str) -> str:
    return period_label(parse_period(code), language)


def _plan(plan: str) -> Plan:
    return opened().deployment.plans[plan]


def _target(plan: str, target: str, language: str) -> str:
    """The plan and the target of it."""
    found = next((t for t in _plan(plan).targets if t.id == target), None)
    if found is None:
        return f"{_plan(plan).short_vi} · {target}"
    name_en = opened().deployment.catalogue.indicators[found.indicator].name_en
    return f"{_plan(plan).short_vi} · {_pick(language, found.name_vi, name_en)}"


def _task(plan: str, task: str) -> str:
    """The plan and the task of it, as the document words it."""
    titles = {t.id: t.title_vi for t in _plan(plan).tasks}
    return f"{_plan(plan).short_vi} · {titles.get(task, task)}"


def _report(line: Line, number: int) -> str:
    (unit, code, form_id), language = line.known.reports[number], line.language
    form = opened().deployment.catalogue.forms[form_id]
    name = _pick(language, form.name_vi, form.name_en)
    return f"{line.unit(unit, parse_period(code).end)}, {name}, {_period(code, language)}"


def _with_reason(text: str, line: Line) -> str:
    reason = str(line.asked.get("reason") or "")
    return f"{text}. {say('approval.why', line.language, reason=reason)}" if reason else text


def _load(line: Line) -> str:
    file, _, count = line.entry.detail.rsplit(" · ", 2)
    number = format_number(int(count), 0, line.language)
    return say("log_said.load", line.language, file=file, count=number)


def _decided(line: Line) -> str:
    """How many reports, and the first of them by name."""
    numbers: Sequence[int] = line.asked["submissions"]
    named = [_report(line, n) for n in numbers[:SHOWN]]
    count = format_number(len(numbers), 0, line.language)
    if rest := len(numbers) - len(named):
        more = format_number(rest, 0, line.language)
        named.append(say("log_said.more", line.language, count=more))
    which = "; ".join(named)
    text = say("log_said.reports", line.language, count=count, which=which)
    return _with_reason(which if len(numbers) == 1 else text, line)


def _rollback(line: Line) -> str:
    return _with_reason(_report(line, line.asked["submission"]), line)


def _closed(line: Line) -> str:
    return _with_reason(_period(line.asked["period"], line.language), line)


def _spelling(line: Line, kind: str, spelling: str, meaning: str) -> str:
    if kind == AliasKind.UNIT:
        name = line.unit(meaning)
    else:
        quantity = opened().deployment.catalogue.quantities[meaning]
        name = _pick(line.language, quantity.name_vi, quantity.name_en)
    return say("log_said.alias", line.language, spelling=spelling, meaning=name)


def _alias(line: Line) -> str:
    asked = line.asked
    return _spelling(line, asked["kind"], asked["spelling"], asked["meaning"])


def _alias_revoked(line: Line) -> str:
    found = line.known.aliases[line.asked["alias"]]
    return _with_reason(_spelling(line, found.kind, found.spelling, found.meaning), line)


def _mapping(line: Line) -> str:
    asked, number = line.asked, line.entry.detail.partition(":")[0]
    count = format_number(len(asked["columns"]), 0, line.language)
    text = say("log_said.mapping", line.language, number=number, count=count)
    return f"{text} · {line.unit(asked['unit'])}" if asked["unit"] else text


def _mapping_revoked(line: Line) -> str:
    number = line.asked["mapping"]
    return _with_reason(say("log_said.mapping_revoked", line.language, number=number), line)


def _task_said(line: Line) -> str:
    state = say(f"tasks.progress.{line.asked['progress']}", line.language)
    return f"{_task(line.asked['plan'], line.asked['task'])}: {state}"


def _task_withdrawn(line: Line) -> str:
    return _with_reason(_task(line.asked["plan"], line.asked["task"]), line)


def _action(line: Line) -> str:
    asked = line.asked
    return f"{_target(asked['plan'], asked['target'], line.language)}: {asked['content']}"


def _action_moved(line: Line) -> str:
    """The target, what was agreed, its new state, what was said of it."""
    found = line.known.actions[line.asked["action"]]
    state = say(f"action.state.{line.asked['state']}", line.language)
    target = _target(found.plan, found.target, line.language)
    reason = line.asked.get("reason") or ""
    note = f". {say('action.reason', line.language, text=reason)}" if reason else ""
    return f"{target} · {found.content}: {state}{note}"


def _paper(line: Line) -> str:
    """The report of which own text was kept or left out, and the file where there is one."""
    asked = line.asked
    period = parse_period(asked["period"])
    parts = [_plan(asked["plan"]).short_vi, period_label(period, line.language)]
    parts += [line.unit(asked["unit"], period.end), *filter(None, [asked.get("file")])]
    return " · ".join(parts)


def _version(key: str, name: str) -> Callable[[Line], str]:
    """A sentence about one number that was kept."""
    return lambda line: say(f"log_said.{key}", line.language, number=line.asked[name])


def _restored(line: Line) -> str:
    moment = datetime.fromisoformat(line.entry.detail)
    return say("log_said.copy", line.language, moment=f"{local(moment):%H:%M %d/%m/%Y}")


# The rest are names of files: they are said as they are.
WORDS: dict[str, Callable[[Line], str]] = {
    "init": _version("schema", "schema"),
    "migrate": _version("schema", "schema"),
    "deployment": _version("edition", "version"),
    "load": _load,
    "rollback": _rollback,
    "approve": _decided,
    "return": _decided,
    "close": _closed,
    "reopen": _closed,
    "alias": _alias,
    "alias-revoked": _alias_revoked,
    "mapping": _mapping,
    "mapping-revoked": _mapping_revoked,
    "task": _task_said,
    "task-withdrawn": _task_withdrawn,
    "action": _action,
    "action-moved": _action_moved,
    "own-text": _paper,
    "own-text-dropped": _paper,
    "restore": _restored,
    "rebuild": _version("acts", "acts"),
}
