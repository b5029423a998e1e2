"""Targets of Bắc Giang 2024, written out a second time from the document."""

from tests.data.targets import asked_of_nobody, plan, row

EVERY = ("provincial_hospital", "provincial_centre", "health_centre", "polyclinic")
COMMUNES = ("commune",)
HOSPITAL = "bg-bv-ung-buou"

# id: section, comparator, value, deadline or year compared with, scope, in the first sentence
TARGETS = {
    "outbreaks-out-of-control": ("II.1.1", "none", None, None, "bac-giang", False),
    "epidemic-plan-of-every-unit": ("II.1.1.1.a/3", "done", None, "2024-01", EVERY, False),
    "infectious-diseases-fall": ("II.1.1.1.b/1", "falls", None, "2023", "bac-giang", True),
    "immunisation-every-commune": ("II.1.1.1.c/1", ">", 95, None, COMMUNES, True),
    "polio-eradicated": ("II.1.1.1.c/1", "maintain", None, "2023", "bac-giang", False),
    "neonatal-tetanus-eliminated": ("II.1.1.1.c/1", "maintain", None, "2023", "bac-giang", False),
    "bidding-rules-every-unit": ("II.1.1.2/1", "done", None, None, "bg-so-y-te", False),
    "nuclear-team": ("II.2.1/1", "bare", 1, "2024-06", HOSPITAL, False),
    "spect-ct-in-use": ("II.2.1", "done", None, None, HOSPITAL, False),
}


def test_targets_are_as_written():
    assert {t.id: row("bac-giang-2024", t) for t in plan("bac-giang-2024").targets} == TARGETS


def test_the_team_is_one_doctor_two_technicians_one_pharmacist():
    measures = plan("bac-giang-2024").target("nuclear-team").measures
    assert [(m.indicator, m.comparator, m.value) for m in measures] == [
        ("nuclear_doctors_trained", "bare", 1),
        ("nuclear_technicians_trained", "bare", 2),
        ("nuclear_pharmacists_trained", "bare", 1),
    ]


def test_cases_and_deaths_must_both_fall():
    measures = plan("bac-giang-2024").target("infectious-diseases-fall").measures
    assert [(m.indicator, m.comparator) for m in measures] == [
        ("infectious_cases", "falls"),
        ("infectious_deaths", "falls"),
    ]


def test_what_was_reached_is_none():
    for target_id in ("polio-eradicated", "neonatal-tetanus-eliminated"):
        target = plan("bac-giang-2024").target(target_id)
        assert (target.baseline, target.read_as) == (0, "<=")


def test_somebody_reports_what_is_asked():
    assert asked_of_nobody("bac-giang-2024") == []
