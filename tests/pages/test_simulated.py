"""A data folder that is simulated as a whole: pages, interface, commands and files all say so."""

from __future__ import annotations

import csv
import json
import shutil
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.api.answer import make
from etl.commands import answer
from pages.parts.data import holds_simulated, picture_of
from pages.parts.view import View
from tests.etl.tables import CENTRE, DATA, long

PLAN, PERIOD = "thanh-hoa-2021", "2021-Q3"
ASKED = {"plan": PLAN, "period": PERIOD}
TRACED = {"indicator": "doctors_per_10k", "unit": CENTRE, "period": PERIOD}


@pytest.fixture(params=[False, True])
def every(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    """Whether the folder says so; one file was sent, by nobody's word simulated."""
    own = tmp_path / "data"
    shutil.copytree(DATA, own, ignore=shutil.ignore_patterns("run"))
    settings = (own / "deployment.toml").read_text("utf-8")
    assert "simulated = false" in settings
    said = settings.replace("simulated = false", f"simulated = {str(request.param).lower()}")
    (own / "deployment.toml").write_text(said, encoding="utf-8")
    monkeypatch.setenv("VANDAN_DATA", str(own))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    command("load", {"a.csv": long([f"{CENTRE},{PERIOD},doctors,12"])}, by="Lan", reason="thử")
    yield request.param
    context.close()


def command(name: str, files: dict[str, bytes] | None = None, **asked: Any) -> Any:
    done = answer(name, asked, files or {})
    assert done["exit_code"] == 0, done["document"]
    return done


def test_everything_says_what_the_data_folder_says(every: bool) -> None:
    assert picture_of(View(PLAN, PERIOD, "thanh-hoa")).simulated is every
    assert holds_simulated() is every
    assert {row["simulated"] for row in command("verdicts", **ASKED)["document"]} == {every}
    assert [f["simulated"] for f in command("explain", **TRACED)["document"]["facts"]] == [every]


def test_the_interface_says_it_too(every: bool) -> None:
    for name, asked in (("verdicts", ASKED), ("facts", {}), ("explain", TRACED)):
        told = json.loads(make(name, asked, "", context.opened()).content)
        assert told["any_simulated"] is every and (told["notice_vi"] is not None) is every
        assert {row["simulated"] for row in told["rows"]} == {every}
    assert make("plans", {}, "", context.opened()).headers["X-Simulated"] == str(every).lower()


def test_files_for_others_say_it_too(every: bool) -> None:
    made = command("export", kind="facts", output="a.csv")
    rows = b64decode(made["files"]["output"]).decode("utf-8-sig").splitlines()
    assert {row["simulated"] for row in csv.DictReader(rows)} <= {str(every), str(every).lower()}
    sent = command("export", kind="dhis2", output="a.json", period=PERIOD)
    assert sent["document"]["simulated"] is every
