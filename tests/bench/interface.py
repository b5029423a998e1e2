"""How long the read API takes over HTTP, on ten years of a province."""

import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from indicators.deployment import Deployment
from tests.bench.lines import Line, timed
from tests.serving import app, serving

MOST = 10_000  # rows that one answer may hold
KINDS = ("json", "csv", "parquet")


def interface(folder: Path, db: Path, deployment: Deployment) -> Iterator[Line]:
    """Verdicts of the plan and period of the first screen, and the most figures of one answer."""
    settings = deployment.settings
    asked = f"plan={settings.default_plan}&period={settings.default_period}"
    with serving(*app(db, "--data", str(folder))) as url:
        yield Line(
            "api: verdicts, first time", timed(partial(get, f"{url}/api/v1/verdicts?{asked}"))
        )
        for kind in KINDS:
            verdicts = f"{url}/api/v1/verdicts?{asked}&format={kind}"
            yield Line(f"api: verdicts, {kind}", timed(partial(get, verdicts)))
        for kind in KINDS:
            facts = f"{url}/api/v1/facts?limit={MOST}&format={kind}"
            yield Line(f"api: {MOST:,} figures, {kind}", timed(partial(get, facts)))


def get(address: str) -> bytes:
    """The whole answer; an error where there is none."""
    with urllib.request.urlopen(address, timeout=120) as answer:
        content: bytes = answer.read()
    return content
