"""``python -m indicators``: plans, what was taken from them, verdicts and explanations.

A doorway: the command line lives in ``etl``, which alone touches files and the database.
"""

import sys
from pathlib import Path

try:
    from etl.cli import main
except ModuleNotFoundError:  # another Python than that of .venv: go on with the right one
    from etl.bootstrap import ensure

    ensure(Path(__file__).resolve().parent.parent / "requirements.txt")
    raise

COMMANDS = ("plans", "coverage", "verdicts", "explain", "check")

if __name__ == "__main__":
    sys.exit(main(COMMANDS))
