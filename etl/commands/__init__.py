"""The commands of the command line, run in the process that owns the database."""

from base64 import b64encode
from typing import Any

import duckdb

from etl import context
from etl.commands import (
    accounts,
    actions,
    coverage,
    decisions,
    drafts,
    export,
    forms,
    history,
    judged,
    loading,
    memory,
    own_text,
    reports,
    running,
    survival,
    tasks,
    template,
)
from etl.commands.answer import Answer, Misuse, moment_of, refused
from etl.commands.looking import refuse_acts_of_then
from etl.log import tell
from etl.store.connect import CannotOpen, DatabaseBusy
from etl.store.schema import SchemaTooNew
from etl.troubles import trouble_of
from indicators.schema import DataErrors

COMMANDS = {
    "init": loading.init,
    "load": loading.load_files,
    "draft": drafts.draft,
    "template": template.template,
    "aliases": memory.list_aliases,
    "alias": memory.alias,
    "mappings": forms.list_mappings,
    "mapping": forms.mapping,
    "submissions": history.list_submissions,
    "rollback": history.rollback,
    "waiting": decisions.list_waiting,
    "approve": decisions.approve,
    "return": decisions.send_back,
    "close": decisions.close,
    "reopen": decisions.reopen,
    "closings": decisions.list_closings,
    "audit": decisions.audit_log,
    "verify": survival.verify,
    "backup": survival.backup,
    "restore": survival.restore,
    "rebuild": survival.rebuild,
    "export": export.export,
    "own-text": own_text.own_text,
    "reports": reports.reports,
    "tasks": tasks.list_tasks,
    "task": tasks.task,
    "action": actions.action,
    "account": accounts.account,
    "sessions": accounts.live,
    "plans": judged.plans,
    "coverage": coverage.coverage,
    "verdicts": judged.verdicts,
    "explain": judged.explain,
    "stop": running.stop,
    "start": running.start,
    "private": running.private,
    "check": judged.check,
}


REFUSALS = (Misuse, CannotOpen, DatabaseBusy, DataErrors, SchemaTooNew)


def refusal_of(error: Exception) -> Answer:
    """What a command answers that could not be carried out through no fault of the program."""
    match error:
        case DataErrors():
            return Answer(1, {"ok": False, "errors": [vars(e) for e in error.errors]})
        case Misuse():
            return refused(str(error), exit_code=2)
        case CannotOpen():
            return refused(f"Không mở được cơ sở dữ liệu {error}.", exit_code=2)
        case DatabaseBusy():
            return refused(f"Cơ sở dữ liệu đang do tiến trình khác giữ: {error}.")
    return refused(f"Cơ sở dữ liệu do phiên bản mới hơn ghi: {error}.")


def answer(command: str, arguments: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Run one command: ``{"exit_code": 0, 1 or 2, "document": ...}``; never a traceback.

    Where the command makes files there is also ``files``: name of the option that asked for it to
    its bytes in base64. Whoever asked writes them: the server writes no path it was sent.
    """
    if command not in COMMANDS:
        done = refused(f"Không có lệnh «{command}».", exit_code=2)
    else:
        try:
            refuse_acts_of_then(command, arguments, files)
            context.look_from(moment_of(arguments.get("as_known_on")))
            done = COMMANDS[command](arguments, files)
        except REFUSALS as refusal:
            done = refusal_of(refusal)
        except (OSError, duckdb.Error) as error:
            done = _trouble(error)
        finally:
            context.look_from(None)
    packed = {name: b64encode(content).decode("ascii") for name, content in done.files.items()}
    found = {"exit_code": done.exit_code, "document": done.document}
    return {**found, "files": packed} if packed else found


def _trouble(error: Exception) -> Answer:
    """A full disk, a damaged file: one sentence. Anything else is a fault of the program."""
    sentence = trouble_of(error)
    if sentence is None:
        raise error
    tell("error", kind=type(error).__name__)
    return refused(sentence)


def open_store() -> None:
    """Open the database for this process, until ``close_store``."""
    context.opened()


def is_unfinished() -> bool:
    """Whether making the database was begun and not ended; running init again ends it."""
    return loading.is_unfinished(context.opened())


def close_store() -> None:
    """Close the database of this process."""
    context.close()


def data_version() -> int | None:
    """The number that rises with every change, None while nothing is open."""
    return context.opened().store.version() if context.is_open() else None
