"""The commands in this process: documents, refusals, data files that change, a demo taken up again."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl import commands, context, demo
from etl.commands import COMMANDS, answer, loading
from etl.commands.answer import Misuse, moment_of
from etl.commands.plan_document import plan_document
from etl.console import VIEWS, lines_of
from tests.cli import DEPLOYMENTS
from tests.etl.tables import CENTRE, DATA, deployment, long

GOOD = long([f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,14"])
FEW = 4  # sample files, where not the whole province is needed


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    yield tmp_path
    context.close()


def ask(
    command: str, files: dict[str, bytes] | None = None, code: int = 0, **arguments: Any
) -> Any:
    """The document of a command, whose lines can also be printed for people."""
    done = answer(command, arguments, files or {})
    assert done["exit_code"] == code, done
    assert lines_of(command, done["document"]) or command == "load"
    return done["document"]


def test_every_command_can_be_printed_for_people() -> None:
    assert COMMANDS.keys() == VIEWS.keys()


def test_init_makes_a_database_and_may_be_repeated() -> None:
    first = ask("init")
    assert first["plans"] == sorted(deployment().plans) and first["deployment_version"] == 1
    assert ask("init") == first


def test_changed_data_files_are_kept_as_a_new_version(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = place / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("run"))
    monkeypatch.setenv("VANDAN_DATA", str(folder))
    monkeypatch.setattr(context, "PAUSE", 0)
    assert ask("init")["deployment_version"] == 1
    settings = folder / "deployment.toml"
    settings.write_text(settings.read_text("utf-8").replace("Sở Y tế Thanh", "SYT Thanh"), "utf-8")
    assert ask("init")["deployment_version"] == 2
    assert context.opened().deployment.settings.name_vi.startswith("SYT Thanh")
    settings.write_text("name_vi = ", "utf-8")
    assert ask("verify", code=1)["errors"][0]["file"] == "deployment.toml"


def test_another_folder_or_database_is_opened_and_the_first_given_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("load", {"a.csv": GOOD})
    first = context.opened()
    monkeypatch.setenv("VANDAN_DB", str(place / "b.duckdb"))
    assert ask("submissions") == [] and context.opened() is not first
    monkeypatch.setenv("VANDAN_DATA", str(DEPLOYMENTS / "england"))
    assert "cover" in context.opened().deployment.plans
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(place / "a.duckdb"))
    assert len(ask("submissions")) == 1
    assert commands.data_version() == context.opened().store.version()
    commands.close_store()
    assert commands.data_version() is None
    commands.open_store()
    assert context.is_open()


def test_load_answers_with_one_document_per_file() -> None:
    document = ask("load", {"a.csv": GOOD, "b.csv": b"x"}, code=1, by="Lan")
    good, bad = document["files"]
    assert (good["committed"], bad["refused"], document["ok"]) == (True, True, False)
    assert bad["finding_counts"] == {"heading-not-found": 1}
    assert ask("submissions")[0]["received_by"] == "Lan"
    assert ask("submissions", unit=CENTRE, period="2021-Q3")
    assert ask("submissions", period="2021-Q2") == []


def test_of_ten_thousand_findings_some_are_shown_and_all_counted() -> None:
    rows = [f"{CENTRE},2021-Q3,doctors,x{n}" for n in range(10_000)]
    document = ask("load", {"a.csv": long(rows)}, code=1)["files"][0]
    assert document["finding_counts"] == {"number-unreadable": 10_000}
    assert len(document["findings"]) == 50
    assert any(
        "9.950" in line for line in lines_of("load", {"files": [document], "dry_run": False})
    )


def test_a_dry_run_shows_changes_and_flips() -> None:
    ask("load", {"a.csv": GOOD})
    changed = GOOD.replace(b"12", b"13").replace(b",14", b",-")
    document = ask("load", {"a.csv": changed}, dry_run=True)["files"][0]
    assert [(c["old"], c["new"], c["new_absence"]) for c in document["changes"]] == [
        (12.0, 13.0, None), (14.0, None, "nil"),
    ]  # fmt: skip
    assert not document["committed"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("load", {"period": "2021-Q9"}),
        ("load", {"unit": "nowhere"}),
        ("submissions", {"unit": "nowhere"}),
        ("submissions", {"period": "Q3"}),
        ("submissions", {"as_known_on": "hôm qua"}),
        ("reports", {"unit": "nowhere"}),
        ("reports", {"on": "31/9/2021"}),
        ("reports", {"on": "2021-10-10", "as_known_on": "2021-10-10"}),
        ("tasks", {"plan": "thanh-hoa-2021", "on": "2021-10-10", "as_known_on": "2021-10-12"}),
        ("action", {"what": "list", "on": "2021-10-10", "as_known_on": "2021-10-12"}),
        ("action", {"what": "move", "id": 1, "state": "done", "on": "2021-10-10"}),
        ("reports", {"on": "1066-10-14"}),
        ("reports", {"as_known_on": "9999-12-31"}),
        ("waiting", {"as_known_on": "9999-12-31T23:00"}),
        ("tasks", {"plan": "thanh-hoa-2021", "as_known_on": "0001-01-02"}),
        ("tasks", {"plan": "thanh-hoa-2021", "on": "9999-12-31"}),
        ("rollback", {"id": 7, "reason": "nhầm"}),
        ("rollback", {"id": 10**30, "reason": "nhầm"}),
        ("rollback", {"id": 1, "reason": " "}),
        ("verdicts", {"plan": "none", "period": "2021-Q3"}),
        ("verdicts", {"plan": "thanh-hoa-2021", "period": "soon"}),
        ("verdicts", {"plan": "thanh-hoa-2021", "period": "2021-Q3", "unit": "nowhere"}),
        ("verdicts", {"plan": "thanh-hoa-2021", "period": "2021-Q3", "as_known_on": "x"}),
        ("explain", {"indicator": "none", "unit": CENTRE, "period": "2021-Q3"}),
        ("explain", {"indicator": "beds_per_10k", "unit": "nowhere", "period": "2021-Q3"}),
        ("explain", {"indicator": "beds_per_10k", "unit": CENTRE, "period": "2021-13"}),
        ("unheard-of", {}),
    ],
)
def test_what_does_not_exist_is_misuse_in_one_sentence(
    command: str, arguments: dict[str, Any]
) -> None:
    document = ask(command, code=2, **arguments)
    assert document["ok"] is False and document["error"].endswith(".")


def test_a_missing_data_folder_is_a_list_of_errors(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANDAN_DATA", str(place / "none"))
    for command in ("init", "plans", "check", "submissions"):
        assert ask(command, code=1)["errors"]


def test_a_database_that_cannot_be_opened_is_misuse(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "a.duckdb").write_bytes(b"something else entirely" * 500)
    assert "a.duckdb" in ask("submissions", code=2)["error"]
    monkeypatch.setenv("VANDAN_DB", str(place))
    assert ask("init", code=2)["ok"] is False


def test_taking_back_says_what_stands_now() -> None:
    ask("load", {"a.csv": GOOD})
    ask("load", {"b.csv": long([f"{CENTRE},2021-Q3,doctors,99"])})
    ask("load", {"c.csv": long([f"{CENTRE},2021-Q3,stations,15"])})
    done = ask("rollback", id=2, reason="nhầm")
    assert (done["withdrawn"], done["current"], done["carried"]) == (2, 3, 1)
    assert any("1 ô" in line for line in lines_of("rollback", done))
    assert "trước đó" in ask("rollback", id=2, reason="nhầm", code=1)["error"]
    assert ask("rollback", id=3, reason="nhầm")["current"] == 1
    assert ask("rollback", id=1, reason="nhầm")["current"] is None
    seen = ask("verify")
    assert (seen["ok"], seen["submissions"], seen["facts"], seen["faults"]) == (True, 3, 6, [])


def test_verify_exits_with_1_on_damage() -> None:
    ask("load", {"a.csv": GOOD})
    context.opened().store.connection.execute("delete from fact where quantity = 1")
    assert ask("verify", code=1)["faults"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-10-10", "2021-10-10T16:59:59.999999"),
        ("2021-10-10T08:00", "2021-10-10T08:00:00.999999"),
        ("2021-10-10T08:00:05.25", "2021-10-10T08:00:05.250000"),
        ("2021-10-10T08:00+07:00", "2021-10-10T01:00:00.999999"),
        ("2021-10-10T08:00Z", "2021-10-10T08:00:00.999999"),
        ("20211010", "2021-10-10T16:59:59.999999"),
        ("1989-12-31T17:00", "1989-12-31T17:00:00.999999"),  # 01/01/1990 in Vietnam
        ("2090-12-31", "2090-12-31T16:59:59.999999"),
    ],
)
def test_a_moment_is_utc_and_a_day_means_its_end_in_vietnam(text: str, moment: str) -> None:
    found = moment_of(text)
    assert found is not None and found.isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "hôm qua", "2021-13-01", "0001-01-01T00:00+14:00", "0001-01-01T00:00", "0001-01-02"),
        *("9999-12-31", "9999-12-31T23:00", "1989-12-31T16:59", "2090-12-31T17:00"),
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(Misuse):
        moment_of(text)


def test_the_moment_a_submission_was_received_includes_it() -> None:
    ask("load", {"a.csv": GOOD})
    moment = ask("submissions")[0]["received_at"]
    assert len(ask("submissions", as_known_on=moment)) == 1
    assert ask("submissions", as_known_on="2020-01-01") == []


def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first sample files: the walk is the same."""
    monkeypatch.setattr(loading, "demo_files", lambda d: demo.demo_files(d)[:FEW])


