"""Verifying: the warehouse against itself and against the bytes it was made from."""

import hashlib

from etl.store.connect import Store

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
    "content-changed": """
        select count(*) from submission s where s.content_hash <> (
            select md5(string_agg(concat_ws(':', f.quantity, f.absence, f.value, f.estimate), ','
                order by f.quantity)) from fact f where f.submission = s.id)""",
    "value-and-absence": """
        select count(*) from fact where (absence = 0) <> (value is not null)""",
    "unknown-key": """
        select count(*) from submission s where not exists (
            select 1 from dimension d where d.kind = 'unit' and d.key = s.unit)
        or not exists (select 1 from dimension d where d.kind = 'period' and d.key = s.period)
        or not exists (select 1 from dimension d where d.kind = 'form' and d.key = s.form)""",
}


def faults(store: Store) -> list[str]:
    """What is wrong, one line each; an empty list means the warehouse is whole."""
    cur = store.cursor()
    found = []
    for name, question in CHECKS.items():
        row = cur.execute(question).fetchone()
        if row and row[0]:
            found.append(f"{name}: {row[0]}")
    return found + _upload_faults(store)


def _upload_faults(store: Store) -> list[str]:
    """Every file received must still be there, byte for byte."""
    if store.uploads is None:
        return []
    found = []
    rows = store.cursor().execute("select distinct hash from upload order by hash").fetchall()
    for (digest,) in rows:
        path = store.uploads / digest
        if not path.exists():
            found.append(f"upload-missing: {digest}")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"upload-changed: {digest}")
    return found
