"""``python -m etl``: loading, history and integrity."""

import sys

from etl.cli import main

if __name__ == "__main__":
    sys.exit(main(("init", "load", "submissions", "rollback", "verify")))
