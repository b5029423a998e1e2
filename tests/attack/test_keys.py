"""The interface behind the gate: a key reads it and opens nothing else."""

from __future__ import annotations

from pathlib import Path

from etl.accounts.keys import end_key, keys_of, make_key
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
