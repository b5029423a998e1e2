"""Reports that wait for a decision, what they would change, and changes that came after approval."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from etl.numbers import Absence
from etl.store.current import FAR_FUTURE, moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.stage import ABSENCES

ReportKey = tuple[str, str, str]  # unit, period, form


@dataclass(frozen=True)
class Sent:
    """One revision of a report beside the approved one: how many figures it adds, changes, drops.

    ``base`` is the submission it is compared with: what stood approved when it was sent, and still
    stands where it waits. None where there is none; then it is a first report, which counts.
    """

    id: int
    unit: str
    period: str
    form: str
    revision: int
    received_at: datetime
    received_by: str
    file: str
    reason: str
    simulated: bool
    base: int | None
    word: str  # "" waits, approved, returned
    decided_at: datetime | None
    decided_by: str
    said: str  # by who decided
    figures: int
    added: int
    changed: int
    dropped: int
    warnings: int

    @property
    def is_change(self) -> bool:
        """Whether it would change, or changed, what was approved."""
        return self.base is not None

    @property
    def happened_at(self) -> datetime:
        """When it was approved, else when it came, UTC."""
        taken = self.decided_at if self.word == "approved" else None
        return taken or self.received_at

    @property
    def is_clean(self) -> bool:
        """Whether nothing about it asks for a look: no warning, no change of what was approved."""
        return not self.is_change and not self.warnings


def waiting(
    cur: DuckDBPyConnection, periods: Iterable[str] | None = None, known_on: datetime | None = None
) -> list[Sent]:
    """The newest revisions nobody decided on yet (of these periods), the longest waiting first."""
    return [s for s, newest in _sent(cur, periods, known_on, None) if newest and not s.word]


def waiting_and_changes(
    cur: DuckDBPyConnection,
    periods: Iterable[str],
    units: Iterable[str],
    known_on: datetime | None = None,
) -> tuple[tuple[Sent, ...], tuple[Sent, ...]]:
    """What waits of these units; and their revisions of approved reports that wait or were
    approved too, the oldest first."""
    found = _sent(cur, periods, known_on, units)
    waits = tuple(s for s, newest in found if newest and not s.word)
    return waits, tuple(s for s, _ in found if s.is_change)


def _sent(
    cur: DuckDBPyConnection,
    periods: Iterable[str] | None,
    known_on: datetime | None,
    unit_ids: Iterable[str] | None,
) -> list[tuple[Sent, bool]]:
    """With whether nothing newer of the same report waits or counts."""
    units, codes, forms = (keys(cur, kind) for kind in ("unit", "period", "form"))
    wanted = [codes.key_of[p] for p in periods or () if p in codes.key_of]
    mine = [units.key_of[u] for u in unit_ids or () if u in units.key_of]
    moment = known_on or FAR_FUTURE
    asked = [moment, moment, periods is None, wanted, unit_ids is None, mine]
    rows = cur.execute(_SQL, asked).fetchall()
    return [
        (Sent(r[0], units.id_of[r[1]], codes.id_of[r[2]], forms.id_of[r[3]], *r[4:-1]), r[-1])
        for r in rows
    ]


_SQL = """
with last_word as (
    select submission, max_by(event, id) as word, max_by(occurred_at, id) as decided_at,
        max_by(actor, id) as actor, max_by(reason, id) as said
    from submission_event where occurred_at <= ? group by submission),
every as (
    select s.*, coalesce(w.word, '') as word, w.decided_at, coalesce(w.actor, '') as actor,
        coalesce(w.said, '') as said
    from submission s left join last_word w on w.submission = s.id
    where s.received_at <= ? and (? or s.period in (select unnest(?::integer[])))
        and (? or s.unit in (select unnest(?::integer[])))),
earlier as (
    select s.id, s.word, b.id as base, b.revision, b.word as said_now, max_by(e.event, e.id) as said_then
    from every s join every b using (unit, period, form)
        join submission_event e on e.submission = b.id and e.occurred_at <= s.received_at
    where b.revision < s.revision group by all),
bases as (
    -- An approval that was taken back before the sending is none; nor is it one afterwards for
    -- what still waits, which counts from then on.
    select id, max_by(base, revision) as base from earlier
    where said_then = 'approved' and (said_now = 'approved' or word <> '') group by id),
sent as (select s.*, b.base from every s left join bases b using (id)),
judged as (
    select s.*, not exists (
        select 1 from sent n where n.unit = s.unit and n.period = s.period and n.form = s.form
            and n.revision > s.revision and n.word not in ('withdrawn', 'returned')) as newest
    from sent s),
asked as (
    select * from judged
    where (word = '' and newest) or (word in ('', 'approved') and base is not null)),
sides as (
    select id, id as submission, true as own from asked
    union all select id, base, false from asked where base is not null),