def test_the_demo_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch)
    assert commands.is_unfinished()
    assert ask("init", demo=True)["demo_submissions"] > 0
    assert not commands.is_unfinished()
    assert ask("init", demo=True)["demo_submissions"] == 0


def test_a_demo_that_was_cut_short_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch)
    seen: list[str] = []
    real = loading._load_sample

    def dies(opened: context.Context, file: demo.DemoFile) -> Any:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(file.name)
        return real(opened, file)

    monkeypatch.setattr(loading, "_load_sample", dies)
    with pytest.raises(KeyboardInterrupt):
        answer("init", {"demo": True}, {})
    assert commands.is_unfinished()
    monkeypatch.setattr(loading, "_load_sample", real)
    assert ask("init", demo=True)["demo_submissions"] > 0
    assert not commands.is_unfinished() and ask("verify")["ok"]


def test_a_database_with_figures_of_its_own_gets_no_demo_by_itself() -> None:
    assert commands.is_unfinished()
    ask("load", {"a.csv": GOOD})
    assert not commands.is_unfinished()


def test_another_deployment_has_no_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANDAN_DATA", str(DEPLOYMENTS / "england"))
    assert ask("init", demo=True)["demo_submissions"] == 0
    assert not commands.is_unfinished()


def test_a_sample_that_no_longer_fits_the_data_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = demo.demo_files(deployment())[:1]
    broken = [demo.DemoFile(f.name, b"x", f.received_at, f.by) for f in files]
    monkeypatch.setattr(loading, "demo_files", lambda _d: broken)
    assert files[0].name in ask("init", demo=True, code=2)["error"]


