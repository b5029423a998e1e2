"""Answers printed for people: short Vietnamese lines instead of JSON."""

from collections.abc import Callable
from typing import Any

from etl import console_decisions
from etl.console_accounts import account_lines, session_lines
from etl.console_load import draft_lines, load_lines
from etl.console_own_text import own_text
from etl.console_survival import SURVIVAL_VIEWS
from indicators.formats import format_number
from indicators.text import say


def show(command: str, document: Any) -> None:
    """Print a command's document the way a person reads it."""
    for line in lines_of(command, plain(document)):
        print(line)


def plain(found: Any) -> Any:
    """The same in signs that print: a name that somebody gave a file gives the terminal no orders."""
    if isinstance(found, dict):
        return {name: plain(value) for name, value in found.items()}
    if isinstance(found, list):
        return [plain(value) for value in found]
    return (
        "".join(s if s.isprintable() else " " for s in found) if isinstance(found, str) else found
    )


def lines_of(command: str, document: Any) -> list[str]:
    """The lines to print; a refusal is one sentence, faults in data files one line each."""
    if isinstance(document, dict) and "error" in document:
        return [str(document["error"])]
    if isinstance(document, dict) and document.get("errors"):
        errors = document["errors"]
        lines = [f"{e['file']} · {e['key']}: {e['message']}" for e in errors]
        return [*lines, f"{len(errors)} lỗi."]
    return VIEWS[command](document)


def _init(document: dict[str, Any]) -> list[str]:
    line = f"Cơ sở dữ liệu: {document['db']}"
    plans = f"{len(document['plans'])} kế hoạch, {document['units']} đơn vị."
    demo, work = document["demo_submissions"], document["demo_records"]
    lines = [f"Đã nạp {demo} lượt nộp mô phỏng."] if demo else []
    lines += [f"Đã nạp {work} ghi nhận nhiệm vụ, việc đã thống nhất mô phỏng."] if work else []
    return [line, plans, *lines]


def _submissions(document: list[dict[str, Any]]) -> list[str]:
    return [
        f"{s['id']:>6}  {s['received_at']}  {s['unit']}  {s['period']}  {s['form']}"
        f"  lần {s['revision']}  {STATES[s['state']]}  {s['file_name']}  ({s['received_by']})"
        for s in document
    ] or ["Chưa có lượt nộp nào."]


def _export(document: dict[str, Any]) -> list[str]:
    """One line a file; what was left undone in words of its own."""
    rows = document.get("rows")
    counted = f" ({format_number(rows)} dòng)" if rows is not None else ""
    return [f"Đã ghi {document['file']}{counted}.", *document.get("notes", [])]


def _template(document: dict[str, Any]) -> list[str]:
    forms = "; ".join(document["forms"])
    return [f"Đã ghi {document['file']}: {document['quantities']} số liệu ({forms})."]


def _mappings(document: list[dict[str, Any]]) -> list[str]:
    return [line for each in document for line in _mapping_lines(each)] or [
        "Chưa có cách đọc biểu riêng nào được lưu."
    ]


def _mapping_lines(mapping: dict[str, Any]) -> list[str]:
    gone = f"; {mapping['revoked_by']} đã thu hồi: {mapping['reason']}"
    columns = "; ".join(
        f"{c['column']} «{c['heading']}» = {c['meaning']}" for c in mapping["columns"]
    )
    return [
        f"{mapping['id']:>4}  {mapping['confirmed_by']} lưu {mapping['confirmed_at']}"
        f"{gone if mapping['revoked_by'] else ''}",
        f"      {columns}",
    ]


def _mapping(document: dict[str, Any]) -> list[str]:
    return _mapping_lines(document["mapping"])


def _aliases(document: list[dict[str, Any]]) -> list[str]:
    return [_alias_line(alias) for alias in document] or ["Chưa có cách viết nào được xác nhận."]


