"""A command run in this process the way the command line runs it."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from etl import cli


def run_here(words: Sequence[str]) -> tuple[int, Any]:
    """Exit code and document."""
    parsed = cli.parser([words[0]]).parse_args(list(words))
    given = {"VANDAN_DB": parsed.db, "VANDAN_DATA": parsed.data}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            if value or name not in os.environ:
                patch.setenv(name, value)
        if cli.password_asked(vars(parsed)):
            parsed.password = cli.read_password(sys.stdin)
        files = cli.read_files(getattr(parsed, "files", []))
        done = cli.with_files_written(cli.run(parsed.command, vars(parsed), files), vars(parsed))
    return done["exit_code"], done["document"]
