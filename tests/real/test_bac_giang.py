"""Cashless payment in Bắc Giang as published in 2022 and 2024, on the data folder as delivered."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli import ROOT, rows_of, run

DATA = ROOT / "data"
PLAN = "bac-giang-2023"
UNIT = "bg-so-y-te"
GOOD = {"met", "exceeded"}
TITLES = {
    "transactions": "Tổng số giao dịch",
    "cashless_transactions": "Số giao dịch không dùng tiền mặt",
    "transaction_value": "Tổng giá trị giao dịch (đồng)",
    "cashless_value": "Giá trị giao dịch không dùng tiền mặt (đồng)",
}


@dataclass(frozen=True)
class Published:
    """One month as printed: quantity to figure, and both percentages."""

    period: str
    figures: dict[str, str]
    by_count: str
    by_value: str


MONTHS = (
    Published(
        "2022-10",
        {
            "transactions": "68.107",
            "cashless_transactions": "41.233",
            "transaction_value": "32.980.905.704",
            "cashless_value": "20.752.479.604",
        },
        "60,54",
        "62,92",
    ),
    Published(
        "2024-04",
        {
            "transactions": "65.902",
            "cashless_transactions": "65.161",
            "transaction_value": "37.876.956.607",
            "cashless_value": "34.311.921.957",
        },
        "98,88",
        "90,59",
    ),
)


def plain(figure: str) -> int:
    """``68.107`` as a number."""
    return int(figure.replace(".", ""))


def long_file(month: Published) -> str:
    """One row a fact, plain figures."""
    rows = [f"{UNIT},{month.period},{q},{plain(v)}" for q, v in month.figures.items()]
    return "\n".join(["unit,period,quantity,value", *rows, ""])


def wide_file(month: Published) -> str:
    """One row a unit, under Vietnamese titles, figures as printed."""
    titles = [TITLES[quantity] for quantity in month.figures]
    rows = (["STT", "Đơn vị", *titles], ["1", "Sở Y tế Bắc Giang", *month.figures.values()])
    return "".join(";".join(row) + "\n" for row in rows)


LAYOUTS = {"long": long_file, "wide": wide_file}


def two_decimals(value: float) -> str:
    """As the newspaper printed it."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(rounded).replace(".", ",")


def measures(document: Any) -> Iterator[dict[str, Any]]:
    """Every measure of a document, also those of targets with two measures."""
    if isinstance(document, list):
        for item in document:
            yield from measures(item)
    elif isinstance(document, dict):
        if document.get("numerator") is not None:
            yield document
        for item in document.values():
            yield from measures(item)


def measures_of(document: Any, numerator: int) -> list[dict[str, Any]]:
    """The measures with this numerator: no two of the published sums are the same."""
    return [m for m in measures(document) if m["numerator"] == numerator]


@pytest.fixture(
    params=[(m, layout) for m in MONTHS for layout in LAYOUTS],
    ids=[f"{m.period}-{layout}" for m in MONTHS for layout in LAYOUTS],
)
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Published, Any]:
    month, layout = request.param
    file, db = tmp_path / f"{layout}.csv", tmp_path / "bac-giang.duckdb"
    file.write_text(LAYOUTS[layout](month), encoding="utf-8")
    run("etl", "init", data=DATA, db=db)
    run("etl", "load", file, "--period", month.period, data=DATA, db=db)
    question = ("--plan", PLAN, "--period", month.period)
    return month, run("indicators", "verdicts", *question, data=DATA, db=db)


def test_both_published_percentages_come_back(asked: tuple[Published, Any]) -> None:
    month, document = asked
    for side, printed in (("transactions", month.by_count), ("value", month.by_value)):
        whole = "transactions" if side == "transactions" else "transaction_value"
        found = measures_of(document, plain(month.figures[f"cashless_{side}"]))
        assert found
        for measure in found:
            assert measure["denominator"] == plain(month.figures[whole])
            assert two_decimals(measure["value"]) == printed


def test_both_measures_and_the_target_are_met(asked: tuple[Published, Any]) -> None:
    month, document = asked
    for side in ("transactions", "value"):
        numerator = plain(month.figures[f"cashless_{side}"])
        targets = [row for row in rows_of(document) if measures_of(row, numerator)]
        verdicts = {row["target"]: row["verdict"] for row in targets}
        assert verdicts.pop("cashless") in GOOD
        # Of each facility nothing is known: the department published the sums. A row of "each"
        # carries the first measure of the whole beside it.
        assert verdicts == ({"cashless-each": "no_data"} if side == "transactions" else {})