def _alias_line(alias: dict[str, Any]) -> str:
    name = alias["meaning_name"] or "không còn trong danh mục"
    gone = f"; {alias['revoked_by']} đã thu hồi" if alias["revoked_by"] else ""
    return (
        f"{alias['id']:>4}  «{alias['text']}» là {name} ({alias['meaning']})"
        f"; {alias['confirmed_by']} xác nhận {alias['confirmed_at']}{gone}"
    )


def _alias(document: dict[str, Any]) -> list[str]:
    return [_alias_line(document["alias"])]


STATES = {
    "current": "hiện hành",
    "superseded": "đã thay",
    "waiting": "chờ duyệt",
    "returned": "bị trả lại",
    "withdrawn": "đã thu hồi",
}


def _rollback(document: dict[str, Any]) -> list[str]:
    current, carried = document["current"], document["carried"]
    now = f"hiện hành là lượt nộp số {current}" if current else "biểu này không còn số liệu"
    lines = [f"Đã thu hồi lượt nộp số {document['withdrawn']}; {now}."]
    if carried:
        lines.append(f"{carried} ô của bản hiện hành vẫn lấy từ lượt nộp đã thu hồi; hãy kiểm tra.")
    return lines


def _reports(document: dict[str, Any]) -> list[str]:
    """One heading a unit, one line a report."""
    lines, unit = [document["summary_vi"]], None
    for row in document["reports"]:
        if row["unit"] != unit:
            unit = row["unit"]
            lines.append(f"{row['unit_name']} ({unit})")
        lines.append(f"  {row['name_vi']}, {row['period_vi']}: {row['text_vi']}")
    return lines


def _tasks(document: dict[str, Any]) -> list[str]:
    """The counts, then a line a task."""
    counts = ", ".join(
        f"{say(f'tasks.state.{state}').lower()} {count}"
        for state, count in document["counts"].items()
        if count
    )
    rows = [
        f"  {t['due'] or '-':<10}  {say('tasks.state.' + t['state'])}  {t['title_vi']}"
        f"  ({t['lead']}; {t['id']})"
        for t in document["tasks"]
    ]
    return [f"{document['on']}: {counts or say('tasks.none')}", *rows]


def _task(document: dict[str, Any]) -> list[str]:
    if "revoked" in document:
        return [f"Đã thu hồi ghi nhận số {document['revoked']}."]
    record = document["record"]
    state = say("tasks.progress." + record["state"]).lower()
    return [f"Ghi nhận số {record['id']}: {record['task']}, {state}."]


def _action(document: dict[str, Any]) -> list[str]:
    found = [document["action"]] if "action" in document else document["actions"]
    return [
        f"{a['id']:>4}  {a['due']}  {say('action.state.' + a['state'])}  {a['text']}"
        f"  ({a['owner']}; {a['plan']} {a['target']})"
        for a in found
    ] or ["Chưa có việc nào được thống nhất."]


def _plans(document: list[dict[str, Any]]) -> list[str]:
    lines = []
    for plan in document:
        lines.append(f"{plan['id']}: {plan['name_vi']} ({plan['period']})")
        lines += [f"  {t['section']:<8} {t['name_vi']}: {t['target_vi']}" for t in plan["targets"]]
    return lines


def _coverage(document: list[dict[str, Any]]) -> list[str]:
    return [line for plan in document for line in _covered(plan)]


def _covered(plan: dict[str, Any]) -> list[str]:
    head = f"{plan['plan']}: {plan['name_vi']}"
    if not plan["rows"]:
        return [head, "  Chưa có đề cương của văn bản này."]
    rows = [line for row in plan["rows"] for line in _passage(row)]
    return [head, *rows, *_covered_in_all(plan["totals"])]


