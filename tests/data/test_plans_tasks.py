"""Tasks, reporting rules and goals of the five plans: complete, well-formed, true to the words."""

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from etl.commands.plan_document import plan_document
from indicators.deadline import NOT_STATED
from indicators.deployment import load_deployment
from indicators.schema import DataErrors

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_OF = {
    "bac-giang-2023": "000",
    "bac-giang-2024": "001",
    "thanh-hoa-2021": "002",
    "quang-ninh-2019": "003",
    "nhu-thanh-2021-2025": "004",
}
# tasks, of these with a day, of these with words but no day; reporting rules; goals
COUNTS = {
    "bac-giang-2023": (61, 24, 5, 3, 2),
    "bac-giang-2024": (57, 45, 5, 2, 3),
    "thanh-hoa-2021": (80, 13, 3, 6, 56),
    "quang-ninh-2019": (60, 6, 5, 2, 31),
    "nhu-thanh-2021-2025": (24, 4, 0, 2, 28),
}
# Numbered paragraphs and bullets of each document, of both levels, counted by hand in the text.
BULLETS = {
    "bac-giang-2023": 72,
    "bac-giang-2024": 61,
    "thanh-hoa-2021": 99,
    "quang-ninh-2019": 91,
    "nhu-thanh-2021-2025": 34,
}
SECTION = re.compile(
    r"(?:Kết|PL|I{1,3}|IV|V)(?:\.\d+)*(?:\.[a-d])?"
    r"(?: \((?:nhiệm vụ, giải pháp|điểm \d\.\d(?:\.\d)?)\))?(?:/\d+(?:\.\d+)?)?"
)
# Bullets that say again what stands elsewhere: who leads, mostly. Section → what covers it.
ELSEWHERE = {
    "bac-giang-2023": {
        "III.1/1.2": "cashless-means",
        "III.1/1.3": "facilities-scheme",
        "III.2/1": "training-plan",
        "III.2/2": "training-plan",
        "III.2/3": "lis-pacs-new",
        "III.3/1.2": "epidemic-plan",
        "III.3/1.3": "directive-05-request",
        "III.3/2": "water-lab-equipment",
        "III.3/3": "dialysis-training",
        "III.5/2": "water-lab-equipment",
        "III.6/4": "lis-pacs-new",
    },
    "bac-giang-2024": {
        "III.2/3": "prices-file-draft",
        "III.2/4": "beds-outline",
        "III.2/5": "spending-file-draft",
        "III.3": "transfer-draft",
        "III.4/1": "epidemic-advice",
        "III.4/2": "epidemic-advice",
        "III.4/3": "directive-25-plan",
        "III.4/4": "nuclear-training",
    },
    "thanh-hoa-2021": {
        "II.6.a (nhiệm vụ, giải pháp)/2": "operating-rooms-scheme",
    },
}


@cache
def deployment():
    return load_deployment(DATA)


def plan(plan_id):
    return deployment().plans[plan_id]


def items(plan_id):
    found = plan(plan_id)
    return [*found.targets, *found.tasks, *found.reporting, *found.goals]


def tasks():
    return [(p, task) for p in deployment().plans.values() for task in p.tasks]


def task(plan_id, task_id):
    return next(t for t in plan(plan_id).tasks if t.id == task_id)


@cache
def seed(plan_id):
    path = next(SEEDS.glob(f"{SEED_OF[plan_id]}_*.txt"))
    return squeezed(path.read_text(encoding="utf-8"))


def squeezed(text):
    """Letters and digits only, so that line breaks and marks do not count."""
    return re.sub(r"[^\w/]+", "", text.casefold().replace("sỹ", "sĩ"))


def test_all_five_plans_are_here():
    assert set(deployment().plans) == set(SEED_OF) == set(COUNTS)


@pytest.mark.parametrize("plan_id", COUNTS)
def test_counts(plan_id):
    found = plan(plan_id)
    dated = [t for t in found.tasks if found.due(t)]
    worded = [t for t in found.tasks if t.deadline != NOT_STATED and not found.due(t)]
    counts = (len(found.tasks), len(dated), len(worded), len(found.reporting), len(found.goals))
    assert counts == COUNTS[plan_id]


@pytest.mark.parametrize("plan_id", COUNTS)
def test_ids_are_unique_and_kinds_can_be_told_apart(plan_id):
    found = plan(plan_id)
    assert len(set(found.ids)) == len(found.ids) == len(items(plan_id))
    assert all(r.id.startswith("report-") for r in found.reporting)
    assert all(g.id.startswith("goal-") for g in found.goals)
    assert not any(t.id.startswith(("report-", "goal-")) for t in found.tasks)


@pytest.mark.parametrize("plan_id", COUNTS)
def test_sections_are_well_formed(plan_id):
    wrong = [i.section for i in items(plan_id) if not SECTION.fullmatch(i.section)]
    assert wrong == []


