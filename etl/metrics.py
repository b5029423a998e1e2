"""Figures about the running system as Prometheus reads them (text format 0.0.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from etl import context
from etl.store.connect import Store

SQL = """select
    (select coalesce(max(id), 0) from audit),
    (select count(*) from upload), (select count(*) from submission), (select count(*) from fact),
    (select max(occurred_at) from audit where action = 'load'),
    (select max(occurred_at) from audit)"""


@dataclass(frozen=True)
class Gauge:
    """One figure: its name, what it is, its value; None is left out."""

    name: str
    help: str
    value: float | None


def metrics(extra: list[Gauge]) -> str:
    """All figures of the open database and what the server adds."""
    return "".join(_lines([*_of(context.opened().store), *extra]))


def _of(store: Store) -> list[Gauge]:
    row = store.cursor().execute(SQL).fetchone() or (None,) * 6
    version, uploads, submissions, facts, load, act = row
    size = store.path.stat().st_size if store.path else None
    return [
        Gauge("data_version", "Number of the newest act in the log", version),
        Gauge("uploads", "Files received", uploads),
        Gauge("submissions", "Forms received, all revisions", submissions),
        Gauge("facts", "Figures held, all revisions", facts),
        Gauge("last_load_timestamp_seconds", "When a file was last taken in", _seconds(load)),
        Gauge("last_act_timestamp_seconds", "When anything was last written", _seconds(act)),
        Gauge("database_bytes", "Size of the database file", size),
    ]


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.replace(tzinfo=UTC).timestamp()


def _lines(gauges: list[Gauge]) -> Iterator[str]:
    for gauge in gauges:
        if gauge.value is not None:
            name = f"vandan_{gauge.name}"
            yield f"# HELP {name} {gauge.help}\n# TYPE {name} gauge\n{name} {gauge.value}\n"
