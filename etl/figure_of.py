"""What one cell says about one quantity: the figure, and what has to be said about reading it.

The dot of thousands and the decimal comma are told apart by the kind of the quantity and by its
band; where both readings are possible nothing is chosen and the question is put.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.measures import Measures, split_cell
from etl.numbers import Figure, Raw, Unreadable, checked, read_figure
from etl.rules.case import said
from etl.rules.figures import THOUSAND, figure_fault, with_thousands
from indicators.catalogue import Quantity

UNREADABLE = {"not_a_number": "number-unreadable"}
_TWO = re.compile(r"(?P<first>[^()\[\]]+?)\s*[(\[](?P<second>[^()\[\]]+)[)\]]")


@dataclass(frozen=True)
class Remark:
    """The code of a finding about a cell, with its facts."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """The figure of a cell, None where it cannot be used, and everything to be said about it."""

    figure: Figure | None
    remarks: tuple[Remark, ...] = ()


def figure_of(raw: Raw, quantity: Quantity, measures: Measures, stated: str | None = None) -> Read:
    """Read a cell of a quantity; ``stated`` is the unit of measure its column or table states.

    A conversion that the column states is said by who found the statement, once; one that the cell
    states itself is said here.
    """
    factor = _factor(stated, quantity, measures)
    read = read_figure(raw, whole_number=quantity.whole_number and factor == 1)
    if isinstance(read, Figure):
        return _settled(raw, read, quantity, factor)
    return _unreadable(raw, read, quantity, measures, factor)


def _factor(stated: str | None, quantity: Quantity, measures: Measures) -> Decimal:
    found = measures.factor_of_column(stated, quantity.unit_of_measure) if stated else None
    return Decimal(1) if found is None else found


def _settled(raw: Raw, figure: Figure, quantity: Quantity, factor: Decimal) -> Read:
    """A clear figure: converted, or given back the thousands that a spreadsheet took."""
    if factor != 1:
        return _times(figure, factor, quantity)
    if _lost_thousands(raw, figure, quantity):
        meant = replace(figure, value=with_thousands(figure.value))
        if figure_fault(meant, quantity) is None:
            facts = {"quantity": quantity.name_vi, "as": said(figure.value)}
            return Read(meant, (Remark("number-thousands", facts | {"used": said(meant.value)}),))
    return Read(figure)


def _lost_thousands(raw: Raw, figure: Figure, quantity: Quantity) -> bool:
    """1.135 typed into a spreadsheet that takes the dot for a decimal mark: three digits remain."""
    if isinstance(raw, str) or figure.value is None or not quantity.whole_number:
        return False
    return figure.value.as_tuple().exponent == -3 and 1 <= abs(figure.value) < THOUSAND


def _times(figure: Figure, factor: Decimal, quantity: Quantity) -> Read:
    if figure.value is None:
        return Read(figure)
    read = checked(figure.value * factor, figure.note)
    if isinstance(read, Unreadable):
        return Read(None, (_refusal(read, quantity),))
    return Read(replace(read, estimate=figure.estimate))


def _unreadable(
    raw: Raw, read: Unreadable, quantity: Quantity, measures: Measures, factor: Decimal
) -> Read:
    if read.reason == "ambiguous":
        return _by_band(read, quantity, factor)
    if read.reason == "too_precise" and factor > 1 and len(read.readings) == 1:
        return _times(Figure(read.readings[0], None, read.estimate, read.note), factor, quantity)
    if isinstance(raw, str) and read.reason == "unit_word":
        found = _with_words(raw, quantity, measures, factor)
        return found or Read(None, (_refusal(read, quantity),))
    if isinstance(raw, str) and read.reason == "not_a_number":
        return Read(None, (_two_values(raw, quantity) or _refusal(read, quantity),))
    return Read(None, (_refusal(read, quantity),))


def _refusal(read: Unreadable, quantity: Quantity) -> Remark:
    readings = " / ".join(said(value) for value in read.readings)
    code = UNREADABLE.get(read.reason, f"number-{read.reason.replace('_', '-')}")
    return Remark(code, {"readings": readings, "quantity": quantity.name_vi})


def _by_band(read: Unreadable, quantity: Quantity, factor: Decimal) -> Read:
    """The one reading that the band of the quantity allows; the question where it allows both."""
    figures = [Figure(value * factor, None, read.estimate, read.note) for value in read.readings]
    inside = [figure for figure in figures if figure_fault(figure, quantity) is None]
    if len(inside) != 1:
        return Read(None, (_refusal(read, quantity),))
    other = next(figure for figure in figures if figure is not inside[0])
    settled = _times(inside[0], Decimal(1), quantity)
    facts = {
        "quantity": quantity.name_vi,
        "used": said(inside[0].value),
        "other": said(other.value),
    }
    return replace(settled, remarks=(*settled.remarks, Remark("number-by-band", facts)))


def _with_words(raw: str, quantity: Quantity, measures: Measures, column: Decimal) -> Read | None:
    """A cell that states its own unit of measure, converted where that fits its column's."""
    parts = split_cell(raw)
    factor = measures.factor(parts[1], quantity.unit_of_measure) if parts else None
    if parts is None or factor is None or column not in (1, factor):
        return None
    found = figure_of(parts[0], quantity, measures, parts[1])
    if found.figure is None:
        return found
    facts = {
        "quantity": quantity.name_vi,
        "measure": quantity.unit_of_measure,
        "used": said(found.figure.value),
    }
    return replace(found, remarks=(*found.remarks, Remark("number-converted", facts)))


def _two_values(raw: str, quantity: Quantity) -> Remark | None:
    """ "91.9 (92.0)": two numbers in one cell, of which nobody here can choose one."""
    match = _TWO.fullmatch(raw.strip())
    if match is None:
        return None
    both = [read_figure(match[part], whole_number=False) for part in ("first", "second")]
    if not all(_is_number(read) for read in both):
        return None
    facts = {"first": match["first"], "second": match["second"], "quantity": quantity.name_vi}
    return Remark("number-two-values", facts)


def _is_number(read: Figure | Unreadable) -> bool:
    """Whether there is a number, be it clear which one or not."""
    return read.reason == "ambiguous" if isinstance(read, Unreadable) else read.value is not None
