"""Doing recorded acts again: what the log keeps of each is enough to do it as it was done then."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypedDict

from duckdb import DuckDBPyConnection

from etl.editions import keep_edition, read_edition
from etl.entries import Hints
from etl.load import Sending, load
from etl.store.actions import Agreement, add_action, move_action
from etl.store.aliases import AliasKind, remember_alias, revoke_alias
from etl.store.audit import Entry
from etl.store.closing import close, reopen
from etl.store.connect import Store
from etl.store.decisions import Decision, decide
from etl.store.digest import contents
from etl.store.drafts import drop_draft, file_of, put_draft
from etl.store.mappings import (
    ColumnMeaning,
    Mapping,
    PeriodFrom,
    remember_mapping,
    revoke_mapping,
)
from etl.store.originals import fault_of
from etl.store.own_texts import Paper, drop_own_text, note_own_text
from etl.store.submissions import withdraw
from etl.store.tasks import Report, record
from etl.store.tasks import withdraw as withdraw_task
from indicators.actions import ActionState
from indicators.deployment import Deployment
from indicators.period import parse_period
from indicators.schema import DataErrors
from indicators.tasks import Progress


class CannotRepeat(Exception):
    """The act cannot be done again; the text says why, for the user."""


@dataclass
class Bench:
    """Where acts are done again: a database in the making, the data folder, the files received.

    ``deployment`` is the folder of today until an act kept another edition of it.
    """

    store: Store
    deployment: Deployment
    uploads: Path
    numbers: dict[int, int] = field(default_factory=dict)  # of submissions: then to now

    def number(self, then: int) -> int:
        """The number that a submission has here. Raises CannotRepeat where it did not come again."""
        if then not in self.numbers:
            raise CannotRepeat(f"lượt nộp số {then} nay không có")
        return self.numbers[then]

    def original(self, digest: str) -> bytes:
        """The bytes of that hash. Raises CannotRepeat where they are gone or others."""
        fault = fault_of(self.uploads, digest)
        if fault is not None:
            raise CannotRepeat(f"thiếu tệp gốc ({fault})")
        return (self.uploads / digest).read_bytes()


Asked = dict[str, Any]


class When(TypedDict):
    """By whom and when, as every act takes it."""

    by: str
    at: datetime


def _when(line: Entry) -> When:
    return {"by": line.actor, "at": line.occurred_at}


def repeat(bench: Bench, line: Entry) -> list[str]:
    """Do an act again; what came out otherwise than then, one sentence each."""
    try:
        found = REPLAY[line.action](bench, line, line.asked) or []
    except CannotRepeat as error:
        found = [str(error)]
    except Exception as error:  # whatever an act refuses with: the next ones still count
        found = [f"không làm lại được ({type(error).__name__}: {error})"]
    return [f"{line.id} · {line.action} · {line.detail}: {sentence}" for sentence in found]


def _load(bench: Bench, line: Entry, asked: Asked) -> list[str]:
    content, today = bench.original(asked["hash"]), date.fromisoformat(asked["today"])
    period = parse_period(asked["period"]) if asked["period"] else None
    how = Sending(
        line.actor,
        line.occurred_at,
        today,
        asked["reason"],
        simulated=asked["simulated"],
        compare=False,
        reasons=asked["reasons"],
    )
    hints = Hints(today, period, asked["unit"])
    loaded = load(bench.store, bench.deployment, asked["file"], content, hints=hints, how=how)
    if loaded.refused:
        raise CannotRepeat(f"tệp nay không được nhận ({', '.join(_blocking(loaded.findings))})")
    first = min(loaded.submissions, default=None)
    came = {} if first is None else contents(bench.store.cursor(), first)
    return _compared(bench, asked["content"], came)


def _blocking(findings: list[Any]) -> list[str]:
    return sorted({finding.code for finding in findings})


def _compared(bench: Bench, then: dict[str, str], now: dict[str, str]) -> list[str]:
    """Submissions that are missing, new, or of other figures; the numbers of the others are noted."""
    olds, news = _by_name(then), _by_name(now)
    bench.numbers.update({olds[name][0]: news[name][0] for name in olds.keys() & news.keys()})
    hashes = {name: (olds.get(name, NONE)[1], news.get(name, NONE)[1]) for name in {**olds, **news}}
    return [f"{name}: {_how(*pair)}" for name, pair in hashes.items() if pair[0] != pair[1]]


NONE: tuple[int, str | None] = (0, None)


def _by_name(found: dict[str, str]) -> dict[str, tuple[int, str | None]]:
    """Unit, period, form and revision to number and hash."""
    split = [(*name.split(" ", 1), digest) for name, digest in found.items()]
    return {name: (int(number), digest) for number, name, digest in split}


def _how(then: str | None, now: str | None) -> str:
    if now is None:
        return "không có nữa"
    return "lượt nộp mới, trước kia không có" if then is None else "số liệu khác trước"


def _rollback(bench: Bench, line: Entry, asked: Asked) -> None:
    when = _when(line)
    number = bench.number(asked["submission"])
    withdraw(bench.store, number, reason=asked["reason"], approved=True, **when)


def _decide(decision: Decision) -> Callable[[Bench, Entry, Asked], None]:
    def run(bench: Bench, line: Entry, asked: Asked) -> None:
        when = _when(line)
        numbers = [bench.number(number) for number in asked["submissions"]]
        reason = asked["reason"]
        decide(bench.store, numbers, decision, reason=reason, own=True, **when)

    return run


def _close(bench: Bench, line: Entry, asked: Asked) -> None:
    period, when = parse_period(asked["period"]), _when(line)
    close(bench.store, period, reason=asked["reason"], **when)


def _reopen(bench: Bench, line: Entry, asked: Asked) -> None:
    period, when = parse_period(asked["period"]), _when(line)
    reopen(bench.store, period, reason=asked["reason"], **when)


def _alias(bench: Bench, line: Entry, asked: Asked) -> None:
    kind, when = AliasKind(asked["kind"]), _when(line)
    remember_alias(bench.store, kind, asked["spelling"], asked["meaning"], **when)


def _alias_revoked(bench: Bench, line: Entry, asked: Asked) -> None:
    when = _when(line)
    revoke_alias(bench.store, asked["alias"], reason=asked["reason"], **when)


def _mapping(bench: Bench, line: Entry, asked: Asked) -> None:
    columns = tuple(ColumnMeaning(**column) for column in asked["columns"])
    period_from = PeriodFrom(asked["period_from"])
    mapping = Mapping(asked["fingerprint"], columns, period_from, asked["unit"])
    remember_mapping(bench.store, mapping, **_when(line))


def _mapping_revoked(bench: Bench, line: Entry, asked: Asked) -> None:
    revoke_mapping(bench.store, asked["mapping"], reason=asked["reason"], **_when(line))


def _task(bench: Bench, line: Entry, asked: Asked) -> None:
    day = date.fromisoformat(asked["done_on"]) if asked["done_on"] else None
    said = Report(**{**asked, "progress": Progress(asked["progress"]), "done_on": day})
    record(bench.store, said, **_when(line))


def _task_withdrawn(bench: Bench, line: Entry, asked: Asked) -> None:
    of, when = (asked["plan"], asked["task"]), _when(line)
    withdraw_task(bench.store, asked["record"], of=of, reason=asked["reason"], **when)


def _action(bench: Bench, line: Entry, asked: Asked) -> None:
    agreed = Agreement(**{**asked, "due": date.fromisoformat(asked["due"])})
    add_action(bench.store, agreed, **_when(line))


def _action_moved(bench: Bench, line: Entry, asked: Asked) -> None:
    state, when = ActionState(asked["state"]), _when(line)
    move_action(bench.store, asked["action"], state, reason=asked["reason"], **when)


def _deployment(bench: Bench, line: Entry, asked: Asked) -> None:
    """From here on files are read as the data folder said then, as far as this program can."""
    number = keep_edition(bench.store, json.loads(bench.original(asked["files"])), line.occurred_at)
    with suppress(DataErrors):
        bench.deployment = read_edition(bench.store.cursor(), number)


def _own_text(bench: Bench, line: Entry, asked: Asked) -> None:
    bench.original(asked["hash"])
    paper = Paper(asked["plan"], asked["period"], asked["unit"])
    note_own_text(bench.store, paper, asked["file"], asked["hash"], **_when(line))


def _own_text_dropped(bench: Bench, line: Entry, asked: Asked) -> None:
    drop_own_text(bench.store, Paper(**asked), **_when(line))


def _draft(bench: Bench, line: Entry, asked: Asked) -> None:
    bench.original(asked["hash"])
    put_draft(bench.store, file_of(asked), **_when(line))


def _draft_dropped(bench: Bench, line: Entry, asked: Asked) -> None:
    drop_draft(bench.store, asked["hash"], **_when(line))


def _nothing(bench: Bench, line: Entry, asked: Asked) -> None:
    """About the database file itself, made anew here; or a file whose acts are lines of their own."""


# Every name of an act to what does it again; a test finds names that are missing.
REPLAY: dict[str, Callable[[Bench, Entry, Asked], list[str] | None]] = {
    "load": _load,
    "rollback": _rollback,
    "approve": _decide(Decision.APPROVED),
    "return": _decide(Decision.RETURNED),
    "close": _close,
    "reopen": _reopen,
    "alias": _alias,
    "alias-revoked": _alias_revoked,
    "mapping": _mapping,
    "mapping-revoked": _mapping_revoked,
    "task": _task,
    "task-withdrawn": _task_withdrawn,
    "action": _action,
    "action-moved": _action_moved,
    "draft": _draft,
    "draft-dropped": _draft_dropped,
    "own-text": _own_text,
    "own-text-dropped": _own_text_dropped,
    "deployment": _deployment,
    "progress-file": _nothing,
    "init": _nothing,
    "migrate": _nothing,
    "restore": _nothing,
    "rebuild": _nothing,
}


def write_log(cur: DuckDBPyConnection, log: list[Entry]) -> None:
    """The log is what was written then, not what doing it again would write."""
    cur.execute("delete from audit")
    cur.executemany(
        "insert into audit values (?, ?, ?, ?, ?, ?, ?)", [list(vars(e).values()) for e in log]
    )
