"""`python -m tests.bench`: how fast a province's ten years load and show, beside bare DuckDB.

Figures of one run on one machine, printed and never asserted: only their ratio says anything.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
from streamlit.testing.v1 import AppTest

from etl import context
from etl.entries import Hints
from etl.load import Sending, load
from etl.store.connect import Store, open_store
from indicators.deployment import Deployment, load_deployment
from pages.parts.links import PAGES
from tests.bench.crowd import busy, crowd
from tests.bench.interface import interface
from tests.bench.lines import Line, shown, timed
from tests.bench.papers import papers
from tests.bench.province import TODAY, fill, long_file, make_folder, unit_forms
from tests.bench.visits import visits

ROOT = Path(__file__).resolve().parents[2]
ROWS = 200_000
TIMES = 3
SETTLED = 5  # later runs of a page
TIMEOUT = 120
TEN_YEARS = "ten-years.duckdb"
LATE = b"unit,period,quantity,value\ntr000,2025-Q4,q00,5001\n"


def main() -> int:
    """Run everything, a line as soon as it is known."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder)
        deployment = load_deployment(folder)
        for part in PARTS:
            for line in part(folder, deployment):
                print(shown(line), flush=True)
    return 0


def loading(folder: Path, deployment: Deployment) -> list[Line]:
    """The same long file through bare DuckDB and through all five steps, median of some runs."""
    path = folder / "long.csv"
    path.write_bytes(long_file(ROWS))
    warm_up(deployment)
    bare = statistics.median(timed(lambda: read_bare(path)) for _ in range(TIMES))
    databases = [folder / f"{number}.duckdb" for number in range(TIMES)]
    ours = statistics.median(timed(partial(load_file, db, deployment, path)) for db in databases)
    return [
        Line(f"DuckDB read_csv, {ROWS:,} rows", bare),
        Line(f"etl load, {ROWS:,} rows", ours, f"{ours / bare:.0f} x bare DuckDB"),
    ]


def forms(folder: Path, deployment: Deployment) -> list[Line]:
    """A quarter's workbook of every unit, one load each, beside bare DuckDB on their figures."""
    made = list(unit_forms())
    plain = folder / "forms"
    plain.mkdir()
    for unit, _, figures in made:
        (plain / f"{unit}.csv").write_bytes(figures)
    bare = timed(lambda: [read_bare(path) for path in plain.iterdir()])
    store = open_store(folder / "forms.duckdb")
    ours = timed(lambda: [send(store, deployment, f"{u}.xlsx", book) for u, book, _ in made])
    store.close()
    return [
        Line(f"DuckDB read_csv, {len(made)} files", bare),
        Line(f"etl load, {len(made)} workbooks", ours, f"{ours / bare:.0f} x bare DuckDB"),
    ]


def warm_up(deployment: Deployment) -> None:
    """Import what the first load imports."""
    load_bytes(None, deployment, long_file(300))


def read_bare(path: Path) -> None:
    """Into a table, types found out by DuckDB, nothing checked."""
    with duckdb.connect() as con:
        con.execute("create table t as select * from read_csv(?)", [str(path)])


def load_file(db: Path, deployment: Deployment, path: Path) -> None:
    """Read, recognise, validate, stage and commit into a new database on disk."""
    load_bytes(db, deployment, path.read_bytes())


def load_bytes(db: Path | None, deployment: Deployment, content: bytes) -> None:
    """The same of bytes; a refusal is an error of the benchmark."""
    store = open_store(db)
    send(store, deployment, "long.csv", content)
    store.close()


def send(store: Store, deployment: Deployment, name: str, content: bytes) -> None:
    """Load one file whatever it asks; a refusal is an error of the benchmark."""
    how = Sending("bench", datetime(2026, 1, 10), TODAY, reason="bench", compare=False)
    loaded = load(store, deployment, name, content, hints=Hints(TODAY), how=how)
    if not loaded.committed:
        raise RuntimeError(f"refused: {loaded.findings[:3]}")


def pages(folder: Path, deployment: Deployment) -> list[Line]:
    """The first and a later script run of every page on ten years of the province."""
    db = folder / TEN_YEARS
    store = open_store(db)
    seconds = timed(lambda: fill(store, deployment))
    facts = store.cursor().execute("select count(*) from fact").fetchall()[0][0]
    store.close()
    os.environ |= {"VANDAN_DATA": str(folder), "VANDAN_DB": str(db)}
    lines = [Line(f"ten years, {facts:,} facts", seconds, "made by ten loads")]
    for page in PAGES:
        lines += run_page(ROOT / "pages" / page.file)
    lines.append(after_a_change(deployment))
    context.close()
    return lines


def after_a_change(deployment: Deployment) -> Line:
    """The first page once more after a file came in: every sum is worked out again."""
    test = AppTest.from_file(str(ROOT / "pages" / PAGES[0].file), default_timeout=TIMEOUT)
    test.run()
    send(context.opened().store, deployment, "late.csv", LATE)
    return Line(f"{PAGES[0].file[:-3]}: first run after a change of data", timed(test.run))


def run_page(page: Path) -> list[Line]:
    """Two lines for a page, or one that says why there are none."""
    test = AppTest.from_file(str(page), default_timeout=TIMEOUT)
    first = timed(test.run)
    if test.exception:
        return [Line(f"{page.stem}: failed", first, test.exception[0].message[:60])]
    later = statistics.median(timed(test.run) for _ in range(SETTLED))
    return [Line(f"{page.stem}: first run", first), Line(f"{page.stem}: later run", later)]


def served(folder: Path, deployment: Deployment) -> Iterator[Line]:
    """The API, first visits in a browser, and fifty people at once."""
    db = folder / TEN_YEARS
    yield from interface(folder, db, deployment)
    yield from visits(folder, db)
    yield from crowd(folder, db)
    yield from busy(folder)


PARTS: tuple[Callable[[Path, Deployment], Iterable[Line]], ...] = (
    loading,
    forms,
    pages,
    papers,
    served,
)

if __name__ == "__main__":
    sys.exit(main())
