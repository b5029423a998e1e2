"""Being the only process at a piece of work beside a database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from etl.store.claim import InUse


@contextmanager
def alone(lock: Path, *, seconds: float) -> Iterator[None]:
    """Keep every other process out. Raises InUse where one is inside for longer than these seconds."""
    try:
        with FileLock(lock, timeout=seconds):
            try:
                yield
            finally:
                # Who waits for a file that is gone takes a new one, the library sees to that. Windows
                # keeps an open file; there the library takes it away itself.
                with suppress(OSError):
                    lock.unlink()
    except Timeout as error:
        raise InUse(str(lock)) from error
