"""``mappings`` and ``mapping``: how units' own forms are read, as saved, and taking one back."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, moment_of, refused
from etl.findings import column_letters
from etl.store.connect import now
from etl.store.mappings import (
    MappingRevoked,
    NoSuchMapping,
    SavedMapping,
    mappings,
    revoke_mapping,
)


def list_mappings(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every saved mapping, oldest first, those taken back included."""
    known_on = moment_of(arguments.get("as_known_on"))
    return Answer(0, [_document(m) for m in mappings(context.opened().store.cursor(), known_on)])


def mapping(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Take a saved mapping back (``revoke``) with a ``reason``."""
    number = int(arguments["revoke"])
    reason, by = (str(arguments.get(name) or "").strip() for name in ("reason", "by"))
    if not by or not reason:
        raise Misuse("Hãy ghi lý do (--reason) và tên người thu hồi (--by).")
    try:
        gone = revoke_mapping(context.opened().store, number, reason=reason, by=by, at=now())
    except NoSuchMapping:
        raise Misuse(f"Không có cách đọc biểu số {number}.") from None
    except MappingRevoked:
        return refused(f"Cách đọc biểu số {number} đã được thu hồi trước đó.")
    return Answer(0, {"ok": True, "mapping": _document(gone)})


def _document(saved: SavedMapping) -> dict[str, Any]:
    columns = [
        {
            "column": column_letters(c.column + 1),
            "heading": c.heading,
            "meaning": c.quantity or c.role,
        }
        for c in saved.mapping.columns
    ]
    return {
        "id": saved.id,
        "fingerprint": saved.mapping.fingerprint,
        "columns": columns,
        "confirmed_by": saved.confirmed_by,
        "confirmed_at": saved.confirmed_at.isoformat(timespec="seconds"),
        "revoked_by": saved.revoked_by,
        "revoked_at": saved.revoked_at.isoformat(timespec="seconds") if saved.revoked_at else None,
        "reason": saved.reason,
    }
