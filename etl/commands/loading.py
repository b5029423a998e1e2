"""``init`` and ``load``: making the database, and taking files in."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, period_of, refused, unit_of
from etl.context import Context
from etl.demo import demo_files
from etl.entries import Hints
from etl.findings import describe
from etl.load import Loaded, Sending, load
from etl.store.connect import audit, now


def init(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Create or migrate the database; with ``demo`` load the simulated submissions. Idempotent."""
    opened = context.opened()
    loaded = _keep_deployment(opened)
    demo = _load_demo(opened) if arguments.get("demo") else 0
    document = {
        "ok": True,
        "db": str(opened.place.db),
        "plans": sorted(opened.deployment.plans),
        "units": len(opened.deployment.units.ids),
        "deployment_version": loaded,
        "demo_submissions": demo,
        "data_version": opened.store.version(),
    }
    return Answer(0, document)


def _keep_deployment(opened: Context) -> int:
    """Keep the data files as loaded, so that today's definitions can be read years later."""
    folder = opened.place.data
    files = {
        path[len(str(folder)) + 1 :]: open(path, encoding="utf-8-sig").read()  # noqa: SIM115
        for path, _ in context.stamp_of(folder)
    }
    with opened.store.transaction() as cur:
        rows = cur.execute(
            """select version, path, content from deployment_file
            where version = (select max(version) from deployment_file)"""
        ).fetchall()
        latest = rows[0][0] if rows else 0
        if {path: content for _, path, content in rows} == files:
            return int(latest)
        moment = now()
        cur.executemany(
            "insert into deployment_file values (?, ?, ?, ?)",
            [[latest + 1, moment, path, content] for path, content in files.items()],
        )
        audit(cur, "hệ thống", "deployment", f"phiên bản {latest + 1}", moment)
        return int(latest) + 1


def _load_demo(opened: Context) -> int:
    """Load the simulated files in the order in which they were received; those there stay."""
    written = 0
    known = {row[0] for row in opened.store.cursor().execute("select hash from upload").fetchall()}
    for file in demo_files(opened.deployment):
        how = Sending(
            file.by, file.received_at, context.today(), "mô phỏng", simulated=True, compare=False
        )
        hints = Hints(context.today())
        loaded = (
            load(opened.store, opened.deployment, file.name, file.content, hints=hints, how=how)
            if _hash(file.content) not in known
            else None
        )
        if loaded is not None and loaded.refused:
            raise RuntimeError(f"{file.name}: {[describe(f) for f in loaded.findings][:5]}")
        written += len(loaded.submissions) if loaded else 0
    return written


def _hash(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def load_files(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Load each file by itself; exit code 1 when any was refused."""
    opened = context.opened()
    try:
        hints = _hints(opened, arguments)
    except Misuse as misuse:
        return refused(str(misuse), exit_code=2)
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
        load(opened.store, opened.deployment, name, content, hints=hints, how=how)
        for name, content in files.items()
    ]
    failed = any(result.refused for result in results)
    document = {
        "ok": not failed,
        "dry_run": dry_run,
        "files": [document_of(result) for result in results],
    }
    return Answer(1 if failed else 0, document)


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
        "findings": [describe(finding) for finding in loaded.findings],
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
