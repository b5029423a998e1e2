"""The import table of the design, kept true: who may use what, read from the code itself."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"app", "etl", "indicators", "pages", "tests"}
CORE = {"pyarrow", "pandas", "indicators"}
# The one library of facts: the days off of a country, without files or clock of its own.
FACTS = {"indicators/working_days.py": {"holidays"}}
LOADERS = {"indicators/schema.py", "indicators/text.py"}
DOORWAY = "indicators/__main__.py"
CLOCK = {
    *("date.today", "datetime.now", "datetime.today", "datetime.utcnow"),
    *("os.environ", "os.getenv", "environ", "getenv"),
}
READING = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def sources(folder: str) -> list[str]:
    """The Python files below a folder, relative to the root."""
    return sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*.py"))


@cache
def tree(file: str) -> ast.Module:
    """A file, parsed."""
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def imports(file: str) -> Iterator[str]:
    """Every module a file imports, wherever it does; relative ones with their folder."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = Path(file).parts[: len(Path(file).parts) - node.level] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def foreign(file: str) -> set[str]:
    """The top names of what is imported and neither ours nor of the standard library."""
    return {name.split(".")[0] for name in imports(file)} - sys.stdlib_module_names - OURS


def ours(file: str) -> set[str]:
    """The top folders of ours that are imported."""
    return {name.split(".")[0] for name in imports(file)} & OURS


def names(file: str) -> set[str]:
    """Every name and attribute that is used, attributes also with what they are taken from."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            owner = node.value
            last = getattr(owner, "attr", getattr(owner, "id", ""))
            found |= {node.attr, f"{last}.{node.attr}"}
    return found


CORE_FILES = [f for f in sources("indicators") if not f.startswith("indicators/charts/")]
CHARTS = sources("indicators/charts")
PAGES = sources("pages")


@pytest.mark.parametrize("file", CORE_FILES)
def test_the_core_imports_nothing_but_itself_and_tables(file: str) -> None:
    assert foreign(file) <= CORE | FACTS.get(file, set())
    assert ours(file) <= ({"etl"} if file == DOORWAY else {"indicators"})
    assert not any(name.startswith("indicators.charts") for name in imports(file))


@pytest.mark.parametrize("file", sorted({*CORE_FILES, *CHARTS} - LOADERS))
def test_the_core_opens_no_file_and_knows_no_clock_or_environment(file: str) -> None:
    assert not names(file) & (CLOCK | READING)
    assert not {"os", "time", "subprocess", "socket"} & {n.split(".")[0] for n in imports(file)}


@pytest.mark.parametrize("file", sorted(LOADERS))
def test_the_loaders_know_no_clock_or_environment(file: str) -> None:
    assert not names(file) & CLOCK


@pytest.mark.parametrize("file", CHARTS)
def test_charts_are_plotly_and_the_core(file: str) -> None:
    assert foreign(file) <= {"plotly", *CORE}
    assert ours(file) <= {"indicators"}


@pytest.mark.parametrize("file", sources("etl"))
def test_the_etl_knows_no_screen(file: str) -> None:
    assert "streamlit" not in foreign(file)
    assert ours(file) <= {"etl", "indicators"}


def is_page(name: str) -> bool:
    """Whether a module is a page that a person opens, and not a part of pages."""
    return name.startswith("pages.") and name.split(".")[1] != "parts"


@pytest.mark.parametrize("file", PAGES)
def test_pages_know_no_database_and_no_other_page(file: str) -> None:
    assert "duckdb" not in foreign(file)
    assert not any(is_page(name) for name in imports(file))
    assert ours(file) <= {"pages", "etl", "indicators"}


@pytest.mark.parametrize("file", PAGES)
def test_pages_carry_no_sql(file: str) -> None:
    texts = [
        n.value
        for n in ast.walk(tree(file))
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    starts = ("select ", "insert ", "update ", "delete ", "with ")
    assert not [t for t in texts if t.lower().lstrip().startswith(starts) and " from " in t.lower()]
    assert not names(file) & {"fetchall", "fetchone", "fetch_arrow_table"}


def test_the_data_has_no_code() -> None:
    assert sources("data") == []


def test_the_application_knows_pages_and_etl() -> None:
    assert foreign("app.py") <= {"streamlit", "uvicorn"}  # which serves it
    assert ours("app.py") <= {"pages", "etl"}


def test_only_the_store_and_what_asks_it_know_duckdb() -> None:
    knowing = {f for f in [*CORE_FILES, *CHARTS, *PAGES, "app.py"] if "duckdb" in foreign(f)}
    assert knowing == set()
