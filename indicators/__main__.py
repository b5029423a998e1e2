"""``python -m indicators``: plans, what was taken from them, verdicts and explanations.

A doorway: the command line lives in ``etl``, which alone touches files and the database.
"""

import sys

from etl.cli import main

COMMANDS = ("plans", "coverage", "verdicts", "explain", "check")

if __name__ == "__main__":
    sys.exit(main(COMMANDS))
