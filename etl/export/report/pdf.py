"""The report as PDF: the same content as the Word file, drawn by Typst, archivable (PDF/A-2b)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from typst import TypstError

from etl.export.report.drawn import compiled, drawing_data
from etl.export.report.kept import with_homeless
from etl.export.report.own_drawn import OwnDrawn, Part, without
from etl.export.report.word import addressed, belongs_to, recipients, unbroken
from indicators.report.blocks import Block, Drawing, Heading, Own, Report
from indicators.report.numbered import Numbers

# Headings of which only a person can say anything: they get lines to write on.
ASKED = ("nguyen-nhan", "kien-nghi")


def pdf(report: Report, moment: datetime, own: OwnDrawn | None = None) -> bytes:
    """The bytes of a PDF; the same report, moment (UTC) and own text give the same bytes."""
    own = own or OwnDrawn()
    try:
        return written(report, moment, own)
    except TypstError:
        if not own.pictures:
            raise
        # Which of the pictures it is, each alone tells.
        broken = [name for name, content in own.pictures.items() if not is_drawable(name, content)]
        return written(report, moment, without(own, broken))


def is_drawable(name: str, content: bytes) -> bool:
    """Whether a picture can stand in a PDF: whole, and in colours of a screen."""
    try:
        compiled("alone", name, pictures={name: content})
    except TypstError:
        return False
    return True


def written(report: Report, moment: datetime, own: OwnDrawn) -> bytes:
    """The bytes of a PDF. Raises TypstError where a picture cannot be drawn."""
    data = content_of(report, own.places)
    return compiled("report", data, moment=moment, pictures=own.pictures)


def content_of(report: Report, kept: Mapping[str, Sequence[Part]]) -> dict[str, Any]:
    """The report with its own text, ready for JSON."""
    numbers, letter = Numbers(), report.letter
    return {
        "letter": asdict(letter),
        "addressees": addressed(letter.addressees)[1:],
        "recipients": recipients(letter.recipients),
        "year": report.year,
        "title": unbroken(report.title),
        "mark": report.mark,
        "source": report.source,
        "closing": report.closing,
        "body": [block_data(block, numbers, kept) for block in with_homeless(report.body, kept)],
        "annexes": [
            {
                "number": annex.number,
                "title": annex.title,
                "belongs": belongs_to(letter, report.year),
                "blocks": [block_data(block, Numbers(), kept) for block in annex.blocks],
            }
            for annex in report.annexes
        ],
    }


def block_data(block: Block, numbers: Numbers, own: Mapping[str, Sequence[Part]]) -> dict[str, Any]:
    """One block with its kind, ready for JSON."""
    kind = type(block).__name__.lower()
    if isinstance(block, Heading):
        return {"kind": kind, "level": block.level, "text": numbers.of(block)}
    if isinstance(block, Own):
        return {"kind": kind, "texts": own.get(block.id, ()), "asked": block.id in ASKED}
    if isinstance(block, Drawing):
        return {"kind": kind, **drawing_data(block)}
    return {"kind": kind, **plain(asdict(block))}


def plain(value: Any) -> Any:
    """Without the exact numbers behind texts, which only a workbook needs."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if key not in ("value", "decimals")}
    return [plain(part) for part in value] if isinstance(value, (list, tuple)) else value
