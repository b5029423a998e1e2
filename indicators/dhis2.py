"""DHIS2's way of writing: periods, identifiers, and which of its codes are which of our quantities."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from indicators.period import Period, PeriodKind, parse_period
from indicators.schema import Collector

FILE = "exchange/dhis2.toml"
# The combination of a data element without disaggregation: "", or the one every DHIS2 is born with.
DEFAULT_COMBOS = frozenset({"", "default", "HllvX50cXC0"})
UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}", re.ASCII)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = LETTERS + "0123456789"
PERIOD = re.compile(
    r"(?P<year>\d{4})(?:Q(?P<q>[1-4])|S(?P<h>[12])|(?P<m>0[1-9]|1[0-2]))?", re.ASCII
)


@dataclass(frozen=True)
class Element:
    """A quantity, and the data element (with its category option combination) it is in DHIS2."""

    quantity: str
    element: str
    combo: str = ""


@dataclass(frozen=True)
class Mapping:
    """The codes of one DHIS2 (``exchange/dhis2.toml``); without the file, our own ids are codes.

    ``unit_system``: the coding system of ``units/*/codes.csv`` in which organisation units are
    named there. ``attribute``: the attribute option combination of every value.
    """

    unit_system: str | None = None
    attribute: str = ""
    elements: tuple[Element, ...] = ()
    ignored: tuple[str, ...] = ()  # data elements that are no matter here

    @cached_property
    def quantity_of(self) -> dict[tuple[str, str], str]:
        """(data element, combination) to quantity; the default combination is ""."""
        return {(row.element, plain(row.combo)): row.quantity for row in self.elements}

    @cached_property
    def element_of(self) -> dict[str, Element]:
        """Quantity to its data element."""
        return {row.quantity: row for row in self.elements}

    def element(self, quantity: str) -> Element | None:
        """What a quantity is called there; None where the table of elements leaves it out."""
        return self.element_of.get(quantity) if self.elements else Element(quantity, quantity)


def plain(combo: str) -> str:
    """The combination as a key: every way of writing the default one is ""."""
    return "" if combo in DEFAULT_COMBOS else combo


def check_mapping(mapping: Mapping, quantities: Collection[str], collector: Collector) -> None:
    """Note quantities that do not exist, and rows that say the same thing twice."""
    seen: set[object] = set()
    for number, row in enumerate(mapping.elements):
        at = f"elements[{number}]"
        if row.quantity not in quantities:
            collector.add(FILE, f"{at}.quantity", f"«{row.quantity}» không có trong danh mục")
        for key in (row.quantity, (row.element, plain(row.combo))):
            if key in seen:
                collector.add(FILE, at, f"«{key if isinstance(key, str) else key[0]}» có hai dòng")
            seen.add(key)


def period_from(text: str) -> Period:
    """The period DHIS2 writes ``2021``, ``2021Q3``, ``2021S1`` or ``202109``; also our own codes.

    ValueError for weeks, days, financial years and anything else that is no period here.
    """
    match = PERIOD.fullmatch(text)
    if match is None:
        return parse_period(text)
    part = ""
    if match["q"]:
        part = f"-Q{match['q']}"
    elif match["h"]:
        part = f"-H{match['h']}"
    elif match["m"]:
        part = f"-{match['m']}"
    return parse_period(match["year"] + part)


def period_to(period: Period) -> str | None:
    """The period as DHIS2 writes it; None for nine months, which it does not have."""
    suffix = {
        PeriodKind.MONTH: f"{period.number:02d}",
        PeriodKind.QUARTER: f"Q{period.number}",
        PeriodKind.HALF: f"S{period.number}",
        PeriodKind.YEAR: "",
    }
    return f"{period.year:04d}{suffix[period.kind]}" if period.kind in suffix else None


def uid_of(text: str) -> str:
    """An identifier as DHIS2 makes them (a letter, ten letters or digits), the same for ever."""
    number = int.from_bytes(sha256(text.encode("utf-8")).digest(), "big")
    number, first = divmod(number, len(LETTERS))
    found = LETTERS[first]
    for _ in range(10):
        number, sign = divmod(number, len(SIGNS))
        found += SIGNS[sign]
    return found