@pytest.mark.parametrize("plan_id", COUNTS)
def test_no_bullet_is_left_out(plan_id):
    """Under every heading the bullets 1, 2, 3 … are there, and below a bullet 1, 2, 3 … too."""
    sections = {i.section for i in items(plan_id)}
    sections |= {*ELSEWHERE.get(plan_id, {}), *waiting(plan_id)}
    below = {}
    for section in sections:
        heading, _, place = section.partition("/")
        first, _, second = place.partition(".")
        if first:
            below.setdefault(heading, set()).add(int(first))
        if second:
            below.setdefault(f"{heading}/{first}", set()).add(int(second))
    gaps = {h: sorted(n) for h, n in below.items() if n != set(range(1, len(n) + 1))}
    assert gaps == {}
    assert sum(len(numbers) for numbers in below.values()) == BULLETS[plan_id]


@pytest.mark.parametrize("plan_id", ELSEWHERE)
def test_what_is_said_again_is_covered(plan_id):
    assert set(ELSEWHERE[plan_id].values()) <= set(plan(plan_id).ids)


def waiting(plan_id):
    """Sections with a number that is still to become a target, listed atop the plan file."""
    text = (DATA / "plans" / f"{plan_id}.toml").read_text(encoding="utf-8")
    return re.findall(r"^#   ([^:]+): ", text, re.MULTILINE)


@pytest.mark.parametrize("plan_id", COUNTS)
def test_sections_that_wait_are_well_formed(plan_id):
    assert all(SECTION.fullmatch(section) for section in waiting(plan_id))


def test_every_task_has_a_title_and_a_lead():
    for found, t in tasks():
        assert len(t.lead) > 5 and 10 < len(t.title_vi) <= 160, (found.id, t.id)
        assert t.title_vi[0].isupper() or t.title_vi[0].isdigit(), (found.id, t.id)
        assert t.due is None, "no document needs a day typed by hand"


def test_units_of_tasks_are_units_of_the_plan_and_exist_then():
    for found, t in tasks():
        assert set(t.units) <= set(found.units), (found.id, t.id)
    for found in deployment().plans.values():
        tree = deployment().units.at(date(found.first_year, 12, 31))
        assert {found.unit, *found.units} <= set(tree.units), found.id


def test_reasons_say_something():
    for found in deployment().plans.values():
        for goal in found.goals:
            assert len(goal.reason_vi) > 15 and len(goal.summary_vi) > 15, (found.id, goal.id)


def test_words_without_a_day():
    found = {
        (p.id, t.id): t.deadline
        for p, t in tasks()
        if p.due(t) is None and t.deadline != NOT_STATED
    }
    assert found == {
        (
            "bac-giang-2023",
            "stations-recovery-funds",
        ): "sau khi có thông báo phân bổ vốn của Trung ương",
        ("bac-giang-2023", "purchase-approval"): "trong thời gian quy định khi phát sinh gói thầu",
        ("bac-giang-2023", "purchase-obstacles"): "khi phát sinh tình huống",
        ("bac-giang-2023", "dialysis-staff"): "khi triển khai thực hiện",
        ("bac-giang-2023", "dialysis-pilot"): "sau khi được Sở Y tế phê duyệt danh mục kỹ thuật",
        (
            "bac-giang-2024",
            "bidding-law",
        ): "trong 01 tháng kể từ khi Chính phủ ban hành Nghị định và các Bộ ngành ban hành Thông tư hướng dẫn",
        (
            "bac-giang-2024",
            "purchase-approval",
        ): "trong thời gian được quy định khi phát sinh gói thầu",
        ("bac-giang-2024", "purchase-obstacles"): "khi phát sinh tình huống",
        ("bac-giang-2024", "directive-25-plan"): "Trong thời gian tới",
        ("bac-giang-2024", "nuclear-safety"): "sau khi được Giám đốc Sở Y tế phê duyệt",
        ("thanh-hoa-2021", "covid-briefings"): "thường xuyên hoặc đột xuất theo diễn biến dịch",
        ("thanh-hoa-2021", "hospital-doctors-to-stations"): "tối thiểu 1 buổi/tuần",
        ("thanh-hoa-2021", "station-staff-practice"): "tối thiểu 01 tháng/năm",
        ("quang-ninh-2019", "self-inspection"): "định kỳ hoặc đột xuất",
        ("quang-ninh-2019", "opinion-surveys"): "Định kỳ",
        ("quang-ninh-2019", "smart-health-2"): "sau khi được phê duyệt",
        ("quang-ninh-2019", "procedures-review"): "Thường xuyên",
        ("quang-ninh-2019", "appendix-self-inspection"): "định kỳ hoặc đột xuất",
    }


