"""What the Task Scheduler of Windows is told to run, run here with the places of this machine."""

import codecs
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from etl import log
from etl.commands.survival import DATED
from etl.log import into_file
from tests.cli import ROOT
from tests.etl.tables import DATA
from tests.serving import serving

DEPLOY = ROOT / "deploy"
SPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
SERVER, BACKUP = "vandan-task.xml", "vandan-backup-task.xml"
PROGRAM = r"C:\Program Files\VanDan"
LOCAL_SERVICE = "S-1-5-19"


def said(task: str, path: str) -> str:
    """What a file for the scheduler has at a path of elements."""
    names = "/".join(f"t:{name}" for name in path.split("/"))
    found = ET.parse(DEPLOY / task).getroot().findtext(names, namespaces=SPACE)
    assert found is not None, (task, path)
    return found


def words_of(task: str, places: dict[str, str]) -> list[str]:
    """The arguments, with places of this machine for those of the page."""
    assert said(task, "Actions/Exec/Command") == rf"{PROGRAM}\.venv\Scripts\python.exe"
    return [places.get(word, word) for word in said(task, "Actions/Exec/Arguments").split()]


@pytest.fixture
def places(made: Path, tmp_path: Path) -> dict[str, str]:
    db = tmp_path / "db" / "vandan.duckdb"
    shutil.copytree(made, db.parent)
    (db.parent / "a.duckdb").rename(db)
    (db.parent / "a.uploads").rename(db.with_suffix(".uploads"))
    return {
        r"C:\ProgramData\VanDan\data": str(DATA),
        r"C:\ProgramData\VanDan\vandan.duckdb": str(db),
        r"C:\ProgramData\VanDan\vandan.log": str(tmp_path / "log" / "vandan.log"),
        r"C:\ProgramData\VanDan\saoluu.log": str(tmp_path / "log" / "saoluu.log"),
        r"D:\saoluu": str(tmp_path / "backups"),
        "8501": "{port}",
    }


def test_the_server_starts_as_its_task_says_and_writes_its_log(places: dict[str, str]) -> None:
    words = words_of(SERVER, places)
    assert "{port}" in words and "--no-demo" in words
    with serving(*words):
        pass
    lines = Path(places[r"C:\ProgramData\VanDan\vandan.log"]).read_text("utf-8").splitlines()
    assert any("Vạn Dân: http://127.0.0.1:" in line for line in lines)
    acts = [json.loads(line) for line in lines if line.startswith("{")]
    assert {act["event"] for act in acts} <= {"act"}


def test_the_backup_runs_as_its_task_says(places: dict[str, str]) -> None:
    folder = Path(places[r"D:\saoluu"])
    folder.mkdir()
    kept = ["vandan-cu.zip", "khac-20200101-013000.zip"]
    for name in ("vandan-20200101-013000.zip", *kept):
        (folder / name).touch()
    words = words_of(BACKUP, places)
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    (made,) = {path.name for path in folder.iterdir()} - set(kept)
    assert DATED.fullmatch(made) and made > "vandan-2026"
    said = Path(places[r"C:\ProgramData\VanDan\saoluu.log"]).read_text("utf-8").splitlines()
    assert json.loads(said[0])["event"] == "backup"
    assert made in said[1] and said[2] == "Đã xóa 1 bản sao lưu cũ."


def test_the_server_is_never_ended_by_the_scheduler_and_comes_back() -> None:
    assert said(SERVER, "Settings/ExecutionTimeLimit") == "PT0S"  # else three days
    assert said(SERVER, "Settings/DisallowStartIfOnBatteries") == "false"
    assert said(SERVER, "Settings/StopIfGoingOnBatteries") == "false"
    assert said(SERVER, "Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert said(SERVER, "Triggers/BootTrigger") == ""
    # Not by what is called RestartOnFailure: that is for a program that could not be started.
    assert said(SERVER, "Triggers/TimeTrigger/Repetition/Interval") == "PT1M"


@pytest.mark.parametrize("task", [SERVER, BACKUP])
def test_the_scheduler_can_read_its_files(task: str) -> None:
    content = (DEPLOY / task).read_bytes()
    # As Windows itself writes them; of UTF-8 it says that it cannot switch the encoding.
    assert content.startswith(
        codecs.BOM_UTF16_LE + '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16-le")
    )
    assert "\r\n" in content.decode("utf-16")


@pytest.mark.parametrize("task", [SERVER, BACKUP])
def test_a_task_may_do_less_than_any_person(task: str) -> None:
    assert said(task, "Principals/Principal/UserId") == LOCAL_SERVICE
    assert said(task, "Principals/Principal/RunLevel") == "LeastPrivilege"
    assert said(task, "Actions/Exec/WorkingDirectory") == PROGRAM


def test_the_prompt_has_the_places_of_the_tasks() -> None:
    prompt = (DEPLOY / "vandan.cmd").read_bytes()
    assert b"\n" not in prompt.replace(b"\r\n", b"")  # cmd.exe wants both
    sets = dict(
        line.removeprefix("set ").split("=", 1)
        for line in prompt.decode("ascii").splitlines()
        if line.startswith("set ")
    )
    assert sets["PATH"].startswith(rf"{PROGRAM}\.venv\Scripts;")
    for task in (SERVER, BACKUP):
        words = words_of(task, {})
        assert words[words.index("--data") + 1] == sets["VANDAN_DATA"]
        assert words[words.index("--db") + 1] == sets["VANDAN_DB"]


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process to which its scheduler gave nowhere to speak."""
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    monkeypatch.setenv("VANDAN_LOG", "")


@pytest.mark.usefixtures("unheard")
def test_the_log_goes_to_the_end_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.log"
    for number in range(2):
        into_file(path)
        print("lần", number)
        assert sys.stderr is sys.stdout
        sys.stdout.close()
    assert path.read_text("utf-8").splitlines() == ["lần 0", "lần 1"]


@pytest.mark.usefixtures("unheard")
def test_a_log_that_has_grown_long_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LONGEST", 3)
    path = tmp_path / "a.log"
    for text in ("một", "hai"):
        into_file(path)
        print(text)
        sys.stdout.close()
    assert path.read_text("utf-8") == "hai\n"
    assert path.with_name("a.log.1").read_text("utf-8") == "một\n"


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    done = subprocess.run(
        [sys.executable, "app.py", "--log", str(tmp_path / "a" / "b.log")],
        cwd=ROOT, env={**os.environ, "VANDAN_NO_VENV": "1"}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    said = done.stderr.decode("utf-8")
    assert done.returncode == 1 and said.count("\n") == 1 and "b.log" in said
