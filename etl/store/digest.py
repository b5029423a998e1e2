"""One hash of everything that counts: the same after a restore or a rebuild as it was before.

Units, periods, forms and quantities enter by their ids, not by the keys of one database; so do all
other tables as they are, those of later versions too. Left out are the log, which tells of the
restore itself, the editions of the data folder, one more of which may be kept by opening the
database elsewhere, and what only says how this file was made.
"""

import hashlib

from duckdb import DuckDBPyConnection

LEFT_OUT = {"audit", "meta", "deployment_file", "dimension", "fact", "source_cell", "submission"}
CELL = (
    "q.id, f.absence, f.value, f.estimate, o.upload, o.sheet, o.row_number, o.column_number, o.raw"
)


def sql_for_contents() -> str:
    """(unit, period, form, revision, hash, id) of the submissions from the one given on."""
    return f"""
    with content as (
        select f.submission, md5(string_agg(concat_ws(':', {CELL}), ',' order by q.id)) as hash
        from fact f
        join source_cell o on o.submission = f.submission and o.quantity = f.quantity
        join dimension q on q.kind = 'quantity' and q.key = f.quantity
        where f.submission >= $first and o.submission >= $first group by f.submission)
    select u.id as unit, p.id as period, m.id as form, s.revision, c.hash, s.id
    from submission s join content c on c.submission = s.id
    join dimension u on u.kind = 'unit' and u.key = s.unit
    join dimension p on p.kind = 'period' and p.key = s.period
    join dimension m on m.kind = 'form' and m.key = s.form
    where s.id >= $first"""


def contents(cur: DuckDBPyConnection, first: int = 0) -> dict[str, str]:
    """ "id unit period form revision" of the submissions from one on to the hash of their figures."""
    rows = cur.execute(sql_for_contents() + " order by s.id", {"first": first}).fetchall()
    return {f"{n} {u} {p} {f} {r}": found[:16] for u, p, f, r, found, n in rows}


def digest(cur: DuckDBPyConnection) -> str:
    """SHA-256 over every table that counts, hexadecimal. Raises duckdb.Error where one is damaged."""
    found = hashlib.sha256()
    for name, part in sorted(parts(cur).items()):
        if part:  # an empty table that a later version added changes nothing
            found.update(f"{name}={part}\n".encode())
    return found.hexdigest()


def parts(cur: DuckDBPyConnection) -> dict[str, str]:
    """Table to the hash of what is in it, "" where nothing is."""
    tables = cur.execute(
        """select table_name from duckdb_tables()
        where database_name = current_database() and not temporary order by table_name"""
    ).fetchall()
    asked = {
        name: f'select t::varchar as line from "{name}" t'
        for (name,) in tables
        if name not in LEFT_OUT
    }
    return {name: _hash(cur, sql) for name, sql in asked.items()} | {"submission": _sent(cur)}


def _sent(cur: DuckDBPyConnection) -> str:
    """Submissions with their figures and source cells."""
    return _hash(
        cur,
        f"""select concat_ws('|', c.id, c.unit, c.period, c.form, c.revision, c.hash, s.upload,
            s.received_at, s.received_by) as line
        from ({sql_for_contents()}) c join submission s on s.id = c.id""",
        {"first": 0},
    )


def _hash(cur: DuckDBPyConnection, sql: str, given: dict[str, int] | None = None) -> str:
    """The hash of the lines that a question gives, whatever their order."""
    row = cur.execute(
        f"select coalesce(md5(string_agg(md5(line), '' order by line)), '') from ({sql})",
        given or {},
    ).fetchone()
    return str(row[0]) if row else ""
