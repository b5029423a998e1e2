"""``export``: files out. Each kind of file is one line of KINDS: its name, and where it is made."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from etl.commands.answer import Answer, Misuse

# A maker takes the options and the files that came with them, as every command does, and gives its
# file under the option that asked for it ("output"), or several under "output/NAME" for a folder.
# It is loaded when asked for: nobody who loads a file waits for the libraries that write PDF.
KINDS = {
    "dhis2": "etl.commands.exchange:dhis2",
    "org-units": "etl.commands.exchange:org_units",
    "calendar": "etl.commands.exchange:calendar",
    "verdicts": "etl.commands.export_rows:verdicts",
    "facts": "etl.commands.export_rows:facts",
    "report": "etl.commands.export_papers:report",
    "sheet": "etl.commands.export_papers:sheet",
    "late": "etl.commands.export_papers:late",
    "bundle": "etl.commands.export_papers:bundle",
}

Maker = Callable[[dict[str, Any], dict[str, bytes]], Answer]


def export(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Make one kind of file; Misuse for a kind that is not there."""
    kind = str(arguments["kind"])
    if kind not in KINDS:
        raise Misuse(f"Không có loại tệp «{kind}»; hiện có: {', '.join(KINDS)}.")
    module, _, function = KINDS[kind].partition(":")
    return cast(Maker, getattr(import_module(module), function))(arguments, files)


def ending_of(output: str, allowed: tuple[str, ...]) -> str:
    """How the file's name ends (".xlsx"); Misuse names the endings there are."""
    found = next((e for e in allowed if output.lower().endswith(e)), None)
    if found is None:
        raise Misuse(f"Tên tệp phải kết thúc bằng {', '.join(allowed)}: «{output}».")
    return found
