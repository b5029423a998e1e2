"""What the commands ``account`` and ``sessions`` print for people."""

from typing import Any

from indicators.text import say


def account_lines(document: dict[str, Any]) -> list[str]:
    """A line an account; under a new one its one-time password, which is shown only here."""
    if "keys" in document:
        return key_lines(document)
    lines = [
        f"{a['login']:<20}  {say('role.' + a['role'])}  {a['unit'] or '-'}  {a['name']}"
        f"  ({say('admin.is.' + a['state']).lower()})"
        for a in document["accounts"]
    ] or ["Chưa có tài khoản nào."]
    secret = document.get("one_time")
    return [*lines, *([f"Mật khẩu dùng một lần: {secret}"] if secret else [])]


def key_lines(document: dict[str, Any]) -> list[str]:
    """A line a key; a new one is shown only here."""
    lines = [
        f"{k['id']}  {k['login']}  {k['purpose']}  (đến {k['expires'][:10]})"
        for k in document["keys"]
    ] or ["Chưa có khóa nào."]
    return [*lines, *([f"Khóa: {document['key']}"] if "key" in document else [])]


def session_lines(document: dict[str, Any]) -> list[str]:
    """A line a session."""
    if "revoked" in document:
        return [f"Đã kết thúc {document['revoked']} phiên."]
    return [
        f"{s['id']:>6}  {s['login']}  {s['address']}  {s['begun']}  {s['seen']}"
        for s in document["sessions"]
    ] or ["Không có phiên nào đang mở."]
