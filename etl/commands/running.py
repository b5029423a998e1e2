"""``stop``, ``start`` and ``private``: the server from outside, and the folders it keeps things in."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.commands.answer import Answer, refused
from etl.owner import Owner, OwnerError, end, find_owner, is_alive
from etl.private import NotPrivate, make_private
from etl.stopped import forget_stop, note_stop
from etl.web import place_of

# A server lets finish what is under way for 15 s; one that starts may have a database to bring up.
STOP_SECONDS, START_SECONDS = 60.0, 120.0


def stop(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """End the server of the database once what is under way is finished; it stays stopped."""
    db = place_of(os.environ).db
    note_stop(db)
    owner = find_owner(db)
    if owner is None:
        return Answer(0, {"ok": True, "was_running": False})
    try:
        end(owner)
    except OwnerError as error:
        return refused(str(error))
    if waited(lambda: not is_alive(owner.pid), STOP_SECONDS):
        return Answer(0, {"ok": True, "was_running": True})
    return refused(f"Máy chủ {owner.url} (tiến trình {owner.pid}) chưa dừng sau một phút.")


def start(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Let the server be started again, and wait until it answers."""
    db = place_of(os.environ).db
    forget_stop(db)
    found: list[Owner] = []

    def answers() -> bool:
        owner = find_owner(db)
        found.extend([owner] if owner else [])
        return bool(found)

    if waited(answers, START_SECONDS):
        return Answer(0, {"ok": True, "url": found[0].url})
    return refused(NOT_STARTED)


def private(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Make folders that nobody but the server and administrators can open."""
    for folder in arguments["folders"]:
        path = Path(folder).absolute()
        try:
            make_private(path)
        except NotPrivate:
            return refused(NO_RIGHTS.format(path))
        except OSError as error:
            return refused(f"Không đặt được quyền của thư mục {path}: {error.strerror}.")
    return Answer(0, {"ok": True, "folders": list(arguments["folders"])})


def waited(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether it came to be so within these seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


NOT_STARTED = (
    "Máy chủ chưa trả lời sau hai phút. Lệnh này cho phép trình lập lịch của máy bật máy chủ (trong "
    "vòng một phút), không tự bật: hãy xem tác vụ VanDan đã được tạo chưa và tệp vandan.log nói gì. "
    "Cơ sở dữ liệu lớn đang được nâng cấp thì cần lâu hơn: chạy lại lệnh này."
)
NO_RIGHTS = (
    "Ổ đĩa của {} không giữ quyền truy cập (FAT, exFAT?): ai dùng máy cũng mở được thư mục này. "
    "Hãy chọn một ổ NTFS."
)
