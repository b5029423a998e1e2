"""The frame of letters: read strictly, and made up for units that have none."""

import shutil
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.letter import FILE, letter_of_unit
from indicators.schema import DataErrors
from tests.etl.tables import DATA, deployment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The delivered data folder, to be changed."""
    made = tmp_path / "data"
    shutil.copytree(DATA, made, ignore=shutil.ignore_patterns("run"))
    return made


def test_every_plan_has_a_letter() -> None:
    letters = deployment().letters
    assert {plan.unit for plan in deployment().plans.values()} <= set(letters)
    found = letters["thanh-hoa"]
    assert (found.issuer, found.symbol, found.recipients[-1]) == (
        "Sở Y tế",
        "BC-SYT",
        "Lưu: VT, KHTC",
    )


def test_a_letter_of_no_unit_and_a_missing_key_are_told_at_once(folder: Path) -> None:
    text = (folder / FILE).read_text("utf-8").replace("[thanh-hoa]", "[khong-co]", 1)
    (folder / FILE).write_text(text.replace('symbol = "BC-UBND"\n', "", 1), "utf-8")
    with pytest.raises(DataErrors) as raised:
        load_deployment(folder)
    said = {(error.file, error.key.partition(".")[0]) for error in raised.value.errors}
    assert said == {(FILE, "khong-co"), (FILE, "th-nhu-thanh")}


def test_a_folder_may_do_without(folder: Path) -> None:
    (folder / FILE).unlink()
    assert load_deployment(folder).letters == {}


def test_a_unit_without_a_letter_writes_to_whoever_plans() -> None:
    above = deployment().letters["thanh-hoa"]
    made = letter_of_unit("x", "Bệnh viện Nhi", above, "Thanh Hóa")
    assert (made.superior, made.issuer) == ("Sở Y tế Thanh Hóa", "Bệnh viện Nhi")
    assert made.addressees == ("Sở Y tế Thanh Hóa",) and made.recipients[-1] == "Lưu: VT"
    alone = letter_of_unit("x", "Sở Y tế tỉnh A", None, "A")
    assert alone.superior == "" and alone.addressees == () and alone.place == "A"
