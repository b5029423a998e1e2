"""Which revision is current: one choice per (unit, period, form), also as known on an earlier day."""

from datetime import datetime

FAR_FUTURE = datetime(9999, 1, 1)


def sql_for_current() -> str:
    """A CTE ``current_submission(id, upload, unit, period, form, revision, received_at)``.

    Takes the moment twice as parameter. The newest revision that was not taken back wins.
    """
    return """
    gone as (
        select submission from submission_event where occurred_at <= ?
        group by submission having arg_max(event, id) = 'withdrawn'),
    current_submission as (
        select unit, period, form, max(revision) as revision,
            arg_max(id, revision) as id, arg_max(upload, revision) as upload,
            arg_max(received_at, revision) as received_at,
            arg_max(received_by, revision) as received_by,
            arg_max(content_hash, revision) as content_hash
        from submission
        where received_at <= ? and id not in (select submission from gone)
        group by unit, period, form)"""


def moments(known_on: datetime | None) -> list[datetime]:
    """The parameters of the CTE: now means everything ever received."""
    moment = known_on or FAR_FUTURE
    return [moment, moment]
