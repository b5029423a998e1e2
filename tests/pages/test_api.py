"""The routes of the read API: the numbers of the pages, nothing sent twice, reading only, the gate."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from openapi_spec_validator import validate
from starlette.requests import Request
from starlette.responses import Response

from etl.accounts.mode import Mode
from etl.commands import answer as command
from etl.context import opened
from indicators.formats import format_number
from indicators.people import OPEN
from pages.parts.api import reply, route
from pages.parts.api.page import example
from pages.parts.data import picture_of
from pages.parts.gate.visit import VISIT, Visit
from pages.parts.view import View
from tests.pages.opening import page_html

TH = "thanh-hoa-2021"
VERDICTS = {"plan": TH, "period": "2021-Q3", "limit": "40"}
OVERVIEW = Path(route.__file__).parents[2] / "overview.py"


def get(
    name: str, method: str = "GET", headers: dict[str, str] | None = None, **query: str
) -> Response:
    """The answer to a request, as the server would give it."""
    found = [(k.encode(), v.encode()) for k, v in (headers or {}).items()]
    scope = {
        "type": "http",
        "method": method,
        "path": f"/api/v1/{name}",
        "path_params": {"name": name},
        "query_string": urlencode(query).encode(),
        "headers": found,
        VISIT: Visit(Mode.OPEN, OPEN, None, "", "127.0.0.1", False),
    }
    return asyncio.run(route.api(Request(scope)))


def rows(name: str, **query: str) -> list[dict[str, Any]]:
    answered = get(name, **query)
    assert answered.status_code == 200, answered.body
    found: list[dict[str, Any]] = json.loads(answered.body)["rows"]
    return found


def test_it_is_the_number_of_the_page_and_of_the_command(demo_db: Path) -> None:
    found = {r["target"]: r for r in rows("verdicts", **VERDICTS) if "each_of" not in r}
    shown = picture_of(View(TH, "2021-Q3", "thanh-hoa"))
    told = command(
        "explain", {"indicator": "beds_per_10k", "unit": "thanh-hoa", "period": "2021-Q3"}, {}
    )
    beds = found["beds"]
    assert beds["value"] == told["document"]["value"]
    for a in shown.assessments:
        if a.target.id in found:
            value = None if a.measure.value is None else float(a.measure.value)
            assert (found[a.target.id]["value"], found[a.target.id]["verdict"]) == (
                value,
                a.verdict,
            )
    page = page_html(OVERVIEW, plan=TH, period="2021-Q3")
    assert format_number(beds["value"], 1) in page


def test_numbers_are_the_same_in_every_kind_and_negative_ones_stay_numbers(demo_db: Path) -> None:
    plain = rows("verdicts", **VERDICTS)
    wide = get("verdicts", format="csv", **VERDICTS).body
    typed = get("verdicts", format="parquet", **VERDICTS).body
    texts = list(csv.DictReader(StringIO(bytes(wide).decode("utf-8-sig"))))
    numbers = pq.read_table(BytesIO(bytes(typed))).to_pylist()
    assert any(row["value"] is not None for row in plain)
    for row, text, number in zip(plain, texts, numbers, strict=True):
        for name in ("value", "difference", "target_value"):
            assert number[name] == row[name]
            assert (float(text[name]) if text[name] else None) == row[name]
    assert any(text["difference"].startswith("-") for text in texts)


def test_simulated_data_are_told_in_every_kind(demo_db: Path) -> None:
    answered = get("facts", limit="5")
    document = json.loads(answered.body)
    assert document["any_simulated"] and "mô phỏng" in document["notice_vi"]
    assert answered.headers["x-simulated"] == "true"
    assert "true" in bytes(get("facts", limit="5", format="csv").body).decode().splitlines()[1]
    table = pq.read_table(BytesIO(bytes(get("facts", limit="5", format="parquet").body)))
    assert table.schema.metadata[b"any_simulated"] == b"True"


def test_nothing_new_is_not_sent_again(demo_copy: Path) -> None:
    first = get("tasks", plan=TH)
    tag = {"if-none-match": f'"other", {first.headers["etag"]}'}
    again = get("tasks", headers=tag, plan=TH)
    assert (again.status_code, again.body) == (304, b"")
    assert get("tasks", headers=tag, plan=TH, format="csv").status_code == 200
    said = {"plan": TH, "task": "talent-policy", "state": "doing", "by": "An"}
    assert command("task", said, {})["exit_code"] == 0
    assert get("tasks", headers=tag, plan=TH).status_code == 200


def test_pages_are_linked(demo_db: Path) -> None:
    answered = get("facts", period="2021-Q3", limit="100")
    (address,) = re.findall(r'<(/api/v1/facts\?[^>]+)>; rel="next"', answered.headers["link"])
    assert "offset=100" in address and answered.headers["x-total-count"] == "2119"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_is_for_reading_only(demo_db: Path, method: str) -> None:
    answered = get("facts", method)
    assert answered.status_code == 405 and answered.headers["allow"] == "GET, HEAD"
    assert json.loads(answered.body)["status"] == 405


def test_who_may_not_is_told_so_before_anything_is_looked_at(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "allowed", lambda request: False)
    for name in ("facts", "openapi.json", "", "nothing"):
        answered = get(name)
        assert answered.status_code == 401 and answered.headers["www-authenticate"] == "Bearer"


def test_a_failure_is_a_sentence_and_no_traceback(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr(reply, "make", fail)
    answered = get("facts")
    assert answered.status_code == 500 and b"Traceback" not in answered.body
    assert "bí mật" not in bytes(answered.body).decode() and "bí mật" in caplog.text


@pytest.mark.parametrize("name", ["nothing", "facts/1", "../healthz"])
def test_what_is_not_there_answers_in_the_same_way(demo_db: Path, name: str) -> None:
    answered = get(name)
    assert answered.status_code == 404
    assert answered.headers["content-type"].startswith("application/problem+json")


def test_the_documents_about_it_are_served(demo_db: Path) -> None:
    described = json.loads(get("openapi.json").body)
    validate(described)
    assert described["info"]["title"].endswith(opened().deployment.settings.name_vi)
    for language, word in (("vi", "Giao diện đọc số liệu"), ("en", "Reading by program")):
        page = bytes(get("", lang=language).body).decode()
        assert f'lang="{language}"' in page and word in page
        assert page.count("<section") == len(described["paths"])


def test_every_example_of_the_page_answers(demo_db: Path) -> None:
    from etl.api.resources import RESOURCES

    for resource in RESOURCES.values():
        query = dict(p.split("=") for p in example(resource).partition("?")[2].split("&") if p)
        if resource.name == "verdicts":
            query["limit"] = "5"
        assert get(resource.name, **query).status_code == 200, example(resource)


def test_an_empty_database_answers_with_no_rows(empty_db: Path) -> None:
    assert rows("facts") == [] and rows("periods") == []
    assert {r["value"] for r in rows("verdicts", **VERDICTS)} == {None}
