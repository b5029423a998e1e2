"""Fifty look, ten send, the command line loads: no error, no stale or foreign figure, nothing lost."""

from pathlib import Path

from etl.owner import find_owner
from etl.store.audit import entries
from etl.store.connect import open_store
from etl.store.verify import faults
from tests.serving import app, serving
from tests.survival.crowd import LAST, ROUNDS, UNITS, VIEWERS, crowd, value


def test_everybody_at_once(tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    with serving(*app(db, "--no-demo")):
        owner = find_owner(db)
        assert owner is not None
        seen = crowd(owner, tmp_path, db)
    assert seen.wrong == []
    assert len(seen.views) == 3 * (VIEWERS + len(UNITS))
    assert len(seen.loads) == ROUNDS * len(UNITS)
    store = open_store(db)
    assert faults(store) == []
    rows = store.cursor().execute(
        """select u.id, list(f.value::int order by s.revision), list(s.revision order by s.revision)
        from submission s join fact f on f.submission = s.id
        join dimension u on u.kind = 'unit' and u.key = s.unit
        where u.id <> ? group by u.id""",
        [LAST],
    )
    turns = list(range(1, ROUNDS + 1))
    expected = {
        (unit, *map(tuple, ([value(turn, number) for turn in turns], turns)))
        for number, unit in enumerate(UNITS)
    }
    assert {(unit, tuple(values), tuple(n)) for unit, values, n in rows.fetchall()} == expected
    # One after the other: numbers of acts without a gap, each hanging on the one before.
    log = entries(store.cursor())
    assert [line.id for line in log] == list(range(1, len(log) + 1))
    assert sum(line.action == "load" for line in log) == ROUNDS * len(UNITS) + 1
    store.close()
