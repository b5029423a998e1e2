"""Give a plain `python3` the packages of the project, with the standard library alone."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
APT = "apt-get install -y python3-venv"


def ensure(requirements: Path) -> None:
    """Return inside an interpreter that has the packages, restarting in `.venv` if need be."""
    speak_utf8()
    if sys.version_info < OLDEST:
        refuse(f"Cần Python 3.11 trở lên, máy đang dùng {sys.version.split()[0]} (needs 3.11+).")
    venv = requirements.resolve().parent / ".venv"
    if is_ready(requirements, venv=venv, environ=os.environ):
        return
    if not is_stamped(requirements, venv=venv):
        build(requirements, venv=venv)
    restart(python_of(venv))


def is_ready(requirements: Path, *, venv: Path, environ: Mapping[str, str]) -> bool:
    """True where the running interpreter may be used as it is."""
    if environ.get("VANDAN_NO_VENV") == "1":
        return True
    if Path(sys.prefix).resolve() == venv.resolve():
        return is_stamped(requirements, venv=venv)
    return sys.prefix != sys.base_prefix and not missing(requirements)


def missing(requirements: Path) -> list[str]:
    """The pinned packages that this interpreter lacks or has in another version."""
    pins = (pin for file in files_of(requirements) for pin in pins_of(file))
    return [f"{name}=={version}" for name, version in pins if installed(name) != version]


def installed(name: str) -> str | None:
    """The version of a package in this interpreter, None where it is absent."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def pins_of(file: Path) -> Iterator[tuple[str, str]]:
    """Name and version of every `name==version` line that is meant for this system."""
    for line in lines_of(file):
        pin, _, marker = line.partition(";")
        name, equals, version = pin.partition("==")
        # The one kind of marker we write; pip knows them all.
        if equals and marker.strip() in {"", f'sys_platform == "{sys.platform}"'}:
            yield name.strip(), version.strip()


def files_of(requirements: Path) -> list[Path]:
    """The file and those it includes with `-r`, in reading order."""
    included = [line[2:].strip() for line in lines_of(requirements) if line.startswith("-r")]
    return [requirements, *(f for i in included for f in files_of(requirements.parent / i))]


def lines_of(file: Path) -> list[str]:
    """The lines of a requirements file without comments and blanks."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def hash_of(requirements: Path) -> str:
    """One hash over a requirements file and everything it includes."""
    content = b"\0".join(file.read_bytes() for file in files_of(requirements))
    return hashlib.sha256(content).hexdigest()


def stamp_of(requirements: Path, *, venv: Path) -> Path:
    """The file inside `.venv` that says which requirements were installed."""
    return venv / f"{requirements.stem}.sha256"


def is_stamped(requirements: Path, *, venv: Path) -> bool:
    """True where `.venv` was completed for exactly these requirements."""
    stamp = stamp_of(requirements, venv=venv)
    complete = stamp.is_file() and python_of(venv).exists()
    return complete and stamp.read_text("ascii") == hash_of(requirements)


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment on this platform."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def build(requirements: Path, *, venv: Path) -> None:
    """Make `.venv` where it is absent or broken, install, and stamp it."""
    if not is_usable(python_of(venv)):
        require_venv()
        say("Đang tạo môi trường Python trong .venv (creating .venv)…")
        run([sys.executable, "-m", "venv", "--clear", str(venv)], "Không tạo được .venv")
    say("Đang cài thư viện, lần đầu mất khoảng một phút (installing packages)…")
    pip = [str(python_of(venv)), "-m", "pip", "install", "-qq", "--no-input"]
    pip += ["--disable-pip-version-check", "-r", str(requirements)]
    run(pip, "Không cài được thư viện; kiểm tra mạng hoặc máy chủ gói rồi chạy lại")
    for file in files_of(requirements):
        stamp_of(file, venv=venv).write_text(hash_of(file), "ascii")


def is_usable(python: Path) -> bool:
    """True where the interpreter starts and has pip: an interrupted creation has not."""
    if not python.exists():
        return False
    probe = [str(python), "-m", "pip", "--version"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def require_venv() -> None:
    """Debian and Ubuntu ship Python without ensurepip: install it, or say how."""
    if importlib.util.find_spec("ensurepip"):
        return
    apt = shutil.which("apt-get")
    if not apt or not is_root():
        refuse(f"Python thiếu mô-đun venv. Chạy: sudo {APT} (python3-venv is missing).")
    say("Python thiếu mô-đun venv, đang cài python3-venv (installing python3-venv)…")
    apt_install(apt, "python3-venv")
    importlib.invalidate_caches()


def apt_install(apt: str, package: str) -> None:
    """Install one Debian package without asking anything; the caller is root."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A stale index is the usual state of a container; its failure shows in the next line.
    update = [apt, "update", "-qq"]
    subprocess.run(update, env=env, stdin=subprocess.DEVNULL, check=False)
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", package]
    run(install, f"Không cài được {package}", env=env)


def is_root() -> bool:
    """True where this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(command: Sequence[str], failure: str, *, env: Mapping[str, str] | None = None) -> None:
    """Run a command to its end; a failure is one sentence and exit 1."""
    try:
        # Standard output stays free for the JSON of the command being bootstrapped.
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno(), check=False
        )
    except OSError as error:
        refuse(f"{failure} ({error}).")
    if done.returncode:
        refuse(f"{failure} (exit {done.returncode}).")


def restart(python: Path) -> NoReturn:
    """Start the same command again under another interpreter, in place where possible."""
    command = [str(python), *sys.orig_argv[1:]]
    if os.name == "nt":
        # execv on Windows returns to the prompt while the child still runs.
        sys.exit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(str(python), command)


def speak_utf8() -> None:
    """Vietnamese from and to files and pipes, to which Windows gives an encoding that lacks it."""
    for stream in (sys.stdout, sys.stderr):
        # Without a console there is no stream; one that a test put there may take any text.
        if isinstance(stream, io.TextIOWrapper):
            # A file name that is no valid text must not break the sentence about it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def say(message: str) -> None:
    """One line for the user."""
    print(message, file=sys.stderr, flush=True)


def refuse(message: str) -> NoReturn:
    """One line for the user and exit 1, never a traceback."""
    say(message)
    raise SystemExit(1)
