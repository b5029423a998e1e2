"""Whether what is shown must be marked as simulated: one answer for pages, interface and commands."""

from collections.abc import Iterable
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.submissions import has_simulated
from indicators.deployment import Deployment


def is_simulated(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    unit_ids: Iterable[str] | None = None,
    known_on: datetime | None = None,
) -> bool:
    """Whether the data folder says so of everything, or a figure of these units (None: any) is."""
    return deployment.settings.simulated or has_simulated(cur, unit_ids, known_on)
