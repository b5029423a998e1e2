"""What is made before anybody asks says nothing when the server ends under it."""

from types import SimpleNamespace

import pytest

from etl import context
from pages.parts import warm


def test_a_database_that_closes_is_open_no_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def asked_meanwhile(*_: object) -> None:
        raise ConnectionError("already closed")

    # A thread that makes the first page asks while the file closes, which takes a while.
    store = SimpleNamespace(close=warm.warm)
    monkeypatch.setattr(context, "_open", SimpleNamespace(store=store))
    monkeypatch.setattr(warm, "opened", asked_meanwhile)
    context.close()
    assert caplog.text == ""


def test_what_could_not_be_made_is_told_while_the_server_runs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no plan\nmore")

    monkeypatch.setattr(context, "_open", object())
    monkeypatch.setattr(warm, "opened", broken)
    warm.warm()
    assert "not warmed: no plan" in caplog.text and "more" not in caplog.text
