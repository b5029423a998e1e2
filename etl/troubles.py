"""What the disk or the database file refuses, as a sentence: nobody's mistake, nothing half-done."""

import duckdb

from etl.store.journal import NotJournaled
from indicators.text import say

# Of the errors of DuckDB those that come from the file and the machine, not from a question.
STORAGE = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
)
CORRUPT = "corrupt"


def trouble_of(error: Exception, language: str = "vi") -> str | None:
    """The sentence for the user; None for an error of another kind."""
    if isinstance(error, NotJournaled):
        return say("trouble.journal", language, file=error.filename, why=error.strerror)
    if isinstance(error, OSError):
        file = error.filename or say("trouble.any_file", language)
        return say("trouble.file", language, file=file, why=error.strerror or error)
    said = str(error).partition("\n")[0]
    if isinstance(error, duckdb.Error) and CORRUPT in said.lower():
        return say("trouble.corrupt", language, why=said)
    if isinstance(error, duckdb.FatalException):
        # The commit before the checkpoint that failed may stand: DuckDB does not say.
        return say("trouble.stopped", language, why=said)
    if isinstance(error, STORAGE):
        return say("trouble.storage", language, why=said)
    return None
