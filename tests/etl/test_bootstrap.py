"""A plain `python3` gets the packages it needs, or one line that says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import bootstrap


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("# why\npytest==9.2.0  # runner\n", "utf-8")
    dev = tmp_path / "requirements-dev.txt"
    dev.write_text("-r requirements.txt\nno-such-package==1.0\n", "utf-8")
    return dev


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands are recorded and succeed, none is run."""
    seen: list[list[str]] = []

    def record(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        seen.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    return seen


def make_venv(venv: Path) -> Path:
    python = bootstrap.python_of(venv)
    python.parent.mkdir(parents=True)
    python.write_text("", "ascii")
    return python


def refusal(act: Callable[[], object], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stop:
        act()
    assert stop.value.code == 1
    text = capsys.readouterr().err
    assert "Traceback" not in text and text.count("\n") == 1
    return text


def test_the_hash_follows_included_files(requirements: Path) -> None:
    before = bootstrap.hash_of(requirements)
    (requirements.parent / "requirements.txt").write_text("pytest==9.2.1\n", "utf-8")
    assert bootstrap.hash_of(requirements) != before


def test_pins_are_read_from_included_files_and_without_comments(requirements: Path) -> None:
    assert bootstrap.missing(requirements) == ["no-such-package==1.0"]
    assert bootstrap.missing(requirements.parent / "requirements.txt") == []


def test_a_pin_for_another_system_is_not_missed(requirements: Path) -> None:
    other = "linux" if sys.platform == "win32" else "win32"
    lines = [f'no-such-thing==1.0; sys_platform == "{name}"' for name in (other, sys.platform)]
    requirements.write_text(f"{lines[0]}\n", "utf-8")
    assert bootstrap.missing(requirements) == []
    requirements.write_text(f"{lines[1]}\n", "utf-8")
    assert bootstrap.missing(requirements) == ["no-such-thing==1.0"]


def test_the_variable_switches_the_environment_off(requirements: Path, tmp_path: Path) -> None:
    environ = {"VANDAN_NO_VENV": "1"}
    assert bootstrap.is_ready(requirements, venv=tmp_path / ".venv", environ=environ)


def test_another_virtualenv_is_used_only_where_it_has_the_packages(
    requirements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "theirs"))
    venv, app = tmp_path / ".venv", tmp_path / "requirements.txt"
    assert bootstrap.is_ready(app, venv=venv, environ={})
    assert not bootstrap.is_ready(requirements, venv=venv, environ={})


def test_a_system_python_is_never_used_as_it_is(
    requirements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    app = tmp_path / "requirements.txt"
    assert not bootstrap.is_ready(app, venv=tmp_path / ".venv", environ={})


def test_our_environment_is_ready_until_the_requirements_change(
    requirements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    venv = tmp_path / ".venv"
    make_venv(venv)
    monkeypatch.setattr(sys, "prefix", str(venv))
    bootstrap.build(requirements, venv=venv)
    assert bootstrap.is_ready(requirements, venv=venv, environ={})
    # The development packages include those of the application.
    assert bootstrap.is_ready(tmp_path / "requirements.txt", venv=venv, environ={})
    requirements.write_text("pytest==9.2.1\n", "utf-8")
    assert not bootstrap.is_ready(requirements, venv=venv, environ={})


def test_a_missing_environment_is_created_filled_and_entered(
    requirements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    entered: list[list[str]] = []
    monkeypatch.delenv("VANDAN_NO_VENV", raising=False)
    monkeypatch.setattr(bootstrap.os, "execv", lambda _path, command: entered.append(command))
    monkeypatch.setattr(sys, "orig_argv", ["python3", "app.py", "--port", "1"])
    (tmp_path / ".venv").mkdir()
    bootstrap.ensure(requirements)
    python = str(bootstrap.python_of(tmp_path / ".venv"))
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert entered == [[python, "app.py", "--port", "1"]]


def test_a_stamped_environment_is_entered_without_installing(
    requirements: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    monkeypatch.delenv("VANDAN_NO_VENV", raising=False)
    monkeypatch.setattr(bootstrap, "restart", lambda python: None)
    make_venv(tmp_path / ".venv")
    bootstrap.build(requirements, venv=tmp_path / ".venv")
    commands.clear()
    bootstrap.ensure(requirements)
    assert commands == []


def test_ready_means_nothing_happens(
    requirements: Path, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    monkeypatch.setenv("VANDAN_NO_VENV", "1")
    bootstrap.ensure(requirements)
    assert commands == []


def test_an_old_python_is_one_line(
    requirements: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    assert "3.11" in refusal(lambda: bootstrap.ensure(requirements), capsys)


def test_a_failing_installation_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    failing = [sys.executable, "-c", "raise SystemExit(3)"]
    assert "exit 3" in refusal(lambda: bootstrap.run(failing, "Không cài được"), capfd)
    absent = ["/no/such/program"]
    assert "Không cài được" in refusal(lambda: bootstrap.run(absent, "Không cài được"), capfd)


def test_without_ensurepip_a_user_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    assert "apt-get install -y python3-venv" in refusal(bootstrap.require_venv, capsys)


def test_without_ensurepip_root_installs_it(
    monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(bootstrap, "is_root", lambda: True)
    bootstrap.require_venv()
    assert commands[-1][:2] == ["/usr/bin/apt-get", "install"]
    assert commands[-1][-1] == "python3-venv"


def test_root_is_asked_of_the_system() -> None:
    assert bootstrap.is_root() == (os.geteuid() == 0)


def test_on_windows_the_restart_is_a_child_whose_code_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    python = Path("python.exe")
    monkeypatch.setattr(bootstrap.os, "name", "nt")
    with pytest.raises(SystemExit) as stop:
        bootstrap.restart(python)
    assert stop.value.code == 0 and commands[0][0] == "python.exe"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_pipe_that_lacks_vietnamese_gets_it_all_the_same(encoding: str) -> None:
    """Windows gives a file or a pipe the encoding of the system."""
    code = (
        "from etl.bootstrap import refuse, speak_utf8\n"
        "speak_utf8(); print('Vạn Dân', '\\udcff'); refuse('Cần Python')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        cwd=Path(bootstrap.__file__).parent.parent,
        capture_output=True,
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8").splitlines()
    assert (done.returncode, said) == (1, ["Vạn Dân \\udcff", "Cần Python"])


def test_the_dashboard_tells_of_itself_through_a_pipe_that_lacks_vietnamese() -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "--help"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "VANDAN_NO_VENV": "1"},
        cwd=Path(bootstrap.__file__).parent.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and "theo dõi chỉ tiêu y tế" in done.stdout.decode("utf-8")


@pytest.mark.skipif(
    Path(sys.prefix) != Path(bootstrap.__file__).parent.parent / ".venv",
    reason="the tests run by packages of their own; .venv would be built",
)
@pytest.mark.parametrize("words", [("indicators", "check"), ("etl", "load", "--help")])
def test_a_command_typed_for_the_python_of_the_system_goes_on_with_ours(
    words: tuple[str, ...],
) -> None:
    done = subprocess.run(
        [sys._base_executable, "-m", *words],  # type: ignore[attr-defined]
        env={name: text for name, text in os.environ.items() if name != "VANDAN_NO_VENV"},
        cwd=Path(bootstrap.__file__).parent.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and done.stdout and b"Traceback" not in done.stderr
