"""Folders that the server and the administrators of the machine alone can open."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path


class NotPrivate(Exception):
    """The disk did not keep the rights (FAT and exFAT have none): others can open the folder."""


def make_private(folder: Path) -> None:
    """Make the folder where there is none, close it to others, and look whether that holds.

    On Windows the account of the server (LOCAL SERVICE) is let in, elsewhere whoever runs this.
    Raises OSError, NotPrivate.
    """
    folder.mkdir(parents=True, exist_ok=True)
    close(folder)
    if is_open(folder):
        raise NotPrivate(str(folder))


if sys.platform == "win32":
    from etl.windows import let_in_the_server, strangers

    def close(folder: Path) -> None:
        """Take the rights of all others, also on what is in it. Raises OSError."""
        for path in _all(folder):
            let_in_the_server(path)

    def is_open(folder: Path) -> bool:
        """Whether others have any right on a folder or on what is in it. Raises OSError."""
        return any(map(strangers, _all(folder)))

    def _all(folder: Path) -> Iterator[str]:
        """A folder and all below it: there, what is in a closed folder may be open all the same."""
        yield str(folder)
        for inside, folders, files in os.walk(folder):
            yield from (os.path.join(inside, name) for name in (*folders, *files))

else:

    def close(folder: Path) -> None:
        """Take the rights of all others. Raises OSError."""
        folder.chmod(stat.S_IRWXU)

    def is_open(folder: Path) -> bool:
        """Whether others have any right on a folder. Raises OSError."""
        return bool(folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
