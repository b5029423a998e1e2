"""``init`` and ``load``: making the database, and taking files in."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, period_of, unit_of
from etl.context import Context
from etl.demo import DemoFile, demo_files, demo_requests, has_demo
from etl.demo.decisions import close_demo, decide_demo, return_demo
from etl.demo.work import load_work
from etl.editions import keep_edition
from etl.entries import Hints
from etl.export.marked import marked_workbook
from etl.findings import describe
from etl.followup.compare import Step
from etl.load import Loaded, Sending, first_of_each_code, load
from etl.receive import receive
from etl.store.actions import Agreement
from etl.store.connect import now


def init(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Create or migrate the database; with ``demo`` load the simulated submissions. Idempotent.

    A deployment that the sample submissions are not about gets none.
    """
    opened = context.opened()
    loaded = keep_edition(opened.store, context.texts_in(opened.place.data), now())
    demo = work = 0
    if arguments.get("demo") and has_demo(opened.deployment):
        _mark_demo(opened, "begun")
        demo = _load_demo(opened)
        work = load_work(opened.store, opened.deployment)
        _mark_demo(opened, "done")
    document = {
        "ok": True,
        "db": str(opened.place.db),
        "plans": sorted(opened.deployment.plans),
        "units": len(opened.deployment.units.ids),
        "deployment_version": loaded,
        "demo_submissions": demo,
        "demo_records": work,
        "data_version": opened.store.version(),
    }
    return Answer(0, document)


def _mark_demo(opened: Context, state: str) -> None:
    """Remember that loading the sample was begun or done: killed in between, it is taken up again."""
    with opened.store.transaction() as cur:
        cur.execute("delete from meta where name = 'demo'")
        cur.execute("insert into meta values ('demo', ?)", [state])


def is_unfinished(opened: Context) -> bool:
    """Whether init never ran to its end here; a database with figures of its own is finished."""
    row = (
        opened.store.cursor()
        .execute(
            """select (select max(content) from meta where name = 'demo'),
                (select count(*) from deployment_file) + (select count(*) from upload)"""
        )
        .fetchone()
    )
    return row is None or row[0] == "begun" or row[1] == 0


def _load_demo(opened: Context) -> int:
    """Load the simulated files in the order in which they were received; those there stay."""
    sent = _load_samples(opened, demo_files(opened.deployment))
    decide_demo(opened.store)
    sent += _load_samples(opened, demo_requests(opened.deployment))
    return_demo(opened.store)
    close_demo(opened.store)
    return sent


def _load_samples(opened: Context, files: Sequence[DemoFile]) -> int:
    cur = opened.store.cursor()
    known = {row[0] for row in cur.execute("select hash from upload").fetchall()}
    new = [f for f in files if sha256(f.content).hexdigest() not in known]
    return sum(len(_load_sample(opened, file).submissions) for file in new)


def _load_sample(opened: Context, file: DemoFile) -> Loaded:
    today = context.today()
    how = Sending(file.by, file.received_at, today, file.reason, simulated=True, compare=False)
    loaded = load(
        opened.store, opened.deployment, file.name, file.content, hints=Hints(today), how=how
    )
    if loaded.refused:
        said = describe(loaded.findings[0])["sentence"]
        raise Misuse(f"Số liệu mẫu {file.name} không hợp với thư mục dữ liệu này: {said}")
    return loaded


def load_files(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Load each file by itself; exit code 1 when any was refused.

    With ``marked`` there is also the one file with its findings marked, refused or not.
    """
    opened = context.opened()
    hints, marked = _hints(opened, arguments), arguments.get("marked")
    if marked and len(files) != 1:
        raise Misuse("--marked ghi bản đánh dấu của một tệp; hãy nạp từng tệp.")
    dry_run = bool(arguments.get("dry_run"))
    how = Sending(
        by=str(arguments.get("by") or "dòng lệnh"),
        at=now(),
        today=context.today(),
        reason=str(arguments.get("reason") or ""),
        dry_run=dry_run,
        compare=dry_run,  # verdicts before and after are for looking first; loading is quick
    )
    results = [
        receive(opened.store, opened.deployment, name, content, hints=hints, how=how)
        for name, content in files.items()
    ]
    failed = any(result.refused for result in results)
    document = {
        "ok": not failed,
        "dry_run": dry_run,
        "files": [document_of(result) for result in results],
    }
    made = {"marked": _marked(results[0], files)} if marked else {}
    return Answer(1 if failed else 0, document, made)


def _marked(loaded: Loaded, files: dict[str, bytes]) -> bytes:
    """The file with its findings marked."""
    return marked_workbook(loaded.file, files[loaded.file], loaded.findings)


def _hints(opened: Context, arguments: dict[str, Any]) -> Hints:
    period, unit = arguments.get("period"), arguments.get("unit")
    return Hints(
        context.today(),
        period_of(period) if period else None,
        unit_of(opened, unit) if unit else None,
    )


def document_of(loaded: Loaded) -> dict[str, Any]:
    """A load as JSON: findings, counts, changes, verdicts that flip."""
    return {
        "file": loaded.file,
        "hash": loaded.hash,
        "refused": loaded.refused,
        "committed": loaded.committed,
        "submissions": loaded.submissions,
        "counts": loaded.counts,
        "findings": [describe(finding) for finding in first_of_each_code(loaded.findings)],
        "finding_counts": dict(Counter(finding.code for finding in loaded.findings)),
        "changes": [
            {
                "change": c.change,
                "unit": c.unit,
                "period": c.period,
                "quantity": c.quantity,
                "old": None if c.old is None else float(c.old),
                "old_absence": c.old_absence,
                "new": None if c.new is None else float(c.new),
                "new_absence": c.new_absence,
            }
            for c in loaded.changes
        ],
        "steps": [step_document(step) for step in loaded.steps],
        "flips": [
            {
                "plan": f.plan,
                "period": f.period,
                "target": f.target,
                "name_vi": f.name,
                "old": f.old,
                "new": f.new,
            }
            for f in loaded.flips
        ],
    }


def step_document(step: Step) -> dict[str, Any]:
    """What one row of a progress file does."""
    plan, item = step.of
    evidence, note = step.texts
    is_new = isinstance(step.said, Agreement)
    return {
        "change": step.change,
        "kind": step.kind,
        "plan": plan,
        "id": None if is_new else item,  # it gets its number when it is stored
        "name_vi": step.name,
        "old": step.old or None,
        "new": step.new,
        "done_on": step.done_on.isoformat() if step.done_on else None,
        "evidence": evidence,
        "note": note,
    }
