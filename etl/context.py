"""What this process has open: one deployment and its warehouse, shared by pages and commands."""

import os
import threading
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from time import monotonic

from etl.editions import edition_at, keep_edition, newest, read_edition
from etl.log import tell
from etl.store.connect import Store, now, open_store
from etl.web import Place, place_of
from indicators.deployment import Deployment, load_deployment
from indicators.schema import DataErrors

VIETNAM = timezone(timedelta(hours=7))
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2090, 12, 31)  # that can be asked about


@dataclass
class Context:
    """An open deployment: what is known beforehand, and what was reported."""

    place: Place
    deployment: Deployment
    store: Store
    stamp: tuple[tuple[str, int], ...]


PAUSE = 0.3  # seconds between two looks at the data files

# From which earlier moment this run looks, where it does: definitions are then those of the time.
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_open: Context | None = None
_read: dict[Path, tuple[tuple[tuple[str, int], ...], Deployment]] = {}
_looked = 0.0
_guard = threading.RLock()


def opened() -> Context:
    """The deployment and warehouse of this process, opened on first use.

    Data files edited since are read again; the plan of January needs no restart. Looking from an
    earlier moment (``look_from``), catalogue, plans and units are the edition in force then.
    """
    context, moment = _opened(), _moment.get()
    return context if moment is None else as_of(context, moment)


def look_from(moment: datetime | None) -> None:
    """Look, in this run and thread, with the definitions that were in force at a moment (UTC)."""
    _moment.set(moment)


def as_of(context: Context, moment: datetime) -> Context:
    """The same with catalogue, plans and units as they were in force at a moment (UTC)."""
    cur = context.store.cursor()
    edition = edition_at(cur, moment)
    if edition in (0, newest(cur)):
        return context
    try:
        deployment = read_edition(cur, edition)
    except DataErrors:
        # Written for a release that asked for less: what holds today is the nearest there is.
        return context
    return replace(context, deployment=deployment, stamp=(("edition", edition),))


def _opened() -> Context:
    """A run of a page asks many times: whoever asked a moment ago gets the same answer without a
    look at every file, and so does who asks while another looks."""
    place = place_of(os.environ)
    held = _open
    if held is not None and held.place == place:
        if monotonic() - _looked < PAUSE or not _guard.acquire(blocking=False):
            return held
    else:
        _guard.acquire()
    try:
        return _looked_at(place)
    finally:
        _guard.release()


def _looked_at(place: Place) -> Context:
    """Opened where it is not, opened again where it broke, read again where a data file changed."""
    global _open, _looked
    _looked = monotonic()
    if _open is not None and _open.store.is_broken():
        tell("reopen", database=str(place.db))
        close()
    if _open is None or _open.place != place:
        close()
        deployment, stamp = deployment_of(place.data)
        _open = Context(place, deployment, open_store(place.db), stamp)
        _keep_edition(_open)
    elif (read := deployment_of(place.data))[1] != _open.stamp:
        _open.deployment, _open.stamp = read
        _keep_edition(_open)
    return _open


def _keep_edition(context: Context) -> None:
    """Keep the data files as they were read, so that today's definitions can be used years later.

    A database that init has not made yet gets its first edition from init.
    """
    if newest(context.store.cursor()):
        keep_edition(context.store, texts_in(context.place.data), now())


def texts_in(folder: Path) -> dict[str, str]:
    """The text of every file of a data folder that the program reads, by its path inside it."""
    paths = [Path(path) for path, _ in stamp_of(folder)]
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8-sig") for p in paths}


def deployment_of(folder: Path) -> tuple[Deployment, tuple[tuple[str, int], ...]]:
    """A data folder as it stands now, read again only where a file of it changed; and its stamp."""
    # The stamp first: a file saved while it is being read is read again the next time.
    stamp = stamp_of(folder)
    if folder not in _read or _read[folder][0] != stamp:
        _read.clear()
        _read[folder] = stamp, load_deployment(folder)
    return _read[folder][1], stamp


def close() -> None:
    """Give the database back."""
    global _open
    with _guard:
        # Let go of first: what a thread still asks while the file closes fails, and is no fault.
        held, _open = _open, None
        if held is not None:
            held.store.close()


def is_open() -> bool:
    """Whether this process holds a database."""
    return _open is not None


def stamp_of(folder: Path) -> tuple[tuple[str, int], ...]:
    """When each data file was last written."""
    files = [
        *folder.glob("*.toml"),
        *folder.glob("*.geojson"),
        *(folder / "exchange").glob("*.toml"),
        *(folder / "catalogue").rglob("*.toml"),
    ]
    files += [*(folder / "plans").glob("*.toml"), *(folder / "plans").glob("*.outline.csv")]
    files += (folder / "units").rglob("*.csv")
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in files))


def today() -> date:
    """Today in Vietnam."""
    return datetime.now(UTC).astimezone(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """A stored moment (UTC) as the clock on the wall in Vietnam shows it."""
    return moment.replace(tzinfo=UTC).astimezone(VIETNAM)


def is_day(text: str) -> bool:
    """Whether a moment is written as a day without a time."""
    return "T" not in text and ":" not in text


def is_told_of(day: date) -> bool:
    """Whether a day can be asked about: the calendar is known some years to both sides of it."""
    return FIRST_DAY <= day <= LAST_DAY


def parse_moment(text: str) -> datetime:
    """A day (its end in Vietnam) or a moment (UTC where it names no zone), ISO; as UTC.

    ValueError for anything else, and for a day that nobody can be told of (`is_told_of`). A moment
    without a fraction means its whole second: what was received then was known.
    """
    try:
        moment = _utc(text)
        is_told = is_told_of(local(moment).date())
    except OverflowError as error:
        raise ValueError(text) from error
    if not is_told:
        raise ValueError(text)
    return moment if moment.microsecond else moment.replace(microsecond=999_999)


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if is_day(text):
        moment = datetime.combine(moment, time(23, 59, 59, 999_999, VIETNAM))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
