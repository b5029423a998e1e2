"""Answers of ``verify``, ``backup``, ``restore`` and ``rebuild`` printed for people."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from indicators.formats import format_number
from indicators.text import say

FAULTS = {
    "database-unreadable": "cơ sở dữ liệu hỏng, không đọc được",
    "audit-changed": "nhật ký bị sửa hoặc mất dòng, ở việc số",
    "content-changed": "lượt nộp có số liệu khác lúc nhận",
    "upload-missing": "mất tệp gốc",
    "upload-changed": "tệp gốc bị thay đổi",
    "upload-unreadable": "không đọc được tệp gốc",
    "journal-damaged": "tệp nhật ký hỏng ở dòng",
    "journal-differs": "tệp nhật ký khác cơ sở dữ liệu ở việc số",
    "journal-missing": "tệp nhật ký thiếu việc số",
    "accounts-damaged": "tệp tài khoản hỏng",
}
NOTES = {"clock-back": "đồng hồ máy đã chạy lùi trước lượt nộp số"}


def _verify(document: dict[str, Any]) -> list[str]:
    faults = [_said(fault, FAULTS) for fault in document["faults"]] or ["Không có sai lệch."]
    lost = (_brought(file) for file in document["lost"])
    return [
        *_counted(document),
        *faults,
        *lost,
        *(_said(note, NOTES) for note in document["notes"]),
    ]


def _brought(file: dict[str, str]) -> str:
    """Which file it is that is lost, and the way to have it back."""
    act = say(f"act.{file['action'].replace('-', '_')}")
    return (
        f"  {file['hash'][:12]}: {act}: {file['detail']} ({file['by']}, {file['at']}). "
        "Lấy lại từ bản sao lưu bằng restore, hoặc gửi lại đúng tệp đó."
    )


def _counted(document: dict[str, Any]) -> list[str]:
    if document["digest"] is None:
        return []
    submissions, facts = (format_number(document[name]) for name in ("submissions", "facts"))
    verdicts = document.get("verdicts")
    return [
        f"{submissions} lượt nộp, {facts} ô số liệu.",
        f"Mã băm của số liệu: {document['digest']}",
        *([f"Mã băm của đánh giá ngày {document['verdicts_on']}: {verdicts}"] if verdicts else []),
    ]


def _said(fault: str, words: dict[str, str]) -> str:
    """In words where there are any, with the code for whoever looks it up."""
    code, _, what = fault.partition(": ")
    return f"[{code}] {words.get(code, 'bảng không khớp')}: {what}"


def _backup(document: dict[str, Any]) -> list[str]:
    head = f"Đã sao lưu vào {document['path']}: {document['files']} tệp, {_size(document['size'])}."
    gone = document["removed"]
    old = [f"Đã xóa {format_number(gone)} bản sao lưu cũ."] if gone else []
    return [head, *old, *(_said(fault, FAULTS) for fault in document["faults"])]


def _size(size: int) -> str:
    return f"{format_number(Fraction(size, 10**6), decimals=1)} MB"


def _restore(document: dict[str, Any]) -> list[str]:
    head = f"Đã khôi phục bản sao lưu lập lúc {document['made_at']}."
    return [head, f"Mã băm của số liệu: {document['digest']}", *_kept(document)]


def _kept(document: dict[str, Any]) -> list[str]:
    kept = document["kept"]
    return [f"Bản trước đó được giữ ở {kept}."] if kept else []


def _rebuild(document: dict[str, Any]) -> list[str]:
    lines = [f"Đã làm lại {format_number(document['acts'])} việc."]
    lines += [f"  {difference}" for difference in document["differences"]]
    if document["difference_count"]:
        lines.append(f"{document['difference_count']} điểm khác trước.")
    if not document["ok"]:
        return [*lines, NOT_TAKEN]
    same = document["before"] == document["digest"]
    return [*lines, *(["Số liệu giống hệt trước khi dựng lại."] if same else []), *_kept(document)]


def _stop(document: dict[str, Any]) -> list[str]:
    was = "Máy chủ đã dừng" if document["was_running"] else "Không có máy chủ nào đang chạy"
    return [f"{was}. Trình lập lịch của máy không bật nó cho đến khi gõ: python -m etl start"]


def _start(document: dict[str, Any]) -> list[str]:
    return [f"Máy chủ trả lời ở {document['url']}."]


def _private(document: dict[str, Any]) -> list[str]:
    return [f"{folder}: chỉ máy chủ và người quản trị mở được." for folder in document["folders"]]


NOT_TAKEN = (
    "Chưa thay cơ sở dữ liệu. Hãy tìm lại tệp gốc hoặc danh mục đã đổi rồi chạy lại, hoặc nhận "
    "kết quả này bằng --accept."
)

SURVIVAL_VIEWS: dict[str, Callable[[Any], list[str]]] = {
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "rebuild": _rebuild,
    "stop": _stop,
    "start": _start,
    "private": _private,
}
