"""`python -m tests.vulnerabilities`: are there known vulnerabilities in what we install?

Asks the advisory database of PyPI through pip-audit, for the exact versions of both lists of
requirements and all they bring along. Exit code 0: none known; 1: some, listed; 2: could not ask.
"""

from __future__ import annotations

import subprocess
import sys

from etl.web import ROOT

LISTS = ("requirements.txt", "requirements-dev.txt")
SECONDS = 600
NONE = "No known vulnerabilities found"


def main() -> int:
    """Look at what is installed; the answer in one sentence."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--progress-spinner=off",
        "--timeout=15",
        "--local",
    ]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return told(2, f"Chưa kiểm tra được: quá {SECONDS} giây (could not ask: timed out).")
    print(done.stdout, end="")
    return verdict(done.returncode, done.stdout, done.stderr)


def verdict(code: int, out: str, said: str) -> int:
    """What the answer of pip-audit means; it also ends with 1 where it could not ask."""
    if code == 0:
        return told(0, f"Không có lỗ hổng đã biết ({NONE.lower()}).")
    if "Name" in out and "Version" in out:
        return told(1, "Có lỗ hổng đã biết; nâng phiên bản trong " + ", ".join(LISTS) + ".")
    reason = said.strip().rpartition("\n")[2][:300] or "pip-audit"
    return told(2, f"Chưa kiểm tra được, cần mạng đến pypi.org (could not ask): {reason}")


def told(code: int, sentence: str) -> int:
    """Say it, and be the exit code."""
    print(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main())
