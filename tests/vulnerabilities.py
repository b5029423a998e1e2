"""`python -m tests.vulnerabilities`: are there known vulnerabilities in what we install?

Asks the advisory database of PyPI through pip-audit about every installed package. Exit code 0: all
were looked at and none is known; 1: some are known, listed; 2: some could not be looked at.
pip-audit alone ends with 0 and "no known vulnerabilities" where it could look at nothing at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from etl.web import ROOT

SECONDS = 600
NAMED = 5


def main() -> int:
    """Look at what is installed; the answer in one sentence."""
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--local"]
    command += ["--format=json", "--timeout=15"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        found = []
    code, sentence = verdict(found)
    print(sentence)
    return code


def verdict(found: list[dict[str, Any]]) -> tuple[int, str]:
    """The exit code and what to say about all packages, as pip-audit lists them."""
    known = [f"{p['name']} {p['version']}: {v['id']}" for p in found for v in p.get("vulns", ())]
    skipped = [p["name"] for p in found if "skip_reason" in p]
    if known:
        return 1, "Có lỗ hổng đã biết (known vulnerabilities):\n" + "\n".join(known)
    if skipped or not found:
        names = ", ".join(skipped[:NAMED]) + ("…" if len(skipped) > NAMED else "")
        return 2, (
            f"Chưa kiểm tra được {len(skipped)} trong {len(found)} gói ({names}); cần mạng đến "
            "pypi.org (could not be checked)."
        )
    return 0, f"Không có lỗ hổng đã biết trong {len(found)} gói (no known vulnerabilities)."


if __name__ == "__main__":
    sys.exit(main())