def test_plans_have_the_keys_of_the_contract() -> None:
    keys = {"id", "document", "period", "targets", "tasks", "reporting", "units"}
    target = {
        "id", "name_vi", "comparator", "value", "unit_of_measure", "scope", "section",
    }  # fmt: skip
    task = {"title_vi", "deadline", "due", "lead", "section"}
    found = ask("plans")
    assert {plan["id"] for plan in found} == deployment().plans.keys()
    for plan in found:
        assert keys <= plan.keys() and (plan["targets"] or plan["tasks"])
        assert all(target <= t.keys() for t in plan["targets"])
        assert all(task <= t.keys() for t in plan["tasks"])


def test_a_due_date_is_iso_or_null() -> None:
    for plan in deployment().plans.values():
        for task in plan_document(plan, deployment())["tasks"]:
            assert task["due"] is None or len(task["due"]) == len("2021-01-31")


def test_reports_of_plans_carry_the_deadline_of_every_period() -> None:
    rules = {(p["id"], r["id"]): r for p in ask("plans") for r in p["reporting"]}
    assert rules["nhu-thanh-2021-2025", "report-yearly"]["due"][0] == {
        "period": "2021", "due": "2021-11-12", "provisional": False,
    }  # fmt: skip
    assert [d["due"] for d in rules["bac-giang-2023", "report-key-tasks"]["due"]] == [None, None]
    assert rules["bac-giang-2024", "report-progress"]["due"] == []
    words = {"reporter", "recipient", "frequency", "deadline"}
    assert all(words <= rule.keys() and next(iter(rule)) == "id" for rule in rules.values())


def test_reports_today_are_those_of_the_deployments_own_province() -> None:
    document = ask("reports")
    assert document["on"] == context.today().isoformat() and document["unit"] == "thanh-hoa"
    names = {row["name_en"] for row in document["reports"]}
    assert "Quarterly form of the hospital" in names


def test_verdicts_and_explain_are_flat_and_complete() -> None:
    ask("load", {"a.csv": GOOD})
    rows = ask("verdicts", plan="nhu-thanh-2021-2025", period="2021-Q3")
    assert {row["target"] for row in rows} == {
        t.id for t in deployment().plans["nhu-thanh-2021-2025"].targets
    }
    known = ask("verdicts", plan="nhu-thanh-2021-2025", period="2021-Q3", as_known_on="2020-01-01")
    assert all(row["verdict"] in ("no_data", "not_due") for row in known)
    found = ask("explain", indicator="doctors_per_10k", unit=CENTRE, period="2021-Q3")
    assert found["facts"][0]["file"] == "a.csv"
    ask("check")
