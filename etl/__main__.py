"""``python -m etl``: loading, history, integrity, and who owes a report."""

import sys

from etl.cli import main

if __name__ == "__main__":
    sys.exit(main(("init", "load", "submissions", "rollback", "verify", "reports")))
