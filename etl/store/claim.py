"""Having a database file for oneself while no DuckDB of this process has it open."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import _winapi
else:
    import fcntl


class InUse(Exception):
    """Another process has the database file."""


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Keep every other process from opening a database file. Raises InUse where one has it.

    The file may be renamed meanwhile. On POSIX the lock is the one that DuckDB takes and goes with
    the first closing of the file in this process, so nothing inside may open it.
    """
    if not path.exists():
        yield
        return
    with _held(path):
        yield


if sys.platform == "win32":
    SHARING_VIOLATION = 32  # ERROR_SHARING_VIOLATION
    READ, DELETE = 1, 4  # FILE_SHARE_READ, FILE_SHARE_DELETE: others may look at it, we rename it

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        try:
            handle = _opened(path, READ | DELETE)
        except OSError as error:
            if error.winerror == SHARING_VIOLATION:
                raise InUse(str(path)) from error
            raise
        try:
            yield
        finally:
            _winapi.CloseHandle(handle)

    def _opened(path: Path, shared: int) -> int:
        wanted = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        return _winapi.CreateFile(str(path), wanted, shared, 0, _winapi.OPEN_EXISTING, 0, 0)

    def is_held(path: Path | None, error: Exception) -> bool:
        """Whether DuckDB could not open a file because another process has it, or just had it.

        DuckDB repeats what Windows says, in the language of the machine: the number is asked for.
        """
        if path is None or "cannot open file" not in str(error).lower():
            return False
        try:
            _winapi.CloseHandle(_opened(path, 0))
        except OSError as refused:
            return refused.winerror == SHARING_VIOLATION
        return True

else:

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        with path.open("r+b") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise InUse(str(path)) from error
            yield

    def is_held(path: Path | None, error: Exception) -> bool:
        """Whether DuckDB could not open a file because another process has it open."""
        return "set lock" in str(error).lower()
