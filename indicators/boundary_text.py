"""A reorganisation in the series of a unit as one sentence."""

from datetime import date, timedelta

from indicators.text import lower_first, say, upper_first
from indicators.turn import Change, Reason
from indicators.units import UnitRegistry

FEW = 4  # units named in one sentence


def change_text(units: UnitRegistry, change: Change, language: str = "vi") -> str:
    """What changed, when, by which resolution, and what it means for earlier figures."""
    eve = change.day - timedelta(days=1)
    unit = _name(units, change.unit, change.day)
    others = [_name(units, other, eve) for other in change.others]
    one = change.reason is Reason.FORMED and len(others) == 1
    kind = units.latest_names[change.unit].kind
    text = say(
        f"boundary.{'continued' if one else change.reason}",
        language,
        what=say("boundary.area" if kind in units.areas else "boundary.facility", language),
        day=f"{change.day:%d/%m/%Y}",
        unit=unit,
        others=_list([_told_apart(other, unit, language) for other in others], language),
        source=change.resolution or say("boundary.unsourced", language),
    )
    return upper_first(text)


def _name(units: UnitRegistry, unit: str, day: date) -> str:
    """What the unit was called on the day, as inside a sentence: "huyện Hoành Bồ"."""
    there = units.at(day).units.get(unit)
    row = there or units.latest_names[unit]
    return lower_first(row.name) if row.kind in units.areas else row.name


def _told_apart(other: str, unit: str, language: str) -> str:
    """A new commune often took over the name of an old one."""
    return say("boundary.former", language, name=other) if other == unit else other


def _list(names: list[str], language: str) -> str:
    more = len(names) - FEW
    if more > 0:
        names = [*names[:FEW], say("boundary.more", language, count=more)]
    if len(names) < 2:
        return "".join(names)
    return say("boundary.names", language, names=", ".join(names[:-1]), last=names[-1])