def test_named_sites():
    sites = {t.id: len(t.units) for t in plan("thanh-hoa-2021").tasks if t.sites}
    assert sites["health-centre-offices"] == 1 + 7
    assert sites["wastewater"] == 1 + 10
    assert sites["specimen-transport"] == 1 + 5
    assert sites["regional-hospitals"] == 1 + 3
    stations = task("nhu-thanh-2021-2025", "new-stations")
    assert (len(stations.sites), len(stations.units)) == (4, 4)
    assert stations.target == "stations-newly-built"
    assert len(task("bac-giang-2023", "lis-pacs-new").executing) == 6


def test_the_slip_of_thanh_hoa_is_kept_and_told():
    found = task("thanh-hoa-2021", "ten-requirements")
    assert found.deadline == "trước ngày 15/01/2020"
    assert plan("thanh-hoa-2021").due(found) == date(2020, 1, 14)
    assert "2020" in found.note and "không sửa" in found.note
    assert "2025" in task("bac-giang-2024", "beds-survey").note


def test_comparisons_with_the_year_before_wait_as_goals():
    found = [
        (p.id, g.section)
        for p in deployment().plans.values()
        for g in p.goals
        if g.reason_vi.startswith("chỉ tiêu định lượng, sẽ đưa vào targets")
    ]
    assert found == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is not here")
def test_deadlines_are_in_the_words_of_the_document():
    for found, t in tasks():
        words = squeezed(t.deadline)
        assert t.deadline == NOT_STATED or words in seed(found.id), (found.id, t.id)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is not here")
def test_slips_quoted_in_notes_are_in_the_document():
    for plan_id in SEED_OF:
        text = seed(plan_id)
        for item in items(plan_id):
            quoted = re.findall(r"Bản OCR ghi ((?:\"[^\"]+\"(?:, )?)+)", item.note or "")
            for words in re.findall(r'"([^"]+)"', " ".join(quoted)):
                assert squeezed(words) in text, (plan_id, item.id, words)


def test_the_json_document_carries_everything():
    document = plan_document(plan("bac-giang-2023"), deployment())
    found = next(t for t in document["tasks"] if t["id"] == "lis-pacs-new")
    assert found["deadline"] == "trong tháng 11/2023"
    assert found["due"] == "2023-11-30"
    assert found["target"] == "lis-pacs-new-sites"
    assert found["lead"] == "Phòng Tổ chức - Hành chính, Sở Y tế"
    assert list(found) == [
        "id",
        "title_vi",
        "section",
        "deadline",
        "due",
        "lead",
        "support",
        "executing",
        "sites",
        "units",
        "target",
        "note",
    ]
    undated = next(t for t in document["tasks"] if t["id"] == "purchase-obstacles")
    assert undated["due"] is None
    assert [len(document[k]) for k in ("tasks", "reporting", "goals")] == [61, 3, 2]


BAD_TASKS = {
    'units = ["bg-khong-co"]': "«bg-khong-co» không có trong danh mục",
    'target = "khong-co"': "kế hoạch không có chỉ tiêu «khong-co»",
    "due = 2023-05-31": "due ghi tay phải có note nêu lý do",
    'deadline = "sớm"': "không hiểu thời hạn «sớm»; giữ nguyên chữ, ghi thêm due và note",
    'deadline = "31/2/2023"': "thời hạn «31/2/2023» không có trong lịch",
}


@pytest.mark.parametrize(("line", "message"), BAD_TASKS.items())
def test_faulty_tasks_are_refused_with_file_and_id(tmp_path, line, message):
    deadline = "" if line.startswith("deadline") else 'deadline = "không nêu"\n'
    assert message in faults_with_task(tmp_path, deadline + line)


def test_a_day_typed_by_hand_is_taken_with_a_reason(tmp_path):
    lines = 'deadline = "sớm"\ndue = 2023-05-31\nnote = "theo công văn hướng dẫn"'
    folder = folder_with_task(tmp_path, lines)
    found = load_deployment(folder).plans["bac-giang-2023"]
    assert found.due(found.tasks[-1]) == date(2023, 5, 31)


def test_a_goal_may_not_take_the_id_of_a_task(tmp_path):
    goal = '[[goals]]\nid = "one-more"\nsection = "III.4"\nsummary_vi = "a"\nreason_vi = "b"\n'
    lines = f'deadline = "không nêu"\n{goal}'
    assert "mã dùng 2 lần" in faults_with_task(tmp_path, lines)


def faults_with_task(tmp_path, lines):
    with pytest.raises(DataErrors) as caught:
        load_deployment(folder_with_task(tmp_path, lines))
    assert [(e.file, e.key) for e in caught.value.errors] == [
        ("plans/bac-giang-2023.toml", "one-more")
    ]
    return caught.value.errors[0].message


def folder_with_task(tmp_path, lines):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("run"))
    head = 'id = "one-more"\ntitle_vi = "Việc thêm"\nsection = "III.4"\nlead = "Sở Y tế"\n'
    with (folder / "plans" / "bac-giang-2023.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[tasks]]\n{head}{lines}\n")
    return folder
