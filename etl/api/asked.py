"""What an address of the API asks for: every parameter checked, every fault said in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from etl.context import FIRST_DAY, LAST_DAY, Context, local, parse_moment
from etl.context import today as today_now
from etl.results import Picture, picture
from etl.store.audit import version_at
from etl.store.current import approved
from indicators.period import Period, parse_period
from indicators.plans import Plan
from indicators.text import say

LIMIT, MOST = 1_000, 10_000  # rows of a page where none is asked for, and at most
LONGEST = 200  # characters of one parameter
APPROVED = "approved"  # only figures of approved reports, as the pages write it too
KINDS = ("json", "csv", "parquet")


class Problem(Exception):
    """A request that cannot be answered: a status of HTTP and a sentence of ``texts/api.toml``."""

    def __init__(self, status: int, key: str, **facts: object) -> None:
        super().__init__(key)
        self.status, self.key, self.facts = status, key, facts

    def document(self) -> dict[str, Any]:
        """As RFC 9457 wants it, with the sentence in both languages."""
        return {
            "type": "about:blank",
            "title": say(f"api.status.{self.status}", "en"),
            "status": self.status,
            "detail": say(f"api.problem.{self.key}", "vi", **self.facts),
            "detail_en": say(f"api.problem.{self.key}", "en", **self.facts),
        }


def assess(asked: "Asked") -> Picture:
    """The targets of a plan, worked out now; a server that keeps them gives its own instead."""
    return picture(
        asked.opened.store,
        asked.opened.deployment,
        asked.the_plan,
        asked.the_period,
        scope=asked.unit or asked.the_plan.unit,
        today=asked.today,
        known_on=asked.known_on,
    )


@dataclass(frozen=True)
class Asked:
    """The parameters as they are meant; what was not given is None."""

    opened: Context
    assessed: Callable[["Asked"], Picture] = assess
    plan: Plan | None = None
    period: Period | None = None
    unit: str | None = None
    quantity: str | None = None
    indicator: str | None = None
    known: str | None = None
    figures: str | None = None
    limit: int = LIMIT
    offset: int = 0

    @property
    def moment(self) -> datetime | None:
        """The earlier moment that is looked from (UTC); None is now."""
        return None if self.known is None else parse_moment(self.known)

    @property
    def known_on(self) -> datetime | None:
        """What counts: what was received by then (None: all), approved reports alone if asked."""
        return approved(self.moment) if self.figures else self.moment

    @property
    def version(self) -> int:
        """The version of the data that are looked at: that of then, where it is an earlier moment."""
        store = self.opened.store
        return store.version() if self.moment is None else version_at(store.cursor(), self.moment)

    @property
    def today(self) -> date:
        """The day on which they are told."""
        return today_now() if self.moment is None else local(self.moment).date()

    @property
    def the_plan(self) -> Plan:
        """The plan of a resource that needs one."""
        if self.plan is None:
            raise AssertionError("a resource that asks for no plan looks at one")
        return self.plan

    @property
    def the_period(self) -> Period:
        """The period of a resource that needs one."""
        if self.period is None:
            raise AssertionError("a resource that asks for no period looks at one")
        return self.period


Reader = Callable[[str, Context], Any]


def _plan(text: str, opened: Context) -> Plan:
    if text not in opened.deployment.plans:
        raise Problem(404, "plan", got=text)
    return opened.deployment.plans[text]


def _period(text: str, opened: Context) -> Period:
    try:
        return parse_period(text)
    except ValueError:
        raise Problem(400, "period", got=text) from None


def _one_of(names: Callable[[Context], Any], key: str) -> Reader:
    def read(text: str, opened: Context) -> str:
        if text not in names(opened):
            raise Problem(404, key, got=text)
        return text

    return read


def _known(text: str, opened: Context) -> str:
    try:
        parse_moment(text)
    except ValueError:
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise Problem(400, "known", got=text, **years) from None
    return text


def _figures(text: str, opened: Context) -> str:
    if text != APPROVED:
        raise Problem(400, "figures", got=text)
    return text


def _count(low: int, high: int) -> Reader:
    def read(text: str, opened: Context) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise Problem(400, "count", got=text, low=low, high=high)
        return int(text)

    return read


READERS: dict[str, Reader] = {
    "plan": _plan,
    "period": _period,
    "unit": _one_of(lambda opened: opened.deployment.units.ids, "unit"),
    "quantity": _one_of(lambda opened: opened.deployment.catalogue.quantities, "quantity"),
    "indicator": _one_of(lambda opened: opened.deployment.catalogue.indicators, "indicator"),
    "known": _known,
    "figures": _figures,
    "limit": _count(1, MOST),
    "offset": _count(0, 10**9),
}


@dataclass(frozen=True)
class Parameters:
    """Which parameters a resource takes, and which of them it cannot do without."""

    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = field(default=())

    @property
    def all(self) -> tuple[str, ...]:
        """Every parameter, those needed first."""
        return self.needed + self.optional


def asked_of(
    query: Mapping[str, str],
    takes: Parameters,
    opened: Context,
    assessed: Callable[[Asked], Picture] = assess,
) -> Asked:
    """The request as it is meant. Raises Problem."""
    for name, text in query.items():
        if name not in takes.all:
            raise Problem(400, "parameter", got=name[:LONGEST], known=", ".join(takes.all) or "-")
        if len(text) > LONGEST:
            raise Problem(400, "long", name=name, most=LONGEST)
    for name in takes.needed:
        if not query.get(name):
            raise Problem(400, "missing", name=name)
    return Asked(
        opened, assessed, **{n: READERS[n](text, opened) for n, text in query.items() if text}
    )


def kind_of(wanted: str | None, accept: str) -> str:
    """json, csv or parquet: by ``format``, else by what the client accepts. Raises Problem."""
    if wanted is not None:
        if wanted not in KINDS:
            raise Problem(400, "format", got=wanted[:LONGEST])
        return wanted
    names = {
        "application/json": "json",
        "text/csv": "csv",
        "application/vnd.apache.parquet": "parquet",
    }
    offered = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    return next((names[each] for each in offered if each in names), "json")
