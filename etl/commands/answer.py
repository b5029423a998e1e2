"""What a command answers: an exit code and one JSON document."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from etl.context import FIRST_DAY, LAST_DAY, Context, local, opened, parse_moment, today
from etl.store.current import approved
from etl.web import place_of
from indicators.deployment import Deployment, load_deployment
from indicators.period import Period, parse_period
from indicators.plans import Plan

YEARS = f"từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}"


@dataclass(frozen=True)
class Answer:
    """Exit code 0 (done), 1 (the input was refused) or 2 (misuse), the document, and files made.

    ``files``: by the name of the option that says where they go.
    """

    exit_code: int
    document: Any
    files: Mapping[str, bytes] = field(default_factory=dict)


class Misuse(Exception):
    """An argument names something that does not exist; the text is for the user."""


def refused(sentence: str, *, exit_code: int = 1) -> Answer:
    """A refusal in one sentence."""
    return Answer(exit_code, {"ok": False, "error": sentence})


def deployment_asked(arguments: Mapping[str, Any]) -> Deployment:
    """The data folder; or what it was at ``as_known_on``, which the database has kept."""
    if arguments.get("as_known_on") is None:
        return load_deployment(place_of(os.environ).data)
    return opened().deployment


def plan_of(context: Context, name: str) -> Plan:
    """The plan with this id; Misuse names those there are."""
    return plan_named(context.deployment, name)


def plan_named(deployment: Deployment, name: str) -> Plan:
    """The plan with this id, where no database is open; Misuse names those there are."""
    plans = deployment.plans
    if name not in plans:
        raise Misuse(f"Không có kế hoạch «{name}»; hiện có: {', '.join(plans)}.")
    return plans[name]


def period_of(code: str) -> Period:
    """The period with this code; Misuse shows how one is written."""
    try:
        return parse_period(code)
    except ValueError:
        example = "2021, 2021-Q3, 2021-H1, 2021-9M, 2021-03"
        raise Misuse(f"«{code}» không phải kỳ báo cáo; cách viết: {example}.") from None


def unit_of(context: Context, name: str) -> str:
    """The unit with this id; Misuse when there never was one."""
    if name not in context.deployment.units.ids:
        raise Misuse(f"Không có đơn vị «{name}».")
    return name


def moment_of(text: str | None) -> datetime | None:
    """The moment that is meant (`etl.context.parse_moment`); None stays None."""
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError:
        raise Misuse(
            f"«{text}» không phải ngày giờ dạng 2021-10-10 hoặc 2021-10-10T08:00, {YEARS}."
        ) from None


def basis_of(arguments: Mapping[str, Any]) -> datetime | None:
    """What counts: what was known on ``as_known_on``, with ``approved`` only what was approved."""
    moment = moment_of(arguments.get("as_known_on"))
    return approved(moment) if arguments.get("approved") else moment


def day_looked_from(arguments: Mapping[str, Any]) -> date:
    """The day on which things are judged: that of ``as_known_on``, else today in Vietnam."""
    moment = moment_of(arguments.get("as_known_on"))
    return today() if moment is None else local(moment).date()


def number(value: Fraction | Decimal | None) -> float | None:
    """A number as JSON has it."""
    return None if value is None else float(value)
