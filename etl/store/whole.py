"""The log from its two places, the database and the journal: whole as long as one of them is."""

from collections.abc import Sequence

from etl.store.audit import Entry, broken
from etl.store.journal import entry_of


class LogLost(Exception):
    """Neither place has the log whole; the text says what is missing, for the user."""


def whole_log(lines: Sequence[bytes], table: Sequence[Entry]) -> list[Entry]:
    """The longest log without a break that both together give. Raises LogLost."""
    journal = [entry for entry in map(entry_of, lines) if entry is not None]
    merged = {e.id: e for e in table} | {e.id: e for e in journal}
    other = {e.id: e for e in journal} | {e.id: e for e in table}
    last = max(merged, default=0)
    for found in (journal, list(table), _sorted(merged), _sorted(other)):
        if found and found[-1].id == last and not broken(found):
            return list(found)
    if not merged:
        raise LogLost("không có nhật ký và cơ sở dữ liệu không đọc được")
    raise LogLost(f"nhật ký hỏng ở việc số {_first_break(_sorted(merged))}, cơ sở dữ liệu cũng vậy")


def _sorted(found: dict[int, Entry]) -> list[Entry]:
    return [found[number] for number in sorted(found)]


def _first_break(log: list[Entry]) -> int:
    return next(iter(broken(log)), log[-1].id)


def damaged(lines: Sequence[bytes], table: Sequence[Entry]) -> list[str]:
    """What is wrong with the journal beside the log in the database, one line each."""
    of_table = {e.id: e for e in table}
    found, seen = [], set()
    for number, line in enumerate(lines, 1):
        entry = entry_of(line)
        if entry is None:
            found.append(f"journal-damaged: {number}")
            continue
        seen.add(entry.id)
        if of_table.get(entry.id) != entry:
            found.append(f"journal-differs: {entry.id}")
    return found + [f"journal-missing: {number}" for number in sorted(of_table.keys() - seen)]
