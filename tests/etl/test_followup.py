"""A file of progress: recognised by its headings, every row checked, one transaction, no repetition."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from etl.export.table_csv import as_typed, table_csv
from etl.findings import Place, describe
from etl.followup.agreed import target_of, written
from etl.followup.sheet import Kind, Row, rows_of
from etl.followup.units import UnitNames
from etl.load import Loaded, Sending
from etl.read import read
from etl.receive import receive
from etl.store.actions import Agreement, actions
from etl.store.audit import entries
from etl.store.connect import Store, open_store
from etl.store.tasks import in_force, records
from etl.tasks import agree
from indicators.actions import ActionState
from indicators.table import Caption, Column, Table
from indicators.tasks import Progress
from tests.etl.tables import CENTRE, TODAY, codes, current, deployment, hints, long

PLAN = "thanh-hoa-2021"
HEAD = "Mã kế hoạch;Mã nhiệm vụ;Nội dung;Tình trạng;Ngày hoàn thành;Minh chứng;Ghi chú"
DONE = f"{PLAN};talent-policy;x;Đã xong;28/06/2021;TTr 12;"
DOING = f"{PLAN};action-plans;x;đang thực hiện;;;"
AT = datetime(2022, 1, 5, 8)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.duckdb")


def file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def sent(store: Store, content: bytes, *, dry_run: bool = False, by: str = "An") -> Loaded:
    how = Sending(by, AT, TODAY, dry_run=dry_run)
    return receive(store, deployment(), "tien-do.csv", content, hints=hints(), how=how)


def lines(store: Store) -> int:
    return len(entries(store.cursor()))


def test_rows_are_put_on_record_with_who_when_and_which_file(store: Store) -> None:
    done = sent(store, file(DONE, DOING, f"{PLAN};ten-requirements;x;;;;"))
    assert done.committed and done.counts == {"added": 2, "changed": 0, "unchanged": 0}
    known = in_force(store.cursor(), PLAN, None)
    record = known["talent-policy"]
    assert (record.progress, record.done_on, record.evidence) == (
        Progress.DONE, date(2021, 6, 28), "TTr 12"
    )  # fmt: skip
    assert (record.actor, record.occurred_at) == ("An", AT) and set(known) == {
        "talent-policy", "action-plans"
    }  # fmt: skip
    last = entries(store.cursor())[-1]
    assert last.action == "progress-file" and done.hash in last.arguments
    assert store.uploads and (store.uploads / done.hash).exists()


def test_the_same_file_again_writes_nothing(store: Store) -> None:
    content = file(DONE, DOING)
    sent(store, content)
    before = lines(store)
    again = sent(store, content)
    assert again.counts == {"added": 0, "changed": 0, "unchanged": 2} and not again.committed
    assert lines(store) == before and len(records(store.cursor(), PLAN, None)) == 2


def test_a_dry_run_shows_and_writes_nothing(store: Store) -> None:
    sent(store, file(DOING))
    before = lines(store)
    changed = DOING.replace("đang thực hiện;", "Không thực hiện;").rstrip(";") + ";;;gộp"
    seen = sent(store, file(DONE, changed), dry_run=True, by="")
    assert [(s.change, s.old, s.new) for s in seen.steps] == [
        ("added", "", "done"), ("changed", "doing", "dropped")
    ]  # fmt: skip
    assert not seen.committed and lines(store) == before


def test_a_blank_is_no_statement(store: Store) -> None:
    sent(store, file(DONE))
    again = sent(store, file(f"{PLAN};talent-policy;x;Done;;;"))
    assert again.counts["unchanged"] == 1
    more = sent(store, file(f"{PLAN};talent-policy;x;Done;;TTr 13;"))
    assert more.counts["changed"] == 1
    known = in_force(store.cursor(), PLAN, None)["talent-policy"]
    assert (known.evidence, known.done_on) == ("TTr 13", date(2021, 6, 28))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{PLAN};khong-co;x;Đã xong;28/06/2021;;", "progress-task-unknown"),
        ("ke-hoach;talent-policy;x;Đã xong;28/06/2021;;", "progress-plan-unknown"),
        (f"{PLAN};action-plans;x;Gần xong;;;", "progress-state-unknown"),
        (f"{PLAN};action-plans;x;;;TTr 1;", "progress-state-missing"),
        (f"{PLAN};action-plans;x;Đã xong;;;", "progress-day-missing"),
        (f"{PLAN};action-plans;x;Đã xong;31/02/2021;;", "progress-day-unreadable"),
        (f"{PLAN};action-plans;x;Đã xong;28/06/2031;;", "progress-day-to-come"),
        (f"{PLAN};action-plans;x;Không thực hiện;;;", "progress-why-missing"),
        (f"{PLAN};action-plans;x;Đang thực hiện;;{'a' * 1001};", "progress-too-long"),
        (DONE, "progress-twice"),
    ],
)
def test_one_bad_row_and_nothing_enters(store: Store, row: str, code: str) -> None:
    before = lines(store)
    done = sent(store, file(DONE, row))
    assert done.refused and codes(done) == [code] and done.findings[0].place.row == 3
    assert lines(store) == before and not in_force(store.cursor(), PLAN, None)


def test_the_remaining_codes_have_their_files(store: Store) -> None:
    assert codes(sent(store, file(f"{PLAN};talent-policy;x;;;;"))) == ["progress-empty"]
    unused = sent(store, file(f"{PLAN};action-plans;x;Đang thực hiện;28/06/2021;;"))
    assert codes(unused) == ["progress-day-unused"] and unused.committed
    head = "Mã việc;Tình trạng;Ghi chú"
    assert codes(sent(store, file("99;Đã xong;", head=head))) == ["progress-action-unknown"]


def test_a_task_of_several_plans_needs_its_plan(store: Store) -> None:
    head = "Mã nhiệm vụ;Tình trạng"
    refused = sent(store, file("covid-scenarios;Đang thực hiện", head=head))
    assert codes(refused) == ["progress-plan-missing"]
    assert sent(store, file("talent-policy;Under way", head=head)).committed


def agreed(store: Store) -> int:
    plan = deployment().plans[PLAN]
    target = plan.targets[0]
    what = Agreement(PLAN, target.id, target.indicator, None, "Tuyển", "TCCB", date(2021, 12, 1))
    return agree(store, plan, what, by="An", at=AT).id


def test_actions_move_by_their_number(store: Store) -> None:
    number = agreed(store)
    head = "Action id;State;Note"
    done = sent(store, file(f"{number};Under way;đã đăng tuyển", head=head))
    assert done.committed and [(s.old, s.new) for s in done.steps] == [("agreed", "doing")]
    (action,) = actions(store.cursor())
    assert (str(action.state), action.reason, action.moved_by) == ("doing", "đã đăng tuyển", "An")
    assert sent(store, file(f"{number};Đang làm;", head=head)).counts["unchanged"] == 1
    assert codes(sent(store, file(f"{number};Đã hủy;", head=head))) == ["progress-why-missing"]


def test_a_failure_half_way_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from etl import receive as module

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "audit", fail)
    with pytest.raises(RuntimeError):
        sent(store, file(DONE, DOING))
    assert not in_force(store.cursor(), PLAN, None)


def test_a_workbook_with_real_dates_and_two_sheets_is_one_file(store: Store) -> None:
    number, book = agreed(store), openpyxl.Workbook()
    page = book.active
    page.append(["Tiến độ nhiệm vụ"])
    page.append([])
    page.append(HEAD.split(";"))
    page.append([PLAN, "talent-policy", "x", "Đã xong", datetime(2021, 6, 28), "TTr 12", None])
    other = book.create_sheet("Việc")
    other.append(["Mã việc", "Tình trạng"])
    other.append([number, "Đã xong"])
    kept = BytesIO()
    book.save(kept)
    done = sent(store, kept.getvalue())
    assert done.committed and [s.kind for s in done.steps] == ["task", "action"]
    assert in_force(store.cursor(), PLAN, None)["talent-policy"].done_on == date(2021, 6, 28)


def test_one_row_under_many_titles_is_read(store: Store) -> None:
    titles = [f"Dòng {n} của phần đầu, có dấu phẩy" for n in range(9)]
    content = "\n".join([*titles, HEAD, f'{DONE}"a; b"']).encode()
    done = sent(store, content)
    assert done.committed and done.steps[0].texts == ("TTr 12", "a; b")


def test_a_file_of_figures_is_loaded_as_before(store: Store) -> None:
    content = long([f"{CENTRE},2021-Q3,doctors,12"])
    assert rows_of("a", read("a.csv", content).sheets) is None
    assert sent(store, content).committed and current(store) == {("doctors", "12")}


@pytest.mark.parametrize(
    "text", ["=1+1", "-5", "- ghi chú", "@a", "bình thường", "'=x", "''-", "+84 12"]
)
def test_a_text_comes_back_from_our_csv_as_it_was(text: str) -> None:
    table = Table("t", [Column("a")], [[text]])
    rows = read("a.csv", table_csv(table, Caption(()))).sheets[0].rows
    assert as_typed(str(rows[-1][0])) == text


NEW = "Mã kế hoạch;Mã việc;Chỉ tiêu;Đơn vị;Nội dung;Phụ trách;Hạn;Tình trạng;Ghi chú"
BEDS = "Số giường bệnh/vạn dân"
FRESH = f"{PLAN};;{BEDS};TTYT huyện Như Thanh;Rà soát giường bệnh;Phòng KHTC;31/12/2021;;"


def test_a_row_without_a_number_agrees_a_new_action(store: Store) -> None:
    number = agreed(store)
    old = f"{PLAN};{number};x;;y;;;doing;"
    seen = sent(store, file(old, FRESH, head=NEW), dry_run=True)
    assert seen.counts == {"added": 1, "changed": 1, "unchanged": 0}
    assert len(actions(store.cursor())) == 1
    done = sent(store, file(old, FRESH, head=NEW))
    assert done.committed
    new = actions(store.cursor())[-1]
    assert (new.target, new.unit, new.content, new.owner, new.due) == (
        "beds", CENTRE, "Rà soát giường bệnh", "Phòng KHTC", date(2021, 12, 31)
    )  # fmt: skip
    assert (new.agreed_by, new.agreed_at, new.state) == ("An", AT, ActionState.AGREED)
    # Sent again, it agrees nothing twice.
    again = sent(store, file(FRESH, head=NEW))
    assert not again.refused and again.counts["unchanged"] == 1
    assert len(actions(store.cursor())) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (FRESH.replace(BEDS, "Chỉ tiêu khác"), "progress-target-unknown"),
        (FRESH.replace(BEDS, ""), "progress-target-unknown"),
        (FRESH.replace("TTYT huyện Như Thanh", "TTYT huyện Khác"), "progress-unit-unknown"),
        (FRESH.replace("Rà soát giường bệnh", ""), "progress-content-missing"),
        (FRESH.replace("Phòng KHTC", ""), "progress-owner-missing"),
        (FRESH.replace("31/12/2021", ""), "progress-due-missing"),
        (FRESH.replace("31/12/2021", "cuối năm"), "progress-day-unreadable"),
        (FRESH.replace(";31/12/2021;;", ";31/12/2021;Đã xong;"), "progress-new-state"),
        (FRESH.replace(PLAN, "ke-hoach-khac"), "progress-plan-unknown"),
    ],
)
def test_a_new_action_that_lacks_something_and_nothing_enters(
    store: Store, row: str, code: str
) -> None:
    before = lines(store)
    done = sent(store, file(FRESH, row, head=NEW))
    assert done.refused and codes(done) == [code] and done.findings[0].place.row == 3
    assert lines(store) == before and actions(store.cursor()) == []


def test_the_same_new_action_twice_in_a_file_is_refused(store: Store) -> None:
    assert codes(sent(store, file(FRESH, FRESH, head=NEW))) == ["progress-twice"]


def test_a_unit_by_its_id_or_none_for_the_whole_area(store: Store) -> None:
    named = FRESH.replace("TTYT huyện Như Thanh", CENTRE)
    whole = FRESH.replace("TTYT huyện Như Thanh", "").replace("Rà soát", "Lập kế hoạch")
    assert sent(store, file(named, whole, head=NEW)).committed
    assert [a.unit for a in actions(store.cursor())] == [CENTRE, None]


def test_every_wrong_cell_is_told_at_once_and_where(store: Store) -> None:
    task = f"ke-hoach;talent-policy;x;Gần xong;cuối năm;{'a' * 1001};"
    seen = sent(store, file(DONE, task))
    cells = {(f.code, f.place.cell, f.place.heading) for f in seen.findings}
    assert cells == {
        ("progress-plan-unknown", "A3", "Mã kế hoạch"),
        ("progress-state-unknown", "D3", "Tình trạng"),
        ("progress-day-unreadable", "E3", "Ngày hoàn thành"),
        ("progress-too-long", "F3", "Minh chứng"),
    }
    new = f"{PLAN};;Khác;Khác;;;;Đã xong;"
    seen = sent(store, file(new, head=NEW))
    assert [(f.code, f.place.cell) for f in seen.findings] == [
        ("progress-target-unknown", "C2"),
        ("progress-unit-unknown", "D2"),
        ("progress-content-missing", "E2"),
        ("progress-owner-missing", "F2"),
        ("progress-due-missing", "G2"),
        ("progress-new-state", "H2"),
    ]


def test_a_new_action_of_a_thousand_words_is_refused(store: Store) -> None:
    long_row = FRESH.replace("Rà soát giường bệnh", "a" * 1001)
    done = sent(store, file(long_row, head=NEW))
    assert [(f.code, f.place.cell) for f in done.findings] == [("progress-too-long", "E2")]
    assert actions(store.cursor()) == []


def test_a_day_of_a_state_that_has_none_is_told_as_people_write_it(store: Store) -> None:
    head = "Mã nhiệm vụ;Tình trạng;Ngày hoàn thành"
    done = sent(store, file("talent-policy;Đang thực hiện;2021-06-28", head=head))
    assert done.committed and done.findings[0].place.cell == "C2"
    assert describe(done.findings[0])["sentence"].startswith("Ngày ")


def test_a_name_that_another_province_has_too_is_the_one_of_the_plan(store: Store) -> None:
    names = UnitNames(deployment(), deployment().plans[PLAN], TODAY)
    other = UnitNames(deployment(), deployment().plans["bac-giang-2023"], TODAY)
    (found,) = {names.unit_of("BV Nội tiết"), names.unit_of("Bệnh viện Nội tiết")}
    assert found in names.units and found not in other.units
    elsewhere = next(iter(set(other.units) - set(names.units)))
    row = FRESH.replace("TTYT huyện Như Thanh", elsewhere)
    assert codes(sent(store, file(row, head=NEW))) == ["progress-unit-unknown"]


@pytest.mark.parametrize("plan", list(deployment().plans))
def test_every_unit_and_target_of_a_form_is_understood_when_it_comes_back(plan: str) -> None:
    whole = deployment()
    names = UnitNames(whole, whole.plans[plan], TODAY)
    assert all(names.unit_of(names.written(unit)) == unit for unit in names.units)
    for target in whole.plans[plan].targets:
        row = Row(
            Kind.ACTION, Place("a"), "", plan, target=written(target, whole.plans[plan], whole)
        )
        assert target_of(row, whole)[1] is target
