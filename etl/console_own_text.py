"""Own text of reports, printed for people."""

from typing import Any

from indicators.text import say


def own_text(document: dict[str, Any]) -> list[str]:
    """What was kept and what of it was not, or every file that was sent."""
    if "kept" in document:
        return [f"Đã lưu phần tự viết: {_line(document['kept'])}", *_lost(document)]
    if "versions" in document:
        return [_line(text) for text in document["versions"]] or ["Chưa có phần tự viết nào."]
    used = document["in_force"]
    return [
        f"Báo cáo dùng phần tự viết: {_line(used)}" if used else "Báo cáo không có phần tự viết."
    ]


def _line(text: dict[str, Any]) -> str:
    mark = "*" if text["in_force"] else " "
    fault = f"  ({say('papers.own_lost.mark')})" if text.get("fault") else ""
    return f"{mark} {text['hash'][:12]}  {text['at']}  {text['by']}  {text['file']}{fault}"


def _lost(document: dict[str, Any]) -> list[str]:
    """What does not come along, and edits outside the places."""
    changed = [f"  trong tệp: {c['got']}\n  làm ra:    {c['made']}" for c in document["changes"]]
    head = [f"Chữ sửa ngoài khung, không được lấy ({len(changed)} chỗ):"] if changed else []
    return [*document["missed"], *head, *changed]
