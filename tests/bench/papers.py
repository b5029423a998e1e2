"""How long each paper of a province takes once its figures are assessed."""

import os
from collections.abc import Iterator
from pathlib import Path

from etl import context
from etl.papers import Asked
from etl.papers_made import Papers
from etl.store.connect import now
from indicators.deployment import Deployment
from indicators.period import parse_period
from tests.bench.lines import Line, timed

TEN_YEARS = "ten-years.duckdb"


def papers(folder: Path, deployment: Deployment) -> Iterator[Line]:
    """The papers of the plan and period that the first screen shows, of ten years of figures."""
    os.environ |= {"VANDAN_DATA": str(folder), "VANDAN_DB": str(folder / TEN_YEARS)}
    yield from papers_lines()
    context.close()


def papers_lines() -> Iterator[Line]:
    """One line a paper, of whatever deployment is open."""
    opened = context.opened()
    settings = opened.deployment.settings
    plan = opened.deployment.plans[settings.default_plan]
    asked = Asked(plan, parse_period(settings.default_period), plan.unit, now())
    found = Papers(opened, asked)
    yield Line("papers: figures assessed", timed(lambda: found.material))
    yield Line("papers: content of the report", timed(lambda: found.report))
    makers = {
        "Word": found.docx,
        "PDF": found.pdf,
        "one page": found.sheet,
        "Excel, every unit and period, facts": found.xlsx,
        "who has not sent": lambda: found.late(".xlsx"),
        "bundle": found.bundle,
    }
    for name, make in makers.items():
        yield Line(f"papers: {name}", timed(make))
