"""``python -m etl``: loading, history, integrity, and who owes a report."""

import sys
from pathlib import Path

try:
    from etl.cli import main
except ModuleNotFoundError:  # another Python than that of .venv: go on with the right one
    from etl.bootstrap import ensure

    ensure(Path(__file__).resolve().parent.parent / "requirements.txt")
    raise

COMMANDS = (
    "init", "load", "draft", "template", "aliases", "alias", "mappings", "mapping", "submissions",
    "rollback", "waiting", "approve", "return", "close", "reopen", "closings", "audit", "verify",
    "backup", "restore", "rebuild", "reports", "export", "tasks", "task", "action", "account",
    "sessions", "own-text", "stop", "start", "private",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(COMMANDS))
