"""The command line: parses, runs the command here or in the server that owns the database, prints."""

import argparse
import errno
import json
import os
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from etl.accounts.options import (
    NotRead,
    account_options,
    password_asked,
    read_password,
    sessions_options,
)
from etl.bootstrap import speak_utf8
from etl.cli_help import HELP
from etl.cli_options import (
    action_options,
    draft_options,
    export_options,
    known_option,
    own_text_options,
    task_options,
    tasks_options,
)
from etl.console import show
from etl.grid import MAX_BYTES
from etl.log import into_file
from etl.options_survival import SURVIVAL_OPTIONS
from etl.owner import OwnerError, call, find_owner
from etl.web import place_of

# Signs that a terminal obeys and JSON lets stand as they are: here they are told as numbers.
ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
CLOSED = {errno.EPIPE, errno.EINVAL}  # the second is what Windows says of a pipe nobody reads
# Accounts have a file of their own, which may be used beside a running server.
WITHOUT_DATABASE = frozenset(
    {"check", "coverage", "plans", "account", "sessions", "stop", "start", "private"}
)


def main(commands: Sequence[str], arguments: Sequence[str] | None = None) -> int:
    """Run one of ``commands``; the exit code: 0 done, 1 refused, 2 misuse."""
    speak_utf8()
    options = parser(commands).parse_args(arguments)
    os.environ |= {
        name: value
        for name, value in (("VANDAN_DATA", options.data), ("VANDAN_DB", options.db))
        if value
    }
    try:
        if password_asked(vars(options)):
            options.password = read_password(sys.stdin)
        if getattr(options, "log", None):
            into_file(Path(options.log))
        files = read_files(inputs_of(options))
    except NotRead as error:
        done = misuse(str(error))
    except OSError as error:
        done = misuse(f"Không mở được tệp {error.filename}: {error.strerror}.")
    else:
        done = with_files_written(run(options.command, vars(options), files), vars(options))
    write(options.command, done["document"], as_json=options.json)
    return int(done["exit_code"])


def inputs_of(options: argparse.Namespace) -> list[str]:
    """Every file that the command is to read."""
    kept = getattr(options, "keep", None)
    return [*getattr(options, "files", []), *([kept] if kept else [])]


