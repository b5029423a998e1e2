"""How the application is entered: open, with accounts, or also read by the public."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from etl.accounts.roster import has_accounts


class Mode(StrEnum):
    """The ways in."""

    OPEN = "open"  # whoever sits at this machine has every right
    ACCOUNTS = "accounts"
    PUBLIC = "public"  # without an account one reads; all else needs one


class Closed(Exception):
    """The server may not start like this; the text is for the administrator."""


def mode_of(environ: Mapping[str, str], db: Path) -> Mode:
    """What `VANDAN_ACCESS` says; else accounts as soon as there is one. Closed for another word."""
    said = environ.get("VANDAN_ACCESS", "").strip()
    if not said:
        return Mode.ACCOUNTS if has_accounts(db) else Mode.OPEN
    if said not in list(Mode):
        raise Closed(f"VANDAN_ACCESS={said} không có; chọn open, accounts hoặc public.")
    return Mode(said)


def check_start(environ: Mapping[str, str], db: Path, host: str) -> Mode:
    """The mode to start in; Closed where this would leave the data to anybody on the network."""
    mode, local = mode_of(environ, db), is_local(host) and not environ.get("VANDAN_PROXY")
    if mode is Mode.OPEN and not local:
        raise Closed(
            "Chế độ mở chỉ dùng trên chính máy này (127.0.0.1). Tạo tài khoản quản trị trước: "
            "python -m etl account add TÊN --role admin"
        )
    if mode is not Mode.OPEN and not has_accounts(db):
        raise Closed(
            "Chưa có tài khoản nào. Tạo tài khoản quản trị trước: "
            "python -m etl account add TÊN --role admin"
        )
    return mode


def is_local(host: str) -> bool:
    """Whether an address or name is this machine alone, as seen from itself."""
    name = host.strip("[]")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
