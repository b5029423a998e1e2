"""What decisions say to a file: periods that are closed, reports that were approved."""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.findings import Finding, Place
from etl.rules.case import unit_name
from etl.store.closing import VIETNAM, closed_periods, closing_of
from etl.store.decisions import after_approval
from etl.store.stage import differing_periods
from indicators.deployment import Deployment
from indicators.period import parse_period, period_label


def decided(cur: DuckDBPyConnection, file: str, deployment: Deployment) -> list[Finding]:
    """The findings about what is staged; a figure that is as it was decided is none."""
    return [*_closed(cur, file), *_approved(cur, file, deployment)]


def _closed(cur: DuckDBPyConnection, file: str) -> Iterator[Finding]:
    closed = closed_periods(cur)
    for spot in differing_periods(cur) if closed else ():
        found = closing_of(parse_period(spot.period), closed)
        if found is not None:
            facts = {
                "period": spot.period,
                "closed": period_label(found.period),
                "day": f"{found.at + VIETNAM:%d/%m/%Y}",
                "by": found.by,
            }
            yield Finding(
                "period-closed", Place(file, spot.sheet, spot.row, spot.column), facts=facts
            )


def _approved(cur: DuckDBPyConnection, file: str, deployment: Deployment) -> Iterator[Finding]:
    for form in after_approval(cur):
        facts = {
            "unit": unit_name(form.unit, deployment),
            "period": form.period,
            "by": form.approved_by,
            "day": f"{form.approved_at + VIETNAM:%d/%m/%Y}",
        }
        yield Finding(
            "change-after-approval", Place(file, form.sheet, form.row, form.column), facts=facts
        )
