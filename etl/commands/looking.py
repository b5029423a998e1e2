"""Which commands look, and may do so from an earlier moment; the others act, and act now."""

from collections.abc import Callable, Collection
from typing import Any

from etl.commands.answer import Misuse

Arguments = dict[str, Any]


def _always(arguments: Arguments, files: Collection[str]) -> bool:
    return True


def _lists(arguments: Arguments, files: Collection[str]) -> bool:
    return arguments.get("what") == "list"


def _keeps_nothing(arguments: Arguments, files: Collection[str]) -> bool:
    return not files and not arguments.get("drop")


LOOKING: dict[str, Callable[[Arguments, Collection[str]], bool]] = {
    **dict.fromkeys(("aliases", "mappings", "submissions", "waiting", "closings"), _always),
    **dict.fromkeys(("audit", "reports", "tasks", "plans", "coverage"), _always),
    **dict.fromkeys(("verdicts", "explain", "export"), _always),
    "action": _lists,
    "own-text": _lists,
    "draft": _keeps_nothing,
}


def refuse_acts_of_then(command: str, arguments: Arguments, files: Collection[str]) -> None:
    """Misuse for an act that is to be done as of an earlier moment.

    It would be checked against definitions of then, and be done today all the same.
    """
    looks = LOOKING.get(command)
    if looks is not None and looks(arguments, files):
        return
    for name, option in (("as_known_on", "--as-known-on"), ("on", "--on")):
        if arguments.get(name) is not None:
            raise Misuse(f"{option} chỉ dùng khi xem, không dùng khi ghi.")
