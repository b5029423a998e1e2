"""Verifying: the warehouse against itself and against the bytes it was made from."""

import duckdb
from duckdb import DuckDBPyConnection

from etl.store.audit import broken, entries
from etl.store.connect import Store
from etl.store.hash import sql_for_hashes
from etl.store.outside import outside_faults

CHECKS = {
    "fact-without-submission": """
        select count(*) from fact where submission not in (select id from submission)""",
    "submission-without-fact": """
        select count(*) from submission where id not in (select submission from fact)""",
    "cell-twice": """
        select count(*) from (
            select 1 from fact group by submission, quantity having count(*) > 1)""",
    "fact-without-source": """
        select count(*) from fact f where not exists (
            select 1 from source_cell c
            where c.submission = f.submission and c.quantity = f.quantity)""",
    "submission-twice": """
        select count(*) from (select 1 from submission group by id having count(*) > 1)""",
    "revision-twice": """
        select count(*) from (
            select 1 from submission group by unit, period, form, revision having count(*) > 1)""",
    "content-changed": f"""
        select count(*) from submission s left join ({sql_for_hashes("submission", 0)}) h
            on h.id = s.id where s.content_hash is distinct from h.hash""",
    "submission-without-upload": """
        select count(*) from submission where upload not in (select id from upload)""",
    "cell-without-upload": """
        select count(*) from source_cell where upload not in (select id from upload)""",
    "cell-without-fact": """
        select count(*) from source_cell c where not exists (
            select 1 from fact f where c.submission = f.submission and c.quantity = f.quantity)""",
    "event-without-submission": """
        select count(*) from submission_event
        where submission not in (select id from submission)""",
    "value-and-absence": """
        select count(*) from fact where (absence = 0) <> (value is not null)""",
    "unknown-key": """
        select count(*) from submission s where not exists (
            select 1 from dimension d where d.kind = 'unit' and d.key = s.unit)
        or not exists (select 1 from dimension d where d.kind = 'period' and d.key = s.period)
        or not exists (select 1 from dimension d where d.kind = 'form' and d.key = s.form)""",
    "unknown-quantity": """
        select count(*) from fact f where not exists (
            select 1 from dimension d where d.kind = 'quantity' and d.key = f.quantity)""",
    "key-twice": """
        select count(*) from (
            select 1 from dimension group by kind, key having count(*) > 1
            union all select 1 from dimension group by kind, id having count(*) > 1)""",
    "alias-twice": """
        select count(*) from (select 1 from alias group by id having count(*) > 1)""",
    "alias-without-name": """
        select count(*) from alias where kind not in ('unit', 'quantity')
        or coalesce(spelling, '') = '' or coalesce(spelling_key, '') = '' or coalesce(meaning, '') = ''
        or coalesce(confirmed_by, '') = '' or confirmed_at is null""",
    "alias-in-two-meanings": """
        select count(*) from (
            select 1 from alias where id not in (
                select alias from alias_event where event = 'revoked')
            group by kind, spelling_key having count(distinct meaning) > 1)""",
    "event-without-alias": """
        select count(*) from alias_event where alias not in (select id from alias)""",
    "mapping-twice": """
        select count(*) from (select 1 from mapping group by id having count(*) > 1)""",
    "mapping-without-column": """
        select count(*) from mapping where id not in (select mapping from mapping_column)""",
    "column-without-mapping": """
        select count(*) from mapping_column where mapping not in (select id from mapping)""",
    "column-in-two-meanings": """
        select count(*) from (
            select 1 from mapping_column group by mapping, column_number having count(*) > 1)""",
    "event-without-mapping": """
        select count(*) from mapping_event where mapping not in (select id from mapping)""",
    "task-record-twice": """
        select count(*) from (select 1 from task_event group by id having count(*) > 1)""",
    "task-record-unclear": """
        select count(*) from task_event
        where coalesce(state, '') not in ('done', 'doing', 'dropped', 'withdrawn')
        or coalesce(plan, '') = '' or coalesce(task, '') = '' or coalesce(actor, '') = ''
        or occurred_at is null or (state = 'done') <> (done_on is not null)
        or (state = 'withdrawn') <> (withdraws is not null)""",
    "withdrawal-without-task-record": """
        select count(*) from task_event w where w.withdraws is not null and not exists (
            select 1 from task_event e where e.id = w.withdraws and e.id < w.id
            and e.state <> 'withdrawn' and e.plan = w.plan and e.task = w.task)""",
    "task-record-withdrawn-twice": """
        select count(*) from (
            select 1 from task_event where withdraws is not null
            group by withdraws having count(*) > 1)""",
    "action-twice": """
        select count(*) from (select 1 from action group by id having count(*) > 1)""",
    "action-unclear": """
        select count(*) from action where coalesce(plan, '') = '' or coalesce(target, '') = ''
        or coalesce(content, '') = '' or coalesce(owner, '') = '' or due is null
        or coalesce(agreed_by, '') = '' or agreed_at is null""",
    "period-event-unclear": """
        select count(*) from period_event where coalesce(period, '') = ''
        or coalesce(event, '') not in ('closed', 'reopened') or coalesce(actor, '') = ''
        or coalesce(reason, '') = '' or occurred_at is null""",
    "event-without-action": """
        select count(*) from action_event where action not in (select id from action)
        or coalesce(state, '') not in ('agreed', 'doing', 'done', 'cancelled')""",
}


def faults(store: Store) -> list[str]:
    """What is wrong, one line each; an empty list means the warehouse is whole."""
    try:
        found = table_faults(store.cursor())
        return found + outside_faults(store)
    except duckdb.Error as error:
        # A damaged block: what cannot be read cannot be checked either.
        return [f"database-unreadable: {str(error).partition(chr(10))[0]}"]


def table_faults(cur: DuckDBPyConnection) -> list[str]:
    """What is wrong with the tables among themselves. Raises duckdb.Error where one is damaged."""
    found = []
    for name, question in CHECKS.items():
        row = cur.execute(question).fetchone()
        if row and row[0]:
            found.append(f"{name}: {row[0]}")
    return found + [f"audit-changed: {number}" for number in broken(entries(cur))]
