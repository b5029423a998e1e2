"""``draft``: keep files without sending them, list what is kept, drop one."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, moment_of, period_of, refused, unit_of
from etl.drafting import keep_draft
from etl.entries import Hints
from etl.store.connect import now
from etl.store.drafts import Draft, NoSuchDraft, drafts, drop_draft

BY = "dòng lệnh"


def draft(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every draft there is afterwards, the newest first."""
    opened, by = context.opened(), str(arguments.get("by") or BY)
    period, unit = arguments.get("period"), arguments.get("unit")
    hints = Hints(
        context.today(),
        period_of(period) if period else None,
        unit_of(opened, unit) if unit else None,
    )
    note = str(arguments.get("note") or "")
    for name, content in files.items():
        keep_draft(
            opened.store, opened.deployment, name, content, hints=hints, note=note, by=by, at=now()
        )
    if arguments.get("drop"):
        try:
            drop_draft(opened.store, whole(str(arguments["drop"])), by=by, at=now())
        except NoSuchDraft as error:
            return refused(f"Không có bản nháp nào có mã {error}.")
    found = drafts(opened.store.cursor(), moment_of(arguments.get("as_known_on")))
    return Answer(0, {"ok": True, "drafts": [document_of(d) for d in found]})


def whole(start: str) -> str:
    """The hash that begins so, where one draft has it."""
    found = [d.of.hash for d in drafts(context.opened().store.cursor())]
    fitting = [digest for digest in found if digest.startswith(start)]
    return fitting[0] if len(fitting) == 1 else start


def document_of(kept: Draft) -> dict[str, Any]:
    """A draft as JSON."""
    return {
        "hash": kept.of.hash,
        "file": kept.of.file,
        "units": list(kept.of.units),
        "periods": list(kept.of.periods),
        "figures": kept.of.figures,
        "errors": kept.of.errors,
        "note": kept.of.note,
        "by": kept.by,
        "at": kept.at.isoformat(),
    }
