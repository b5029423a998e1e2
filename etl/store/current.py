"""Which revision counts: one choice per (unit, period, form), also as known on an earlier moment."""

from datetime import datetime

FAR_FUTURE = datetime(9999, 1, 1)
NEWEST = """newest_submission as (
        select unit, period, form, max(revision) as revision, max_by(id, revision) as id
        from submission
        where id not in (
            select submission from last_word where word in ('withdrawn', 'returned'))
        group by unit, period, form)"""


class Approved(datetime):
    """A moment as of which only what had been approved by then counts."""


def approved(known_on: datetime | None) -> Approved:
    """The same moment (None: now) looked at through approved reports alone."""
    moment = known_on or FAR_FUTURE
    return Approved.combine(moment.date(), moment.time())


def seen_like(moment: datetime, known_on: datetime | None) -> datetime:
    """Another moment, looked at through approved reports where ``known_on`` is."""
    return approved(moment) if isinstance(known_on, Approved) else moment


def whatever_came(known_on: datetime | None) -> datetime | None:
    """The same moment with what had come by then, approved or not."""
    if not isinstance(known_on, Approved):
        return known_on
    plain = datetime.combine(known_on.date(), known_on.time())
    return None if plain == FAR_FUTURE else plain


def sql_for_current() -> str:
    """CTEs ``last_word(submission, word)`` and ``current_submission(id, upload, unit, period, form,
    revision, received_at, received_by, content_hash, word)``.

    Takes ``moments(…)`` as parameters. What was taken back or returned does not count. Of the
    others the newest approved revision does, and before the first approval the newest: a change
    after approval is a request until it is approved too.
    """
    return f"""
    {sql_for_last_word()},
    current_submission as (
        select unit, period, form, max_by(revision, rank) as revision, max_by(id, rank) as id,
            max_by(upload, rank) as upload, max_by(received_at, rank) as received_at,
            max_by(received_by, rank) as received_by, max_by(content_hash, rank) as content_hash,
            max_by(word, rank) as word
        from (
            select s.*, coalesce(w.word, '') as word,
                s.revision + case when w.word = 'approved' then 1000000 else 0 end as rank
            from submission s left join last_word w on w.submission = s.id
            where s.received_at <= ? and (w.word = 'approved' or not ?))
        where word not in ('withdrawn', 'returned')
        group by unit, period, form)"""


def sql_for_newest() -> str:
    """CTEs ``last_word`` and ``newest_submission(id, unit, period, form, revision)``.

    Takes one moment as parameter. The newest revision that was neither taken back nor returned,
    approved or not: what the next file of the unit is set beside.
    """
    return f"""
    {sql_for_last_word()},
    {NEWEST}"""


def sql_for_current_and_newest() -> str:
    """The CTEs of both, with the parameters of ``sql_for_current``; the newest as of its moment."""
    return f"""
    {sql_for_current()},
    {NEWEST}"""


def sql_for_last_word() -> str:
    """The CTE ``last_word(submission, word)``: what was last said of a submission. Takes a moment."""
    return """last_word as (
        select submission, max_by(event, id) as word from submission_event
        where occurred_at <= ? group by submission)"""


def moments(known_on: datetime | None) -> list[datetime | bool]:
    """The parameters of ``sql_for_current``: now means everything ever received."""
    moment = known_on or FAR_FUTURE
    return [moment, moment, isinstance(known_on, Approved)]
