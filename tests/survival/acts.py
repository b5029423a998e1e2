"""One act of every kind, for tests that do them again; and small databases to do them in."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from etl.drafting import keep_draft
from etl.entries import Hints
from etl.history import TakingBack, take_back, uploads
from etl.store.actions import Agreement, add_action, move_action
from etl.store.aliases import AliasKind, remember_alias, revoke_alias
from etl.store.closing import close, reopen
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from etl.store.digest import digest
from etl.store.drafts import drop_draft
from etl.store.mappings import (
    ColumnMeaning,
    Mapping,
    PeriodFrom,
    remember_mapping,
    revoke_mapping,
)
from etl.store.own_texts import Paper, drop_own_text, keep_own_text
from etl.store.submissions import withdraw
from etl.store.tasks import Report, record
from etl.store.tasks import withdraw as withdraw_task
from indicators.actions import ActionState
from indicators.period import parse_period
from indicators.tasks import Progress
from tests.etl.tables import CENTRE, HOSPITAL, TODAY, deployment, hints, long, send

START = datetime(2022, 1, 5, 8, 0, 0, 123456)
QUARTER = "2021-Q3"
# A form that needs the sender to say unit and period, and figures that need a reason.
ASKED = "Chỉ tiêu;Giá trị\nSố bác sĩ;12\n".encode()


def moment(number: int) -> datetime:
    """Moments an hour apart."""
    return START + timedelta(hours=number)


def everything(store: Store) -> None:
    """One act of every kind; what each is about differs, so that a mix-up shows."""
    _loads(store)
    _memory(store)
    _decisions(store)
    _tasks(store)
    _papers(store)
    if store.uploads is not None:
        _drafts(store)


def _loads(store: Store) -> None:
    figures = {"doctors": 12, "stations": 14, "population": 95000}
    send(store, [f"{CENTRE},{QUARTER},{q},{v}" for q, v in figures.items()], at=moment(1))
    send(store, [f"{CENTRE},{QUARTER},doctors,13"], at=moment(2), reason="sửa số bác sĩ")
    send(store, ASKED, name="hỏi.csv", at=moment(3), given=hints("2021-Q2", CENTRE))
    send(store, [f"{HOSPITAL},{QUARTER},beds,120"], at=moment(4), reasons={"x": "lý do"})
    send(store, [f"{HOSPITAL},2021-Q1,beds,11"], at=moment(5))
    withdraw(store, 2, reason="gửi nhầm", by="Lan", at=moment(6))
    last = uploads(store.cursor(), deployment())[0]
    how = TakingBack("cả tệp sai", "Lan", moment(7), TODAY)
    take_back(store, deployment(), last, how=how)


def _memory(store: Store) -> None:
    by = {"by": "Lan"}
    remember_alias(store, AliasKind.UNIT, "TTYT Bến Sung", CENTRE, at=moment(8), **by)
    remember_alias(store, AliasKind.QUANTITY, "Bác sỹ cơ hữu", "doctors", at=moment(9), **by)
    revoke_alias(store, 2, reason="chưa chắc", at=moment(10), **by)
    columns = (ColumnMeaning(0, "Đơn vị", "unit"), ColumnMeaning(1, "BS", "value", "doctors"))
    mapping = Mapping("f" * 64, columns, PeriodFrom.ASKED, CENTRE)
    remember_mapping(store, mapping, at=moment(11), **by)
    remember_mapping(store, replace(mapping, fingerprint="e" * 64), at=moment(11), **by)
    revoke_mapping(store, 2, reason="nhầm biểu", at=moment(11), **by)


def _decisions(store: Store) -> None:
    decide(store, [1], Decision.APPROVED, reason="", by="Bình", at=moment(12))
    decide(store, [3], Decision.RETURNED, reason="thiếu số", by="Bình", at=moment(13))
    first = parse_period("2021-Q1")
    close(store, first, reason="xong", by="Bình", at=moment(14))
    reopen(store, first, reason="bổ sung", by="Bình", at=moment(15))


def _tasks(store: Store) -> None:
    plan = deployment().plans["thanh-hoa-2021"]
    task, target = plan.tasks[0], plan.targets[0]
    done = Report(plan.id, task.id, Progress.DONE, date(2021, 6, 28), "TTr 12", "đúng hạn")
    record(store, done, by="Lan", at=moment(16))
    record(store, Report(plan.id, task.id, Progress.DOING), by="Lan", at=moment(17))
    withdraw_task(store, 2, of=(plan.id, task.id), reason="nhầm", by="Lan", at=moment(18))
    agreed = Agreement(
        plan.id, target.id, target.indicators[0], None, "Tuyển", "TCCB", date(2022, 3, 1)
    )
    add_action(store, agreed, by="Lan", at=moment(19))
    move_action(store, 1, ActionState.DONE, reason="đủ", by="Lan", at=moment(20))


def _drafts(store: Store) -> None:
    rows = [f"{CENTRE},2021-Q2,doctors,{n}" for n in (5, 6)]
    for number, row in enumerate(rows):
        how = {"hints": Hints(TODAY, None, None), "note": "", "by": "Lan"}
        of = keep_draft(
            store, deployment(), f"nháp {number}.csv", long([row]), at=moment(25 + number), **how
        )
        if number:
            drop_draft(store, of.hash, by="Lan", at=moment(28))


def _papers(store: Store) -> None:
    paper = Paper("thanh-hoa-2021", "2021-Q3", "thanh-hoa")
    by = {"by": "Lan"}
    for file, at in (("a.docx", 21), ("b.docx", 23)):
        if store.uploads is not None:
            keep_own_text(store, paper, file, file.encode(), at=moment(at), **by)
            if file == "a.docx":
                drop_own_text(store, paper, at=moment(at + 1), **by)


def small(folder: Path) -> Path:
    """A database with every kind of act in it, closed."""
    db = folder / "a.duckdb"
    store = open_store(db)
    everything(store)
    store.close()
    return db


def digest_of(db: Path) -> str:
    """The hash of a database that nobody has open."""
    store = open_store(db)
    try:
        return digest(store.cursor())
    finally:
        store.close()
