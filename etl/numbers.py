"""Vietnamese figures: what a cell says, as an exact number, a stated absence or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Literal
from unicodedata import normalize

Reason = Literal["ambiguous", "not_a_number", "unit_word", "range", "too_precise", "too_large"]
Raw = str | int | float | Decimal | bool | datetime | date | time | None

DECIMALS = 4  # the store keeps DECIMAL(18,4)
TOO_LARGE = Decimal(10) ** 14
LONGEST = 100  # characters; beyond it a cell is prose, and matching it would only cost time


class Absence(StrEnum):
    """Why there is no number: nothing happened, or it is not known. Neither is zero."""

    NIL = "nil"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True)
class Figure:
    """A value as written (95,3% is 95.3 with note "%"), or an absence; never both."""

    value: Decimal | None
    absence: Absence | None
    estimate: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """Why a cell is not one storable number, with the readings a person may choose from."""

    reason: Reason
    readings: tuple[Decimal, ...] = ()
    estimate: bool = False
    note: str | None = None


_NIL = Figure(None, Absence.NIL)
_MISSING = Figure(None, Absence.NOT_AVAILABLE)
_NOT_A_NUMBER = Unreadable("not_a_number")

# A lone "x" is left out on purpose: in forms it is as often a tick (done) as a crossing-out.
_NIL_WORDS = {"không phát sinh", "kps"}
_MISSING_WORDS = {
    "n/a", "chưa có", "chưa có số liệu", "không có số liệu", "chưa báo cáo", "chưa thống kê",
}  # fmt: skip
_DASHES_ONLY = re.compile(r"[-–—−]+")
_DOTS_ONLY = re.compile(r"…+|\.{2,}")

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_BODY = rf"[0-9][0-9.,]*|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?:[.,][0-9]+)?"
_NUMBER = re.compile(rf"(?P<sign>[-–−+])?(?P<body>{_BODY})(?:{_SPACE}*(?P<unit>[%‰]))?")
_SHORT_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,11})[.,][0-9]?[1-9]")
_BRACKETED = re.compile(r"\((?P<inner>[0-9][^()]*)\)")
_ESTIMATE = re.compile(
    r"(?:ước thực hiện|ước tính|ước đạt|ước|ưth|khoảng|~)[\s:]*(?P<before>.+)"
    r"|(?P<after>.+?)\s*(?:\((?:ước|ưth|ước tính)\)|\bước|\bưth)"
)
_COMPARED = re.compile(
    r"(?:[<>≤≥=]|trên|dưới|từ|tối thiểu|tối đa|ít nhất).*[0-9].*|.*[0-9].*trở (?:lên|xuống)"
)
_RANGE = re.compile(r"[0-9][0-9.,]*\s*%?\s*(?:[-–—÷~]|đến)\s*[0-9][0-9.,]*\s*[%‰]?")
_UNIT_WORD = re.compile(
    r"[-+]?[0-9][0-9., \u00a0]*(?:\s[^\W\d_]|nghìn|ngàn|triệu|tỷ|tỉ|vạn|đồng)[^0-9]*"
)


def read_figure(raw: Raw, *, whole_number: bool) -> Figure | Unreadable:
    """The figure a cell states; `whole_number` says that its quantity is counted in units."""
    if isinstance(raw, Decimal):  # apart, because a signalling NaN cannot be remembered
        return checked(raw)
    return _read(raw, whole_number)


@lru_cache(maxsize=131072, typed=True)  # typed, or True would be answered with the figure of 1
def _read(
    raw: str | float | datetime | date | time | None, whole_number: bool
) -> Figure | Unreadable:
    """The same, remembered: forms repeat their small numbers, and figures never change."""
    if isinstance(raw, str):
        # Plain digits and one or two decimals are nearly every cell and need no further rule.
        if raw.isdigit() and raw.isascii() and len(raw) <= 14 and (raw[0] != "0" or raw == "0"):
            return Figure(Decimal(raw), None)
        if _SHORT_DECIMAL.fullmatch(raw):
            return Figure(Decimal(raw.replace(",", ".")), None)
        return _read_text(raw, whole_number)
    if raw is None:
        return _MISSING
    if isinstance(raw, int) and not isinstance(raw, bool):
        return checked(Decimal(raw))
    return _read_float(raw) if isinstance(raw, float) else _NOT_A_NUMBER


def _read_float(raw: float) -> Figure | Unreadable:
    """A spreadsheet number without the noise of binary fractions (0.1 + 0.2 is 0.3)."""
    if not isfinite(raw):
        return _NOT_A_NUMBER
    if raw.is_integer():
        return checked(Decimal(int(raw)))
    # 12 digits drop the noise; large amounts keep 15, all a spreadsheet holds, for their decimals.
    digits = min(15, max(12, len(str(int(abs(raw)))) + DECIMALS))
    return checked(Decimal(f"{raw:.{digits}g}"))


def _read_text(raw: str, whole_number: bool) -> Figure | Unreadable:
    """A written figure, an absence, or an estimate of either."""
    text = normalize("NFC", raw).replace("\ufeff", "").strip().lower()
    if len(text) > LONGEST:
        return _NOT_A_NUMBER
    absence = _read_absence(text)
    if absence is not None:
        return absence
    # An estimate starts or ends with a word; anything else need not be searched for one.
    estimate = None if text[0].isdigit() and text[-1].isdigit() else _ESTIMATE.fullmatch(text)
    if estimate is None:
        return _read_number(text, whole_number)
    return _estimated(_read_number(estimate["before"] or estimate["after"], whole_number))


def _read_absence(text: str) -> Figure | None:
    """Nothing at all, "…" and "-" are three statements that must not become zero."""
    if not text or _DOTS_ONLY.fullmatch(text) or text in _MISSING_WORDS:
        return _MISSING
    if _DASHES_ONLY.fullmatch(text) or text in _NIL_WORDS:
        return _NIL
    return None


def _estimated(read: Figure | Unreadable) -> Figure | Unreadable:
    """The same figure marked as an estimate."""
    return replace(read, estimate=True)


def _read_number(text: str, whole_number: bool) -> Figure | Unreadable:
    """Sign, digits and percent sign, or the reason why the text is not one number."""
    bracketed = _BRACKETED.fullmatch(text)
    match = _NUMBER.fullmatch(bracketed["inner"] if bracketed else text)
    if match is None:
        return Unreadable(_why_not(text))
    negative = bool(bracketed) or match["sign"] in {"-", "–", "−"}
    readings = _readings(match["body"], whole_number)
    if negative:
        readings = tuple(value.copy_negate() for value in readings)
    if len(readings) != 1:
        return Unreadable("ambiguous", readings, note=match["unit"]) if readings else _NOT_A_NUMBER
    return checked(readings[0], note=match["unit"])


def _why_not(text: str) -> Reason:
    """The nearest reason for a text that is not a number, so that the remedy fits."""
    if _RANGE.fullmatch(text) or _COMPARED.fullmatch(text):
        return "range"
    return "unit_word" if _UNIT_WORD.fullmatch(text) else "not_a_number"


def _readings(body: str, whole_number: bool) -> tuple[Decimal, ...]:
    """Every number the digits and separators can mean: none, one, or two where it is unclear."""
    if re.search(_SPACE, body):
        return _decimal(*_split_last(re.sub(_SPACE, "", body)))
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        return _read_both(body)
    if dots + commas == 0:
        return _decimal(body, "")
    mark = "." if dots else ","
    return _read_groups(body, mark) if dots + commas > 1 else _read_one(body, mark, whole_number)


def _read_both(body: str) -> tuple[Decimal, ...]:
    """With both separators the last one is the decimal mark: 1.234,5 and 1,234.5."""
    whole, fraction = _split_last(body)
    thousands = "," if body[len(whole)] == "." else "."
    groups = _read_groups(whole, thousands)
    return _decimal(str(groups[0]), fraction) if groups and fraction else ()


def _split_last(body: str) -> tuple[str, str]:
    """What stands before and after the last separator."""
    last = max(body.rfind("."), body.rfind(","))
    return (body, "") if last < 0 else (body[:last], body[last + 1 :])


def _read_groups(body: str, mark: str) -> tuple[Decimal, ...]:
    """Thousands: a group of one to three digits, then groups of exactly three."""
    first, *rest = body.split(mark)
    well_formed = first.isdigit() and len(first) <= 3 and first[0] != "0"
    if not well_formed or any(len(group) != 3 or not group.isdigit() for group in rest):
        return ()
    return _decimal(first + "".join(rest), "")


def _read_one(body: str, mark: str, whole_number: bool) -> tuple[Decimal, ...]:
    """One separator: three digits after it may be thousands, anything else is decimals."""
    whole, fraction = body.split(mark)
    decimal = _decimal(whole, fraction) if fraction else ()
    thousands = _read_groups(body, mark)
    if not thousands:
        return decimal
    if whole_number:
        return thousands
    return decimal + thousands if mark == "." else decimal


def _decimal(whole: str, fraction: str) -> tuple[Decimal, ...]:
    """One reading. 02 is how documents write 2, but 00012 is a code and not a figure."""
    if whole.startswith("0") and len(whole) > (1 if fraction else 2):
        return ()
    return (Decimal(f"{whole}.{fraction}" if fraction else whole),)


def checked(value: Decimal, note: str | None = None) -> Figure | Unreadable:
    """A number as a figure if the store can hold it exactly, else the reason why not."""
    if not value.is_finite():
        return _NOT_A_NUMBER
    if abs(value) >= TOO_LARGE:
        return Unreadable("too_large")
    if not value.as_tuple().exponent and value:
        return Figure(value, None, note=note)
    # 36.50 is 36.5 and 5.0 is 5; decimals beyond the store's are refused, never rounded.
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    exact = Decimal(f"{whole}.{fraction}" if fraction else whole) if value else Decimal(0)
    if len(fraction) > DECIMALS:
        return Unreadable("too_precise", (exact,))
    return Figure(exact, None, note=note)
