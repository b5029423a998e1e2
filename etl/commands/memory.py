"""``aliases`` and ``alias``: the spellings that people confirmed, one more, or one less."""

from datetime import datetime
from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, moment_of, refused
from etl.context import Context
from etl.memory import CannotConfirm, confirm, meaning_name
from etl.store.aliases import (
    Alias,
    AliasKind,
    AlreadyRevoked,
    NoSuchAlias,
    aliases,
    revoke_alias,
)
from etl.store.connect import now
from indicators.deployment import Deployment
from indicators.text import say


def list_aliases(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every confirmed spelling, oldest first, those taken back included."""
    opened = context.opened()
    found = aliases(opened.store.cursor(), moment_of(arguments.get("as_known_on")))
    return Answer(0, [_document(alias, opened.deployment) for alias in found])


def alias(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Confirm a spelling (``unit`` or ``quantity`` with ``text``), or take one back (``revoke``)."""
    opened = context.opened()
    named = [name for name in ("unit", "quantity", "revoke") if arguments.get(name) is not None]
    if len(named) != 1:
        raise Misuse("Chọn đúng một trong --unit, --quantity, --revoke.")
    by = str(arguments.get("by") or "").strip()
    if not by:
        raise Misuse("Hãy ghi tên người xác nhận hoặc thu hồi (--by).")
    found = (
        _revoke(opened, arguments, by)
        if named == ["revoke"]
        else _confirm(opened, AliasKind(named[0]), arguments, by)
    )
    return found if isinstance(found, Answer) else _done(found, opened.deployment)


def _done(alias: Alias, deployment: Deployment) -> Answer:
    return Answer(0, {"ok": True, "alias": _document(alias, deployment)})


def _confirm(
    opened: Context, kind: AliasKind, arguments: dict[str, Any], by: str
) -> Alias | Answer:
    text, meaning = str(arguments.get("text") or ""), str(arguments[kind])
    try:
        return confirm(opened.store, opened.deployment, kind, text, meaning, by=by, at=now())
    except CannotConfirm as error:
        return refused(say(error.key, **error.facts))


def _revoke(opened: Context, arguments: dict[str, Any], by: str) -> Alias | Answer:
    number, reason = int(arguments["revoke"]), str(arguments.get("reason") or "").strip()
    try:
        return revoke_alias(opened.store, number, reason=reason, by=by, at=now())
    except NoSuchAlias:
        raise Misuse(f"Không có cách viết số {number}.") from None
    except AlreadyRevoked:
        return refused(f"Cách viết số {number} đã được thu hồi trước đó.")


def _document(alias: Alias, deployment: Deployment) -> dict[str, Any]:
    return {
        "id": alias.id,
        "kind": alias.kind,
        "text": alias.spelling,
        "meaning": alias.meaning,
        "meaning_name": meaning_name(alias, deployment),
        "confirmed_by": alias.confirmed_by,
        "confirmed_at": _moment(alias.confirmed_at),
        "revoked_by": alias.revoked_by,
        "revoked_at": _moment(alias.revoked_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
