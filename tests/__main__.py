"""`python3 tests`: every check of the project, from a bare machine to one closing line."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Python put this folder first, where our html.py and etl/ would hide the real ones.
sys.path[0] = str(ROOT)

from etl.bootstrap import apt_install, ensure, is_root, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# What some tests run beside us, and Debian's package of it.
PROGRAMS = {
    "nginx": "nginx",
    "caddy": "caddy",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-writer-nogui",
}
CHECKS = (
    ("ruff", "check", "."),
    ("mypy", "indicators", "etl"),
    # One process a core; a file's tests stay together, they share a demo database.
    ("pytest", "-n", "auto", "--dist", "loadfile"),
)


def main() -> int:
    """Run all checks; 0 only where every one passed."""
    ensure(ROOT / "requirements-dev.txt")
    browser = find_browser() or install_browser()
    if browser:
        # The browser tests read this; where it is absent they say so themselves.
        os.environ["VANDAN_CHROMIUM"] = browser
    if os.environ.get("CI"):
        install_programs()
    codes = [run(name, *words) for name, *words in CHECKS[:-1]]
    # Last, with the caller's own options, so that its closing line is the last line.
    codes.append(run(*CHECKS[-1], *sys.argv[1:]))
    return int(any(codes))


def run(module: str, *words: str) -> int:
    """One check as its own process, in the root of the project."""
    print(f"== {module}", flush=True)
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def find_browser() -> str | None:
    """A Chromium of this machine, named by `VANDAN_CHROMIUM`, on the path or in a usual place."""
    named = os.environ.get("VANDAN_CHROMIUM")
    found = [named, *map(shutil.which, NAMES), *PLACES]
    return next((path for path in found if path and Path(path).is_file()), None)


def install_browser() -> str | None:
    """Debian's chromium where we may install it; otherwise one line that says how."""
    apt = shutil.which("apt-get")
    if apt and is_root():
        say("Đang cài chromium cho kiểm thử trình duyệt (installing chromium)…")
        try:
            apt_install(apt, "chromium")
        except SystemExit:
            return None
        return find_browser()
    say("Không có Chromium; chạy: sudo apt-get install chromium, hoặc đặt VANDAN_CHROMIUM.")
    return None


def install_programs() -> None:
    """The programs of `PROGRAMS` that are not here; a test without its program skips, and says so.

    Only on a machine that is there for tests: a web server that starts by itself is no guest of a
    person's own.
    """
    apt = shutil.which("apt-get")
    for program, package in PROGRAMS.items():
        if apt and is_root() and not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
            say(f"Đang cài {package} cho kiểm thử (installing {package})…")
            with contextlib.suppress(SystemExit):
                apt_install(apt, package)


if __name__ == "__main__":
    sys.exit(main())
