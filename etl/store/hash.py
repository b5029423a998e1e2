"""The hash of a submission: whose it is, and every figure with the cell it came from."""

CELL = "f.quantity, f.absence, f.value, f.estimate, o.sheet, o.row_number, o.column_number, o.raw"


def sql_for_hashes(submissions: str, first: int) -> str:
    """(id, hash) of the rows of a table with id, unit, period, form, from id ``first`` on."""
    return f"""
    select n.id, md5(concat_ws('|', n.unit, n.period, n.form, c.content)) as hash
    from {submissions} n join (
        select f.submission, string_agg(concat_ws(':', {CELL}), ',' order by f.quantity) as content
        from fact f join source_cell o on o.submission = f.submission and o.quantity = f.quantity
        where f.submission >= {first:d} and o.submission >= {first:d}
        group by f.submission) c on c.submission = n.id"""
