"""``python -m etl``: loading, history, integrity, and who owes a report."""

import sys

from etl.cli import main

COMMANDS = (
    "init", "load", "draft", "template", "aliases", "alias", "mappings", "mapping", "submissions",
    "rollback", "waiting", "approve", "return", "close", "reopen", "closings", "audit", "verify",
    "backup", "restore", "rebuild", "reports", "export", "tasks", "task", "action", "account",
    "sessions", "own-text", "stop", "start", "private",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(COMMANDS))
