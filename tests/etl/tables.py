"""Small tables written as text, and what recognition and loading make of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from etl.entries import Hints, Recognised
from etl.grid import Sheet, Value
from etl.load import Loaded, Sending, load
from etl.recognise import recognise
from etl.store.connect import Store
from indicators.deployment import Deployment, load_deployment
from indicators.period import parse_period
from indicators.wording import Wording

DATA = Path(__file__).resolve().parents[2] / "data"
TODAY = date(2022, 6, 30)
CENTRE, HOSPITAL = "th-ttyt-nhu-thanh", "th-bvdk-nhu-thanh"
Fact = tuple[str, str, str, str]

OTHER = "th-ttyt-nga-son"
DOCTORS = (CENTRE, "2021-Q3", "doctors", "12")
PEOPLE = (CENTRE, "2021-Q3", "population", "95000")
FOUR = {
    DOCTORS, PEOPLE, (CENTRE, "2021-Q2", "doctors", "11"),
    (CENTRE, "2021-Q2", "population", "94000"),
}  # fmt: skip
OTHERS = (OTHER, "2021-Q3", "doctors", "20")


@cache
def deployment() -> Deployment:
    """The data folder as delivered, read once."""
    return load_deployment(DATA)


def hints(period: str | None = None, unit: str | None = None) -> Hints:
    """What the sender chose."""
    return Hints(TODAY, parse_period(period) if period else None, unit)


def grid(text: str) -> list[list[Value]]:
    """Rows of cells parted by "|"; a blank cell is None, a row of nothing stays."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


def sheet(text: str | list[list[Value]], name: str | None = None) -> Sheet:
    """The table as one sheet whose lines count from 1."""
    rows = grid(text) if isinstance(text, str) else text
    return Sheet(name, rows, range(1, len(rows) + 1))


def recognised(
    *tables: str | Sheet, file: str = "tep.csv", given: Hints | None = None
) -> Recognised:
    """What recognition makes of the tables."""
    sheets = tuple(sheet(table) if isinstance(table, str) else table for table in tables)
    return recognise(sheets, file, deployment(), given or hints())


def worded(text: str | Sheet, wording: Wording, period: str | None = None) -> Recognised:
    """A table recognised in a deployment with words of its own."""
    place = replace(deployment(), wording=wording)
    table = sheet(text) if isinstance(text, str) else text
    return recognise((table,), "tep.csv", place, hints(period))


def facts(found: Recognised) -> set[Fact]:
    """(unit, period, quantity, value as text; an absence by its name)."""
    e = found.entries
    rows = zip(e.unit, e.period, e.quantity, e.figure, strict=True)
    return {(u, p, q, str(f.absence or f.value)) for u, p, q, f in rows}


def codes(found: Recognised | Loaded) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in found.findings]


def long(rows: Iterable[str]) -> bytes:
    """A long file of the rows: "unit,period,quantity,value"."""
    return "\n".join(["unit,period,quantity,value", *rows]).encode()


def send(
    store: Store,
    content: bytes | Iterable[str],
    *,
    name: str = "tep.csv",
    at: datetime = datetime(2022, 1, 5, 8),
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    dry_run: bool = False,
    given: Hints | None = None,
) -> Loaded:
    """Load bytes, or rows of a long file."""
    data = content if isinstance(content, bytes) else long(content)
    how = Sending(
        "thử", at, TODAY, reason=reason, dry_run=dry_run, compare=dry_run, reasons=reasons or {}
    )
    return load(store, deployment(), name, data, hints=given or hints(), how=how)


def current(store: Store) -> set[tuple[str, str]]:
    """(quantity, value) of every current figure, for stores with one unit and period."""
    from etl.store.current import moments, sql_for_current

    rows = (
        store.cursor()
        .execute(
            f"""with {sql_for_current()} select d.id, f.value, f.absence from current_submission c
            join fact f on f.submission = c.id
            join dimension d on d.kind = 'quantity' and d.key = f.quantity""",
            moments(None),
        )
        .fetchall()
    )
    return {(name, "-" if value is None else f"{value.normalize():f}") for name, value, _ in rows}
