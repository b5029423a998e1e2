"""Decisions, closings and the log of acts, printed for people."""

from typing import Any


def waiting(document: dict[str, Any]) -> list[str]:
    """One line a report that waits."""
    found = document["reports"]
    return [*map(_waiting, found), f"{len(found)} báo cáo chờ duyệt."]


def _waiting(report: dict[str, Any]) -> str:
    change = " · đề nghị sửa sau khi duyệt" if report["change"] else ""
    again = " · gửi lại sau khi bị trả lại" if report["returned_before"] else ""
    warned = f" · {report['warnings']} cảnh báo" if report["warnings"] else ""
    return (
        f"{report['id']} · {report['unit']} · {report['period']} · {report['form']} · "
        f"{report['received_at']} · {report['received_by']} · {report['figures']} số liệu"
        f"{change}{again}{warned}"
    )


def decided(document: dict[str, Any]) -> list[str]:
    """What was decided about how many."""
    word = {"approved": "Đã duyệt", "returned": "Đã trả lại"}[document["decision"]]
    return [f"{word} {len(document['submissions'])} báo cáo."]


def moved(document: dict[str, Any]) -> list[str]:
    """That a period was closed or opened again."""
    return [f"{'Đã chốt' if document['closed'] else 'Đã mở lại'} kỳ {document['period']}."]


def closings(document: dict[str, Any]) -> list[str]:
    """One line a closing or reopening."""
    lines = [
        f"{c['at']} · {'chốt' if c['closed'] else 'mở lại'} {c['period']} · {c['by']}: {c['reason']}"
        for c in document["closings"]
    ]
    return lines or ["Chưa kỳ nào được chốt."]


def audit(document: dict[str, Any]) -> list[str]:
    """One line an act."""
    return [
        f"{e['id']} · {e['occurred_at']} · {e['actor']} · {e['action']} · {e['detail']}"
        for e in document["entries"]
    ]
