"""The options of `account` and `sessions` on the command line; asking for a password."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping
from typing import Any, TextIO

from indicators.people import GIVEN

ACTS = ("add", "list", "role", "unlock", "disable", "enable", "password", "key", "keys", "end-key")


class NotRead(Exception):
    """There is no password to go on with; the text is for the user."""


def account_options(options: argparse.ArgumentParser) -> None:
    """`account add LOGIN --role R`; the password is asked for, or read from standard input.

    `account key LOGIN --purpose T` makes a key for another system, `end-key` ends it.
    """
    options.add_argument("what", choices=ACTS)
    options.add_argument("login", nargs="?", default="", metavar="LOGIN")
    roles = [role.value for role in GIVEN]
    options.add_argument("--role", choices=roles, help="vai trò (add, role)")
    options.add_argument("--unit", metavar="U", help="đơn vị; không ghi là toàn bộ (add, role)")
    options.add_argument("--name", metavar="N", help="họ và tên (add, role)")
    options.add_argument(
        "--one-time", action="store_true", help="tạo mật khẩu dùng một lần (add, password)"
    )
    options.add_argument(
        "--no-password", action="store_true", help="chỉ đăng nhập qua OpenID Connect (add)"
    )
    options.add_argument("--purpose", metavar="T", help="khóa dùng để làm gì (key)")
    options.add_argument("--id", type=int, metavar="N", help="số của khóa (end-key)")
    options.add_argument("--by", metavar="NAME", help="người làm; mặc định tên trên máy này")


def sessions_options(options: argparse.ArgumentParser) -> None:
    """`sessions list`, `sessions revoke --login L | --id N | --all`."""
    options.add_argument("what", choices=("list", "revoke"))
    options.add_argument("--login", metavar="L", help="mọi phiên của một tài khoản")
    options.add_argument("--id", type=int, metavar="N", help="một phiên")
    options.add_argument("--all", action="store_true", help="mọi phiên")
    options.add_argument("--by", metavar="NAME", help="người làm; mặc định tên trên máy này")


def password_asked(options: Mapping[str, Any]) -> bool:
    """Whether this command needs a password that somebody types."""
    if options.get("command") != "account" or options["what"] not in {"add", "password"}:
        return False
    return not (options["one_time"] or options["no_password"])


def read_password(stream: TextIO) -> str:
    """Typed twice without being shown; where nobody sits there, one line of standard input.

    Never an option of the command: those can be seen by everybody on the machine. What is no UTF-8
    is no password: a browser could never send the same. Raises NotRead.
    """
    if not stream.isatty():
        line = stream.readline().rstrip("\r\n")
        if any("\ud800" <= sign <= "\udfff" for sign in line):
            raise NotRead(
                "Mật khẩu đưa vào không phải UTF-8: trình duyệt sẽ không gửi được đúng như thế."
            )
        return line
    password = getpass.getpass("Mật khẩu: ")
    if getpass.getpass("Ghi lại mật khẩu: ") != password:
        raise NotRead("Hai lần gõ mật khẩu không giống nhau; hãy chạy lại lệnh.")
    return password
