"""The interface behind the gate: a key reads it and opens nothing else."""

from __future__ import annotations

from pathlib import Path

from etl.accounts.keys import end_key, keys_of, make_key
from etl.accounts.log import access_entries
from etl.store.places import accounts_of
from tests.attack.client import Guest


def test_a_key_reads_the_interface_and_nothing_else(site: str, guarded_db: Path) -> None:
    assert Guest(site).get("/api/v1/plans").status == 401
    key = make_key(guarded_db, "lanhdao", "thử", by="thử")
    with_key = {"authorization": f"Bearer {key}"}
    assert Guest(site).get("/api/v1/plans", with_key).status == 200
    for path in ("/", "/tai-ve/targets.csv", "/_stcore/host-config", "/metrics"):
        assert Guest(site).get(path, with_key).status in (303, 401, 403)
    end_key(guarded_db, keys_of(guarded_db)[-1].id, by="thử")
    assert Guest(site).get("/api/v1/plans", with_key).status == 401
    assert Guest(site).get("/api/v1/plans", {"authorization": "Bearer vd_doan"}).status == 401


def test_a_read_is_noted_once_a_minute_and_never_with_its_key(site: str, guarded_db: Path) -> None:
    key = make_key(guarded_db, "duyet", "thử", by="thử")
    with_key = {"authorization": f"Bearer {key}"}
    before = len(access_entries(guarded_db))
    asked = "/api/v1/verdicts?plan=thanh-hoa-2021&period=2021-Q3"
    for path in (*(f"{asked}&limit=5&offset={n}" for n in range(4)), "/api/v1/plans", "/api/v1/"):
        assert Guest(site).get(path, with_key).status == 200
    assert Guest(site).get(f"{asked}&unit=nowhere", with_key).status == 404
    assert Guest(site).get(asked).status == 401
    read = [e for e in access_entries(guarded_db)[before:] if e.action == "api"]
    assert [(e.actor, e.detail) for e in read] == [
        ("duyet", "verdicts period=2021-Q3 plan=thanh-hoa-2021"),
        ("duyet", "plans"),
    ]
    assert key.encode() not in accounts_of(guarded_db).read_bytes()


def test_a_read_with_a_session_is_noted_too(people: dict[str, Guest], guarded_db: Path) -> None:
    assert people["nhuthanh"].get("/api/v1/units").status == 200
    assert ("nhuthanh", "api", "units") in {
        (e.actor, e.action, e.detail) for e in access_entries(guarded_db)
    }