def with_files_written(done: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The same answer once the files it carries are where the options say; or why they are not.

    "output" is written to the path of that option, "output/NAME" into the folder it names.
    """
    if options.get("command") == "backup":
        from etl.commands.survival import packed

        return packed(done, options["path"], options["keep_days"])
    for name, content in done.get("files", {}).items():
        option, _, inside = name.partition("/")
        path = Path(options[option], inside)
        try:
            if inside:
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b64decode(content))
        except OSError as error:
            return misuse(f"Không ghi được tệp {path}: {error.strerror}.")
    return done


def misuse(sentence: str) -> dict[str, Any]:
    """What a command answers that could not even be asked."""
    return {"exit_code": 2, "document": {"ok": False, "error": sentence}}


def write(command: str, document: Any, *, as_json: bool) -> None:
    """Print the document; a reader that had enough (``| head``) is no error."""
    try:
        if as_json:
            print(json.dumps(document, ensure_ascii=False, indent=1).translate(ESCAPED))
        else:
            show(command, document)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in CLOSED:
            raise
        # Python flushes once more at exit, and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read_files(paths: Sequence[str]) -> dict[str, bytes]:
    """The files by name; by whole path where two have the same name."""
    files = {path: read_at_most(Path(path)) for path in paths}
    named = {Path(path).name: content for path, content in files.items()}
    return named if len(named) == len(files) else files


def read_at_most(path: Path) -> bytes:
    """The content, or as much of it as is needed to refuse it for its size."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def run(command: str, options: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """The command's answer, from the server that owns the database or from this process."""
    arguments = {k: v for k, v in options.items() if k not in ("json", "data", "db", "files")}
    needs_none = command in WITHOUT_DATABASE and not options.get("as_known_on")
    owner = None if needs_none else find_owner(place_of(os.environ).db)
    if owner is not None:
        try:
            return call(owner, command, arguments, files)
        except OwnerError as error:
            return {"exit_code": 1, "document": {"ok": False, "error": str(error)}}
    from etl import commands

    try:
        return commands.answer(command, arguments, files)
    finally:
        commands.close_store()


def parser(commands: Sequence[str]) -> argparse.ArgumentParser:
    """The options of the commands named; every command takes --json, --data and --db."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="in một tài liệu JSON")
    common.add_argument("--data", metavar="DIR", help="thư mục danh mục, kế hoạch, đơn vị")
    common.add_argument("--db", metavar="PATH", help="tệp cơ sở dữ liệu")
    top = argparse.ArgumentParser(description="Vạn Dân: theo dõi chỉ tiêu y tế")
    under = top.add_subparsers(dest="command", required=True)
    for name in commands:
        options = under.add_parser(name, parents=[common], help=HELP[name])
        OPTIONS.get(name, _no_more)(options)
    return top


def _no_more(options: argparse.ArgumentParser) -> None:
    """A command without options of its own."""


def _init(options: argparse.ArgumentParser) -> None:
    options.add_argument("--demo", action="store_true", help="nạp cả số liệu mô phỏng")


def _load(options: argparse.ArgumentParser) -> None:
    options.add_argument("files", nargs="+", metavar="FILE")
    options.add_argument("--period", metavar="P", help="kỳ báo cáo, ví dụ 2021-Q3")
    options.add_argument("--unit", metavar="U", help="mã đơn vị")
    options.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
    options.add_argument("--by", metavar="NAME", help="người nộp")
    options.add_argument("--reason", metavar="R", help="giải trình cho các cảnh báo")
    options.add_argument("--marked", metavar="XLSX", help="ghi bản đánh dấu phát hiện của một tệp")


def _template(options: argparse.ArgumentParser) -> None:
    options.add_argument("--unit", required=True, metavar="U")
    options.add_argument("--period", required=True, metavar="P")
    options.add_argument("-o", "--output", required=True, metavar="FILE", help="tệp .xlsx, .csv")


def _alias(options: argparse.ArgumentParser) -> None:
    options.add_argument("--unit", metavar="U", help="mã đơn vị")
    options.add_argument("--quantity", metavar="Q", help="mã số liệu")
    options.add_argument("--text", metavar="T", help="cách viết gặp trong tệp")
    options.add_argument("--revoke", type=int, metavar="ID", help="thu hồi cách viết số ID")
    options.add_argument("--reason", metavar="R", help="lý do thu hồi")
    options.add_argument("--by", metavar="NAME", help="người xác nhận hoặc thu hồi")


def _mapping(options: argparse.ArgumentParser) -> None:
    options.add_argument("--revoke", type=int, required=True, metavar="ID", help="số của cách đọc")
    options.add_argument("--reason", required=True, metavar="R", help="lý do thu hồi")
    options.add_argument("--by", metavar="NAME", help="người thu hồi")


def _submissions(options: argparse.ArgumentParser) -> None:
    options.add_argument("--unit", metavar="U")
    options.add_argument("--period", metavar="P")
    known_option(options)


def _rollback(options: argparse.ArgumentParser) -> None:
    options.add_argument("id", type=int, metavar="ID")
    options.add_argument("--reason", metavar="R", default="")
    options.add_argument("--by", metavar="NAME")


def _waiting(options: argparse.ArgumentParser) -> None:
    options.add_argument("--period", metavar="P", help="kỳ và mọi kỳ nằm trong đó")
    known_option(options)


def _approve(options: argparse.ArgumentParser) -> None:
    options.add_argument("ids", nargs="*", type=int, metavar="ID")
    options.add_argument("--clean", action="store_true", help="mọi báo cáo không có gì phải xem")
    options.add_argument("--period", metavar="P", help="chỉ của kỳ này (với --clean)")
    _said(options)


def _return(options: argparse.ArgumentParser) -> None:
    options.add_argument("ids", nargs="+", type=int, metavar="ID")
    _said(options)


def _period(options: argparse.ArgumentParser) -> None:
    options.add_argument("period", metavar="P")
    _said(options)


def _said(options: argparse.ArgumentParser) -> None:
    options.add_argument("--reason", metavar="R", default="")
    options.add_argument("--by", metavar="NAME", help="người quyết định")


def _reports(options: argparse.ArgumentParser) -> None:
    options.add_argument("--on", metavar="NGÀY", help="ngày, ví dụ 2021-10-10; mặc định hôm nay")
    options.add_argument("--unit", metavar="U", help="đơn vị và mọi đơn vị bên dưới")
    known_option(options)


def _coverage(options: argparse.ArgumentParser) -> None:
    options.add_argument("--plan", metavar="ID", help="một kế hoạch; không ghi là mọi kế hoạch")
    known_option(options)


def _verdicts(options: argparse.ArgumentParser) -> None:
    options.add_argument("--plan", required=True, metavar="ID")
    options.add_argument("--period", required=True, metavar="P")
    options.add_argument("--unit", metavar="U")
    options.add_argument("--approved", action="store_true", help="chỉ số liệu đã duyệt")
    known_option(options)


def _explain(options: argparse.ArgumentParser) -> None:
    options.add_argument("--indicator", required=True, metavar="I")
    options.add_argument("--unit", required=True, metavar="U")
    options.add_argument("--period", required=True, metavar="P")
    options.add_argument("--approved", action="store_true", help="chỉ số liệu đã duyệt")
    known_option(options)


OPTIONS = {
    "init": _init,
    "load": _load,
    "draft": draft_options,
    "template": _template,
    "alias": _alias,
    "mapping": _mapping,
    "submissions": _submissions,
    "rollback": _rollback,
    "waiting": _waiting,
    "approve": _approve,
    "return": _return,
    "close": _period,
    "reopen": _period,
    "closings": known_option,
    "audit": known_option,
    "aliases": known_option,
    "mappings": known_option,
    "plans": known_option,
    "export": export_options,
    "own-text": own_text_options,
    "reports": _reports,
    "tasks": tasks_options,
    "task": task_options,
    "action": action_options,
    "account": account_options,
    "sessions": sessions_options,
    "coverage": _coverage,
    "verdicts": _verdicts,
    "explain": _explain,
    **SURVIVAL_OPTIONS,
}
