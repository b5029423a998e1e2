"""The demo province, once for the tests of papers, and one without any figure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl import context
from etl.papers import Asked
from etl.papers_made import Papers
from indicators.period import parse_period
from tests.pages.conftest import demo_file, empty_file  # noqa: F401

MOMENT = datetime(2022, 3, 1, 3, 0)
PLAN, PERIOD, PROVINCE = "thanh-hoa-2021", "2021-Q3", "thanh-hoa"
SILENT = "th-bv-noi-tiet"  # sent nothing for the period


def papers(
    file: Path,
    patch: pytest.MonkeyPatch,
    plan: str = PLAN,
    unit: str = "",
    period: str = PERIOD,
    moment: datetime = MOMENT,
    kept: bytes | None = None,
) -> Papers:
    """The papers of a plan, unit and period from a database."""
    patch.setenv("VANDAN_DB", str(file))
    opened = context.opened()
    found = opened.deployment.plans[plan]
    asked = Asked(found, parse_period(period), unit or found.unit, moment)
    return Papers(opened, asked, kept)


def with_own(papers: Papers, kept: bytes) -> Papers:
    """The same papers with the own text of a file; what they are made from is not made again."""
    return replace(papers, kept=kept, made_from=papers.material)


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    """Environment of a whole file of tests; its database is closed afterwards."""
    with pytest.MonkeyPatch.context() as made:
        yield made
        context.close()


@pytest.fixture(scope="module")
def full(demo_file: Path, patch: pytest.MonkeyPatch) -> Papers:  # noqa: F811
    """The province in a quarter for which nearly all sent."""
    return papers(demo_file, patch)


@pytest.fixture(scope="module")
def empty(empty_file: Path) -> Iterator[Papers]:  # noqa: F811
    """The same without a single figure; what stands open is put back."""
    with pytest.MonkeyPatch.context() as made:
        context.close()
        yield papers(empty_file, made)
        context.close()
