"""What the disk or the database file refuses, as a sentence: nobody's mistake, nothing half-done."""

import duckdb

from etl.store.journal import NotJournaled

# Of the errors of DuckDB those that come from the file and the machine, not from a question.
STORAGE = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
)
CORRUPT = "corrupt"


def trouble_of(error: Exception) -> str | None:
    """The sentence for the user; None for an error of another kind."""
    if isinstance(error, NotJournaled):
        return (
            f"Đã ghi vào cơ sở dữ liệu, nhưng chưa ghi được nhật ký {error.filename}: "
            f"{error.strerror}. Đừng làm lại việc này; hãy xử lý đĩa rồi chạy verify."
        )
    if isinstance(error, OSError):
        return f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {error.strerror or error}."
    said = str(error).partition("\n")[0]
    if isinstance(error, duckdb.Error) and CORRUPT in said.lower():
        return f"Cơ sở dữ liệu hỏng ({said}). Hãy dừng máy chủ rồi chạy rebuild hoặc restore."
    if isinstance(error, duckdb.FatalException):
        # The commit before the checkpoint that failed may stand: DuckDB does not say.
        return (
            f"Cơ sở dữ liệu ngừng trả lời ({said}) và sẽ được mở lại. Chưa chắc việc này đã được "
            "ghi: hãy xem lịch sử trước khi làm lại."
        )
    if isinstance(error, STORAGE):
        return f"Cơ sở dữ liệu không đọc hoặc ghi được ({said}). Việc này chưa được ghi."
    return None
