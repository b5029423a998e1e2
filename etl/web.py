"""What the web server needs of files and the database: where they are, and holding them."""

from __future__ import annotations

import base64
import binascii
import json
import os
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from etl.owner import Owner, find_owner
from etl.store.connect import CannotOpen, DatabaseBusy
from etl.store.schema import SchemaTooNew
from indicators.schema import DataErrors

ROOT = Path(__file__).resolve().parent.parent
CANNOT_OPEN = (OSError, duckdb.Error, CannotOpen, DatabaseBusy, SchemaTooNew, DataErrors)


@dataclass(frozen=True)
class Place:
    """A deployment: its data folder (catalogue, plans, units) and its database file."""

    data: Path
    db: Path


class Refused(Exception):
    """The server cannot start or a request cannot be read; the text is for the user."""


def place_of(environ: Mapping[str, str]) -> Place:
    """The deployment that `VANDAN_DATA` and `VANDAN_DB` name, by default the repository's."""
    return _place_of(environ.get("VANDAN_DATA", ""), environ.get("VANDAN_DB", ""), os.getcwd())


@lru_cache(maxsize=8)
def _place_of(data_folder: str, database: str, _here: str) -> Place:
    """Asked hundreds of times a page; to follow links takes a look at the disk for each folder."""
    data = Path(data_folder or ROOT / "data").resolve()
    db = Path(database or data / "run" / "vandan.duckdb").resolve()
    return Place(data=data, db=db)


def publish(place: Place, environ: MutableMapping[str, str]) -> None:
    """Write the deployment into the environment, where pages and commands read it."""
    environ["VANDAN_DATA"] = str(place.data)
    environ["VANDAN_DB"] = str(place.db)


def deployment_name(place: Place, language: str = "vi") -> str:
    """What the deployment calls itself, empty where its settings cannot be read."""
    try:
        settings = tomllib.loads((place.data / "deployment.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(settings.get(f"name_{language}", ""))


def hold(place: Place, *, demo: bool) -> None:
    """Open the database of this process for good; one that is absent or half-made is made first."""
    refuse_second(place.db, find_owner(place.db))
    from etl import commands

    try:
        place.db.parent.mkdir(parents=True, exist_ok=True)
        if not place.db.exists() or commands.is_unfinished():
            done = commands.answer("init", {"demo": demo}, {})
            if done["exit_code"]:
                raise Refused(f"Không tạo được cơ sở dữ liệu: {reason_of(done['document'])}")
        commands.open_store()
    except CANNOT_OPEN as error:
        raise Refused(_reason_of(place.db, error)) from error


def _reason_of(db: Path, error: Exception) -> str:
    if isinstance(error, DatabaseBusy):
        return (
            f"Cơ sở dữ liệu {db} đang do tiến trình khác giữ: một máy chủ khác đang chạy hoặc "
            "đang khởi động, hay một lệnh chưa xong. Mỗi cơ sở dữ liệu chỉ có một máy chủ."
        )
    reason = str(error).partition("\n")[0].removeprefix(f"{db}: ")
    return f"Không mở được cơ sở dữ liệu {db}: {reason}"


def reason_of(document: Mapping[str, Any]) -> str:
    """The sentence of a refused command; of many faults the first, and how to see the others."""
    faults = document.get("errors")
    if not faults:
        return str(document.get("error", document))
    first = f"{faults[0]['file']} · {faults[0]['key']}: {faults[0]['message']}"
    return f"{first} ({len(faults)} lỗi; xem đủ bằng: python -m indicators check)"


def refuse_second(db: Path, owner: Owner | None) -> None:
    """A database has one server: the second names the first."""
    if owner and owner.pid != os.getpid():
        raise Refused(
            f"Cơ sở dữ liệu {db} đang do máy chủ {owner.url} giữ (tiến trình {owner.pid}); "
            "hãy dùng máy chủ đó hoặc dừng nó trước."
        )


def release() -> None:
    """Close the database of this process."""
    from etl import commands

    commands.close_store()


def answer(body: bytes) -> dict[str, Any]:
    """Run the command that a request of `etl.owner.call` carries."""
    from etl import commands

    try:
        asked = json.loads(body)
        files = {n: base64.b64decode(t, validate=True) for n, t in asked["files"].items()}
        command, arguments = str(asked["command"]), dict(asked["arguments"])
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise Refused(f"Yêu cầu không đọc được: {error}") from error
    done: dict[str, Any] = commands.answer(command, arguments, files)
    return done


def data_version() -> int | None:
    """The number that rises with every change of the data, None while nothing is open."""
    from etl import commands

    version: int | None = commands.data_version()
    return version


def answering() -> int | None:
    """The data version of the database that this server holds, None where it does not answer.

    One that broke is opened again by asking.
    """
    from etl import commands

    try:
        commands.open_store()
        return data_version()
    except CANNOT_OPEN:
        return None
