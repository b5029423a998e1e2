"""A report of last quarter made again after figures were corrected."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from etl import context
from etl.commands import answer
from tests.etl.papers.conftest import PERIOD, papers
from tests.pages.conftest import demo_file  # noqa: F401


def test_a_correction_that_came_later_changes_nothing_of_it(
    demo_file: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context.close()
    shutil.copytree(demo_file.parent, tmp_path / "copy")
    file = tmp_path / "copy" / demo_file.name
    before = papers(file, monkeypatch).pdf()
    row = f"th-ttyt-hau-loc,{PERIOD},doctors,99"
    content = f"unit,period,quantity,value\n{row}\n".encode()
    said = {"by": "Lan", "reason": "sửa"}
    (sent,) = answer("load", said, {"a.csv": content})["document"]["files"]
    done = answer("approve", {"ids": sent["submissions"], "by": "Hà"}, {})
    assert done["exit_code"] == 0
    assert papers(file, monkeypatch).pdf() == before
    today = papers(file, monkeypatch, moment=datetime(2100, 1, 1)).material.judged
    then = papers(file, monkeypatch).material.judged
    assert [a.measure.value for a in today] != [a.measure.value for a in then]
    context.close()
