"""`account key | keys | end-key`: keys by which another system reads the interface."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.accounts.book import Unreadable
from etl.accounts.keys import end_key, keys_of, make_key
from etl.accounts.roster import CannotKeep
from etl.commands.answer import Answer, Misuse, refused
from indicators.text import say


def about_keys(db: Path, what: str, login: str, arguments: dict[str, Any], *, by: str) -> Answer:
    """Make, list or end keys: those there are afterwards; a new one is told only here."""
    try:
        made = DO[what](db, login, arguments, by)
        found = [{k: str(v) for k, v in vars(key).items()} for key in keys_of(db)]
    except CannotKeep as refusal:
        return refused(say(refusal.key))
    except Unreadable as error:
        return refused(str(error))
    return Answer(0, {"ok": True, "keys": found} | ({"key": made} if made else {}))


def _make(db: Path, login: str, arguments: dict[str, Any], by: str) -> str:
    purpose = str(arguments.get("purpose") or "").strip()
    if not (login and purpose):
        raise Misuse("Hãy ghi tên đăng nhập và --purpose.")
    return make_key(db, login, purpose, by=by)


def _list(db: Path, login: str, arguments: dict[str, Any], by: str) -> str:
    return ""


def _end(db: Path, login: str, arguments: dict[str, Any], by: str) -> str:
    if arguments.get("id") is None:
        raise Misuse("Hãy ghi --id.")
    end_key(db, int(arguments["id"]), by=by)
    return ""


DO: dict[str, Callable[[Path, str, dict[str, Any], str], str]] = {
    "key": _make,
    "keys": _list,
    "end-key": _end,
}
