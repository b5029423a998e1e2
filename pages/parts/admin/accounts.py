"""The accounts there are, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from etl.accounts.log import access_entries
from etl.accounts.login import state_of
from etl.accounts.roster import Account, accounts
from etl.context import VIETNAM
from etl.store.places import accounts_of
from indicators.text import say
from pages.parts.admin.act import db
from pages.parts.html import e
from pages.parts.who import unit_name

MOMENT = "%H:%M %d/%m/%Y"
COLUMNS = ("account", "role", "unit", "state", "last")


def account_rows(language: str) -> str:
    """A table; where there is no account yet, how to begin."""
    found = accounts(db()) if accounts_of(db()).exists() else []
    if not found:
        text = e(say("admin.none", language))
        return f'<section class="vd-card"><p class="vd-quiet">{text}</p></section>'
    last = last_logins()
    heads = "".join(f"<th>{e(say(f'admin.{name}', language))}</th>" for name in COLUMNS)
    rows = "".join(row(account, last, language) for account in found)
    return (
        '<section class="vd-card"><table class="vd-people"><thead>'
        f"<tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def last_logins() -> dict[str, datetime]:
    """When each login was last used."""
    return {entry.actor: entry.at for entry in access_entries(db()) if entry.action == "login"}


def row(account: Account, last: Mapping[str, datetime], language: str) -> str:
    """Who, as what, for which unit, in which state, last seen."""
    seen, state = last.get(account.login), state_of(db(), account)
    cells = {
        "account": f"<b>{e(account.name or account.login)}</b><small>{e(account.login)}</small>",
        "role": e(say(f"role.{account.role}", language)),
        "unit": e(unit_name(account.unit) or say("admin.whole", language)),
        "state": e(say(f"admin.is.{state}", language)),
        "last": f"{seen.astimezone(VIETNAM):{MOMENT}}" if seen else e(say("admin.never", language)),
    }
    parts = "".join(
        f'<td data-label="{e(say(f"admin.{name}", language))}">{cell}</td>'
        for name, cell in cells.items()
    )
    return f'<tr class="vd-is-{state}">{parts}</tr>'
