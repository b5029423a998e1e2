"""Commands about accounts and sessions. They open no warehouse: the server may go on running."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.accounts import roster
from etl.accounts.book import Unreadable
from etl.accounts.log import at_this_machine
from etl.accounts.login import state_of
from etl.accounts.passwords import hashed, one_time, weakness
from etl.accounts.roster import Account, CannotKeep, Wanted
from etl.accounts.sessions import revoke, sessions
from etl.commands import account_keys as keys
from etl.commands.answer import Answer, Misuse, refused
from etl.context import deployment_of
from etl.web import place_of
from indicators.people import Role
from indicators.text import say


def db() -> Path:
    """The warehouse whose accounts are meant."""
    return place_of(os.environ).db


def account(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """`account add|list|role|unlock|disable|enable|password`: the account as it is afterwards."""
    what, login = arguments["what"], roster.login_of(arguments.get("login") or "")
    if what in keys.DO:
        return keys.about_keys(db(), what, login, arguments, by=signer(arguments))
    if what != "list" and not login:
        raise Misuse("Hãy ghi tên đăng nhập.")
    try:
        secret = DO[what](login, arguments, signer(arguments))
        found = [a for a in roster.accounts(db()) if what == "list" or a.login == login]
        document = {"ok": True, "accounts": [told(a) for a in found]}
    except CannotKeep as refusal:
        return refused(say(refusal.key))
    except Unreadable as error:
        return refused(str(error))
    return Answer(0, {**document, "one_time": secret} if secret else document)


def signer(arguments: dict[str, Any]) -> str:
    """Who does it: the name given, else who is logged in on this machine."""
    return str(arguments.get("by") or at_this_machine())


def told(account: Account) -> dict[str, Any]:
    """An account as a document shows it; never its hash."""
    return {
        "login": account.login,
        "name": account.name,
        "role": account.role.value,
        "unit": account.unit,
        "state": state_of(db(), account),
        "created_at": account.created_at.isoformat(),
    }


def add(login: str, arguments: dict[str, Any], by: str) -> str:
    """A new account; its one-time password where one was asked for."""
    if not arguments.get("role"):
        raise Misuse("Hãy chọn vai trò bằng --role.")
    unit = checked_unit(arguments.get("unit") or "")
    wanted = Wanted(arguments.get("name") or "", Role(arguments["role"]), unit)
    roster.check_login(login)
    if arguments.get("no_password"):
        roster.add(db(), login, wanted, "", by=by, once=False)
        return ""
    secret, is_once = chosen(login, arguments)
    roster.add(db(), login, wanted, hashed(secret), by=by, once=is_once)
    return secret if is_once else ""


def chosen(login: str, arguments: dict[str, Any]) -> tuple[str, bool]:
    """The password to set, and whether it is for one time; Misuse for one that is too weak."""
    if arguments.get("one_time"):
        return one_time(), True
    password = str(arguments.get("password") or "")
    if problem := weakness(password, login):
        raise Misuse(say(problem))
    return password, False


def checked_unit(unit: str) -> str:
    """A unit of the registry; "" is the whole deployment."""
    if unit and unit not in deployment_of(place_of(os.environ).data)[0].units.ids:
        raise Misuse(f"Không có đơn vị «{unit}».")
    return unit


def role(login: str, arguments: dict[str, Any], by: str) -> str:
    """Another role, unit or name; what is not given stays."""
    before = roster.account(db(), login)
    if before is None:
        raise CannotKeep("account.refused.unknown")
    unit, name = arguments.get("unit"), arguments.get("name")
    wanted = Wanted(
        before.name if name is None else name,
        Role(arguments.get("role") or before.role),
        before.unit if unit is None else checked_unit(unit),
    )
    roster.change(db(), login, wanted, by=by)
    return ""


def password(login: str, arguments: dict[str, Any], by: str) -> str:
    """Another password; every session of the account ends."""
    secret, is_once = chosen(login, arguments)
    roster.set_password(db(), login, hashed(secret), by=by, once=is_once)
    return secret if is_once else ""


def nothing(login: str, arguments: dict[str, Any], by: str) -> str:
    """Only looking."""
    return ""


def simply(change: Callable[..., None]) -> Callable[[str, dict[str, Any], str], str]:
    """An act that needs nothing but the login and who does it."""

    def do(login: str, _arguments: dict[str, Any], by: str) -> str:
        change(db(), login, by=by)
        return ""

    return do


DO: dict[str, Callable[[str, dict[str, Any], str], str]] = {
    "add": add,
    "list": nothing,
    "role": role,
    "password": password,
    "unlock": simply(roster.unlock),
    "disable": simply(roster.disable),
    "enable": simply(roster.enable),
}


def live(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """`sessions list|revoke`."""
    login, number = roster.login_of(arguments.get("login") or ""), arguments.get("id")
    try:
        if arguments["what"] == "list":
            found = [{k: str(v) for k, v in vars(s).items()} for s in sessions(db())]
            return Answer(0, {"ok": True, "sessions": found})
        if not (login or number is not None or arguments.get("all")):
            raise Misuse("Hãy ghi --login, --id hoặc --all.")
        ended = revoke(db(), login=login, session=number, by=signer(arguments))
        return Answer(0, {"ok": True, "revoked": ended})
    except Unreadable as error:
        return refused(str(error))