cells as (
    select s.id, f.quantity, bool_or(s.own) as is_new, bool_or(not s.own) as is_old,
        any_value(f.value) filter (s.own) as new, any_value(f.value) filter (not s.own) as old,
        any_value(f.absence) filter (s.own) as new_absence,
        any_value(f.absence) filter (not s.own) as old_absence
    from sides s join fact f on f.submission = s.submission group by s.id, f.quantity),
compared as (
    select id, count(*) filter (is_new) as figures,
        count(*) filter (is_new and not is_old) as added,
        count(*) filter (is_old and not is_new) as dropped,
        count(*) filter (is_new and is_old
            and (new is distinct from old or new_absence <> old_absence)) as changed
    from cells group by id),
warned as (
    select a.id, count(distinct n.rowid) as warnings
    from asked a join finding n on n.upload = a.upload and n.severity = 'needs_reason'
        and n.code <> 'change-after-approval'
    where n.row_number is null or exists (
        select 1 from source_cell o where o.submission = a.id and o.upload = a.upload
            and o.sheet is not distinct from n.sheet and o.row_number = n.row_number)
    group by a.id)
select a.id, a.unit, a.period, a.form, a.revision, a.received_at, a.received_by, u.file_name,
    u.note, u.simulated, a.base, a.word, a.decided_at, a.actor, a.said, c.figures, c.added,
    c.changed, c.dropped, coalesce(w.warnings, 0), a.newest
from asked a join upload u on u.id = a.upload join compared c on c.id = a.id
left join warned w on w.id = a.id
order by a.received_at, a.id"""


@dataclass(frozen=True)
class Difference:
    """One figure of a revision beside what was approved; the absence says why a value is None."""

    quantity: str
    old: Decimal | None
    old_absence: Absence | None
    new: Decimal | None
    new_absence: Absence | None
    in_old: bool
    in_new: bool


def differences(cur: DuckDBPyConnection, submission: int, base: int | None) -> list[Difference]:
    """The figures in which a submission differs from another; all of them without a base."""
    names = keys(cur, "quantity").id_of
    rows = cur.execute(
        """select coalesce(n.quantity, o.quantity), o.value, o.absence, n.value, n.absence
        from (select * from fact where submission = ?) n
        full join (select * from fact where submission = ?) o on o.quantity = n.quantity
        where n.value is distinct from o.value or n.absence is distinct from o.absence
        order by 1""",
        [submission, base],
    ).fetchall()
    return [as_difference(row, names) for row in rows]


def as_difference(row: tuple[Any, ...], names: dict[int, str]) -> Difference:
    """Quantity, old value and absence, new value and absence, as they stand in the store."""
    quantity, old, old_code, new, new_code = row
    return Difference(
        names[quantity],
        old,
        None if old_code is None else ABSENCES[old_code],
        new,
        None if new_code is None else ABSENCES[new_code],
        old_code is not None,
        new_code is not None,
    )


def warnings_of(cur: DuckDBPyConnection, submission: int) -> list[tuple[str, str, str]]:
    """(code, sentence, reason given) of the warnings about a submission's own rows."""
    return cur.execute(
        """select distinct n.code, n.sentence, coalesce(n.reason, '')
        from submission s join finding n on n.upload = s.upload
        where s.id = ? and n.severity = 'needs_reason'
        and n.code <> 'change-after-approval' and (n.row_number is null or exists (
            select 1 from source_cell o where o.submission = s.id and o.upload = s.upload
                and o.sheet is not distinct from n.sheet and o.row_number = n.row_number))
        order by 1, 2""",
        [submission],
    ).fetchall()


def standings(
    cur: DuckDBPyConnection, periods: Iterable[str], known_on: datetime | None = None
) -> dict[ReportKey, tuple[str | None, bool]]:
    """Of every report of these periods: what was said of its newest revision, and whether an
    approved one counts. The first is None where everything was taken back."""
    units, codes, forms = (keys(cur, kind) for kind in ("unit", "period", "form"))
    wanted = [codes.key_of[p] for p in periods if p in codes.key_of]
    rows = cur.execute(
        f"""with {sql_for_current()}
        select s.unit, s.period, s.form,
            max_by(coalesce(w.word, ''), s.revision) filter (w.word is distinct from 'withdrawn'),
            coalesce(bool_or(c.word = 'approved'), false)
        from submission s left join last_word w on w.submission = s.id
        left join current_submission c using (unit, period, form)
        where s.received_at <= ? and s.period in (select unnest(?::integer[])) group by all""",
        [*moments(known_on), moments(known_on)[0], wanted],
    ).fetchall()
    return {(units.id_of[u], codes.id_of[p], forms.id_of[f]): (w, a) for u, p, f, w, a in rows}
