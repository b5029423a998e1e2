"""What is taken away as of a day whose lists lack it, and of acts that another release wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from starlette.exceptions import HTTPException

from etl import context
from etl.context import Context, look_from
from indicators.text import say
from pages.parts.approval.log import act_text
from pages.parts.take import approval
from pages.parts.take.answer import drawn, make, written
from pages.parts.take.asked import Asked
from pages.parts.take.calendar import make as calendar
from pages.parts.view import View

PLAN, OTHER = "thanh-hoa-2021", "nhu-thanh-2021-2025"
THEN = {"known": "2021-06-30", "period": "2021-Q2"}


@pytest.fixture
def without_plan(demo_db: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The lists of every earlier moment are without the plan of the province."""

    def as_of(now: Context, moment: object) -> Context:
        plans = {OTHER: now.deployment.plans[OTHER]}
        return replace(now, deployment=replace(now.deployment, plans=plans))

    monkeypatch.setattr(context, "as_of", as_of)
    look_from(None)  # whatever other tests looked from
    yield
    look_from(None)


@pytest.mark.usefixtures("without_plan")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_plan_that_was_not_there_then_is_a_sentence(language: str) -> None:
    asked = {**THEN, "plan": PLAN, "lang": language}
    view = View(PLAN, "2021-Q2", "thanh-hoa", language=language, known=THEN["known"])
    for ask in (
        lambda: calendar(asked),
        lambda: make("targets", "csv", asked),
        lambda: drawn("trend", asked),
        lambda: written(view, "bao-cao.docx"),
    ):
        with pytest.raises(HTTPException) as refusal:
            ask()
        look_from(None)
        assert refusal.value.status_code == 404
        assert refusal.value.detail == say("take.not_then", language, day="30/06/2021")


@pytest.mark.usefixtures("without_plan")
def test_a_plan_that_was_there_then_is_given() -> None:
    name, content = calendar({**THEN, "plan": OTHER})
    assert OTHER in name and b"BEGIN:VEVENT" in content


@dataclass(frozen=True)
class Line:
    """A line of the log of access."""

    action: str
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    actor: str = "lan"
    detail: str = ""
    address: str = ""


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_act_of_another_release_is_told_as_it_is_written(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    lines = [Line("account.something-old"), Line("login")]
    monkeypatch.setattr(approval, "access_entries", lambda *_: lines)
    view = View(PLAN, "2021-Q3", "thanh-hoa", language=language)
    told = [row[2] for row in approval.access(Asked(view)).rows]
    assert told == ["account.something-old", say("access.login", language)]
    assert act_text("something-new", language) == "something-new"
