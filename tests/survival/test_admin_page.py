"""Every command of the administrator's page runs as it stands there, in its order."""

import re
import shlex
import shutil
from io import StringIO
from pathlib import Path

import pytest

from etl.__main__ import COMMANDS
from tests.cli import ROOT
from tests.etl.tables import DATA
from tests.survival.running import run_here

PAGE = ROOT / "docs" / "ADMIN.md"
UNITS = ("vandan.service", "vandan-backup.service")
BACKUPS, ELSEWHERE = "/var/backups/vandan", "/tmp/thu"


def lines() -> list[str]:
    """What the page says to type that is ours, in its order."""
    blocks = re.findall(r"^```\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    found = [line for block in blocks for line in block.splitlines()]
    return [line for line in found if re.match(r"python -m (etl|indicators) ", line)]


def moved(word: str, folder: Path) -> str:
    """A place of the page as a place of this test; a dated backup is the one that was made."""
    made = sorted((folder / "backups").glob("*.zip"))
    if word.startswith(BACKUPS) and word.endswith(".zip"):
        return str(made[-1])
    return word.replace(BACKUPS, str(folder / "backups")).replace(ELSEWHERE, str(folder / "else"))


def test_the_page_names_every_command_that_keeps_things() -> None:
    said = {line.split()[3] for line in lines()}
    assert said >= {"init", "verify", "backup", "restore", "rebuild", "check", "account"}


def test_each_command_runs(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "db" / "vandan.duckdb"
    shutil.copytree(made, db.parent)
    (db.parent / "a.duckdb").rename(db)
    (db.parent / "a.uploads").rename(db.with_suffix(".uploads"))
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("VANDAN_DB", str(db))
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    for line in lines():
        _, _, _, *words = (moved(word, tmp_path) for word in shlex.split(line))
        # The password is typed on the terminal; here it is a line of standard input.
        monkeypatch.setattr("sys.stdin", StringIO("con trâu ăn cỏ ngoài đồng\n"))
        code, document = run_here(words)
        assert code == 0, (line, document)
    assert (tmp_path / "else" / "vandan.duckdb").exists()


def test_the_services_call_what_there_is() -> None:
    for name in UNITS:
        text = (ROOT / "deploy" / name).read_text("utf-8")
        command = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.M)[1])
        assert command[0].endswith(".venv/bin/python")
        is_ours = command[1] == "app.py" or command[3] in COMMANDS
        assert is_ours and "EnvironmentFile=/etc/vandan.env" in text


def test_every_variable_of_the_page_is_read_somewhere() -> None:
    said = set(re.findall(r"VANDAN_[A-Z_]+", PAGE.read_text("utf-8")))
    said |= set(re.findall(r"VANDAN_[A-Z_]+", (ROOT / "deploy" / "vandan.env").read_text("utf-8")))
    code = "".join(p.read_text("utf-8") for f in ("etl", "pages") for p in (ROOT / f).rglob("*.py"))
    code += (ROOT / "app.py").read_text("utf-8")
    assert {name for name in said if name not in code} <= {"VANDAN_PROXY"}