def _passage(row: dict[str, Any]) -> list[str]:
    """A row of the outline, then what was taken from it, one line each, or why it was left."""
    lines = [f"  {row['section']} (dòng {row['lines']}): {row['title_vi']}"]
    for kind, (word, *names) in TAKEN.items():
        for item in row[kind]:
            whole = "" if item["section"] == row["section"] else f" (cả mục {item['section']})"
            said = "; ".join(item[name] for name in names)
            lines.append(f"    {word} {item['id']}{whole}: {said}")
    return lines if row["left_vi"] is None else [*lines, f"    không lấy. {row['left_vi']}"]


TAKEN = {
    "targets": ("chỉ tiêu", "name_vi"),
    "tasks": ("nhiệm vụ", "title_vi"),
    "reporting": ("báo cáo", "reporter", "frequency"),
    "goals": ("không xét được", "summary_vi", "reason_vi"),
}


def _covered_in_all(totals: dict[str, Any]) -> list[str]:
    left = ", ".join(f"{reason['reason_vi']} {reason['rows']}" for reason in totals["left"])
    return [
        f"  Tổng cộng {totals['rows']} dòng. Đã lấy {totals['taken']}: chỉ tiêu ở "
        f"{totals['targets']} dòng, nhiệm vụ {totals['tasks']}, báo cáo {totals['reporting']}, "
        f"mục tiêu không xét được {totals['goals']}.",
        f"  Không lấy {totals['rows'] - totals['taken']}" + (f": {left}." if left else "."),
    ]


def _verdicts(document: list[dict[str, Any]]) -> list[str]:
    """One line a target; of an "every unit" target only the units that are known."""
    lines = []
    for row in document:
        if "each_of" not in row:
            lines.append(f"{row['name_vi']}: {row['why_vi']}")
        elif row["value"] is not None:
            lines.append(f"  {row['scope']}: {row['why_vi']}")
    simulated = any(row["simulated"] for row in document)
    return [*lines, *([say("simulated.long")] if simulated else [])]


def _explain(document: dict[str, Any]) -> list[str]:
    lines = [
        f"{document['name_vi']}, {document['unit_name']}, {document['period']}",
        f"{document['formula_vi']} = {document['value']}",
        f"Tử số {document['numerator']}, mẫu số {document['denominator']}",
    ]
    return lines + [
        f"  {f['unit_name']} {f['quantity']} {f['period']} = {f['value']}"
        f" · {f['file']} {f['sheet'] or ''} dòng {f['row']} cột {f['column']} · {f['received_by']}"
        f" · {_approved(f)} · tệp {f['hash'][:12]}"
        for f in document["facts"]
    ]


def _approved(fact: dict[str, Any]) -> str:
    return f"duyệt: {fact['approved_by']}" if fact["approved_by"] else "chưa duyệt"


def _check(document: dict[str, Any]) -> list[str]:
    return [
        f"Hợp lệ: {document['quantities']} số liệu gốc, {document['indicators']} chỉ tiêu, "
        f"{document['plans']} kế hoạch ({document['targets']} chỉ tiêu kế hoạch), "
        f"{document['units']} đơn vị."
    ]


VIEWS: dict[str, Callable[[Any], list[str]]] = {
    "init": _init,
    "load": load_lines,
    "draft": draft_lines,
    "template": _template,
    "export": _export,
    "aliases": _aliases,
    "alias": _alias,
    "mappings": _mappings,
    "mapping": _mapping,
    "submissions": _submissions,
    "rollback": _rollback,
    "waiting": console_decisions.waiting,
    "approve": console_decisions.decided,
    "return": console_decisions.decided,
    "close": console_decisions.moved,
    "reopen": console_decisions.moved,
    "closings": console_decisions.closings,
    "audit": console_decisions.audit,
    "reports": _reports,
    "tasks": _tasks,
    "task": _task,
    "action": _action,
    "account": account_lines,
    "sessions": session_lines,
    "own-text": own_text,
    "plans": _plans,
    "coverage": _coverage,
    "verdicts": _verdicts,
    "explain": _explain,
    "check": _check,
    **SURVIVAL_VIEWS,
}
