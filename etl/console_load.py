"""What the commands ``load`` and ``draft`` print for people."""

from typing import Any

from indicators.formats import format_number
from indicators.judge import Verdict
from indicators.sentence import verdict_text
from indicators.text import say


def load_lines(document: dict[str, Any]) -> list[str]:
    """What became of each file, with its findings."""
    return [line for file in document["files"] for line in _file(file, document["dry_run"])]


def _file(file: dict[str, Any], dry_run: bool) -> list[str]:
    lines = [f"{file['file']}: {_outcome(file, dry_run)}"]
    for finding in file["findings"]:
        lines.append(f"  [{finding['code']}] {finding['cell'] or '-'}: {finding['sentence']}")
        if finding["severity"] != "note":
            lines.append(f"      {finding['allowed']} {finding['remedy']}")
    hidden = sum(file["finding_counts"].values()) - len(file["findings"])
    if hidden:
        lines.append(f"  … và {format_number(hidden)} nhận xét khác cùng loại.")
    for flip in file["flips"]:
        old, new = (verdict_text(Verdict(flip[k])) for k in ("old", "new"))
        lines.append(f"  {flip['name_vi']} ({flip['period']}): {old} → {new}")
    return lines


def _outcome(file: dict[str, Any], dry_run: bool) -> str:
    if file["refused"]:
        return "không nhận, chưa ghi gì."
    counts = file["counts"]
    if file["steps"]:
        return _followed(file, counts, dry_run)
    words = (("added", "thêm"), ("changed", "đổi"), ("removed", "bỏ"), ("unchanged", "giữ nguyên"))
    parts = ", ".join(f"{word} {counts.get(name, 0)}" for name, word in words)
    done = "xem trước, chưa ghi" if dry_run else f"{len(file['submissions'])} lượt nộp mới"
    return f"{parts} ô số liệu; {done}."


def _followed(file: dict[str, Any], counts: dict[str, int], dry_run: bool) -> str:
    """A progress file: how many tasks and actions, and each that is new."""
    words = (("added", "ghi nhận mới"), ("changed", "đổi"), ("unchanged", "giữ nguyên"))
    parts = ", ".join(f"{word} {counts[name]}" for name, word in words)
    done = "đã ghi" if file["committed"] else "chưa ghi" if dry_run else "không có gì để ghi"
    lines = [
        f"  {step['id']}: {_word(step, 'old')} → {_word(step, 'new')}  {step['name_vi']}"
        for step in file["steps"]
        if step["change"] != "unchanged"
    ]
    return "\n".join([f"nhiệm vụ, việc: {parts}; {done}.", *lines])


def _word(step: dict[str, Any], which: str) -> str:
    """A state in words; "…" where nothing was on record."""
    words = "tasks.progress" if step["kind"] == "task" else "action.state"
    return say(f"{words}.{step[which]}") if step[which] else "…"


def draft_lines(document: dict[str, Any]) -> list[str]:
    """A line a draft."""
    return [
        f"{d['hash'][:12]}  {d['file']}  {', '.join(d['units'])}  {', '.join(d['periods'])}"
        f"  {d['figures']} số liệu, {d['errors']} lỗi  ({d['by']}, {d['at'][:16]}) {d['note']}"
        for d in document["drafts"]
    ] or ["Không có bản nháp nào."]
