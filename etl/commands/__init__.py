"""The commands of the command line, run in the process that owns the database."""

from typing import Any

from etl import context
from etl.commands import history, judged, loading
from etl.commands.answer import Answer, refused
from etl.store.connect import DatabaseBusy
from etl.store.schema import SchemaTooNew
from indicators.schema import DataErrors

COMMANDS = {
    "init": loading.init,
    "load": loading.load_files,
    "submissions": history.list_submissions,
    "rollback": history.rollback,
    "verify": history.verify,
    "plans": judged.plans,
    "verdicts": judged.verdicts,
    "explain": judged.explain,
    "check": judged.check,
}


def answer(command: str, arguments: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Run one command: ``{"exit_code": 0, 1 or 2, "document": ...}``; never a traceback."""
    try:
        done = COMMANDS[command](arguments, files)
    except KeyError:
        if command in COMMANDS:
            raise
        done = refused(f"Không có lệnh «{command}».", exit_code=2)
    except DataErrors as errors:
        done = Answer(1, {"ok": False, "errors": [vars(e) for e in errors.errors]})
    except DatabaseBusy as busy:
        done = refused(f"Cơ sở dữ liệu đang do tiến trình khác giữ: {busy}")
    except SchemaTooNew as newer:
        done = refused(f"Cơ sở dữ liệu do phiên bản mới hơn ghi: {newer}")
    return {"exit_code": done.exit_code, "document": done.document}


def open_store() -> None:
    """Open the database for this process, until ``close_store``."""
    context.opened()


def close_store() -> None:
    """Close the database of this process."""
    context.close()


def data_version() -> int | None:
    """The number that rises with every change, None while nothing is open."""
    return context.opened().store.version() if context.is_open() else None
