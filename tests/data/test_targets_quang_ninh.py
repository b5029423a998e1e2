"""Targets of Quảng Ninh 2019, written out a second time from the document."""

from tests.data.targets import asked_of_nobody, plan, row

EVERY = ("provincial_hospital", "provincial_centre", "health_centre")
TREATMENT = ("provincial_hospital", "health_centre")
CENTRES = ("health_centre",)
MEDICAL, FORENSIC = "qn-tt-giam-dinh-y-khoa", "qn-tt-phap-y"
CDC, LABORATORY = "qn-cdc", "qn-tt-kiem-nghiem"

# id: section, comparator, value, deadline or year compared with, scope, in the first sentence
TARGETS = {
    "made-known-to-all-staff": ("I/1", "done", None, "2019-03", EVERY, False),
    "plan-of-every-unit": ("I/2", "done", None, "2019-03", EVERY, False),
    "admin-files-on-time": ("II.1.1", "bare", 100, None, EVERY, True),
    "assigned-targets-done": ("II.1.1", "bare", 100, None, EVERY, True),
    "quality-score-rises": ("II.1.2/1", "rises", 10, "2018", TREATMENT, True),
    "new-technique-procedures": ("II.1.2/3", "bare", 100, None, "quang-ninh", True),
    "staff-follow-procedures": ("II.1.2/5", "bare", 100, None, "quang-ninh", True),
    "no-poor-criteria": ("II.1.2/7", "none", None, None, TREATMENT, False),
    "units-with-services": ("II.2.2/4", "bare", 50, None, "quang-ninh", True),
    "feedback-channels": ("II.2.3/2", "maintain", None, "2018", EVERY, False),
    "income-for-talent": ("II.3.1/2", ">=", 20, None, EVERY, True),
    "bridging-only-for-heads": ("II.3.1/3.2", "none", None, None, EVERY, False),
    "no-bridging-doctors": ("II.3.1/3.2", "none", None, None, EVERY, False),
    "toilets": ("II.4.2/4.3", "done", None, None, EVERY, False),
    "environmental-papers": ("II.4.2/4.5", "done", None, None, TREATMENT, False),
    "wastewater-column-b": ("II.4.2/4.5", "done", None, None, TREATMENT, False),
    "website-sections": ("II.5.1/5", "bare", 100, None, EVERY, True),
    "research-applied": ("II.5.3/2", "bare", 100, None, EVERY, True),
    "prevention-targets": ("PL.1/6", "bare", 100, None, CENTRES, False),
    "prevention-targets-cdc": ("PL.1/6", "bare", 100, None, CDC, False),
    "cdc-framework": ("PL.1/7", "done", None, None, CDC, False),
    "new-technique-procedures-each": ("PL.2/3", "bare", 100, None, TREATMENT, False),
    "licence-list": ("PL.2/4", "done", None, None, TREATMENT, False),
    "staff-follow-procedures-each": ("PL.2/5", "bare", 100, None, TREATMENT, False),
    "no-complaints": ("PL.2/6", "none", None, None, TREATMENT, False),
    "birth-rate": ("PL.3.2/4", "maintain", None, "2018", "quang-ninh", False),
    "sex-ratio-falls": ("PL.3.2/4", "falls", None, "2018", "quang-ninh", False),
    "no-falsification-giam-dinh": ("PL.4.1/4", "none", None, None, MEDICAL, False),
    "assessment-files-giam-dinh": ("PL.4.1/5", "bare", 100, None, MEDICAL, False),
    "no-overdue-letters-giam-dinh": ("PL.4.1/5", "none", None, None, MEDICAL, False),
    "no-discipline-giam-dinh": ("PL.4.1/5", "none", None, None, MEDICAL, False),
    "no-falsification-phap-y": ("PL.4.1/4", "none", None, None, FORENSIC, False),
    "assessment-files-phap-y": ("PL.4.1/5", "bare", 100, None, FORENSIC, False),
    "no-overdue-letters-phap-y": ("PL.4.1/5", "none", None, None, FORENSIC, False),
    "no-discipline-phap-y": ("PL.4.1/5", "none", None, None, FORENSIC, False),
    "iso-17025": ("PL.4.3/1", "done", None, None, LABORATORY, False),
    "glp-documents": ("PL.4.3/1", "done", None, None, LABORATORY, False),
    "machines-in-use": ("PL.4.3/5", "bare", 100, None, LABORATORY, False),
}


def test_targets_are_as_written():
    assert {t.id: row("quang-ninh-2019", t) for t in plan("quang-ninh-2019").targets} == TARGETS


def test_toilets_need_three_things():
    assert plan("quang-ninh-2019").target("toilets").indicators == (
        "separate_toilets",
        "toilets_supplied",
        "sanitary_water_supplied",
    )


def test_somebody_reports_what_is_asked():
    assert asked_of_nobody("quang-ninh-2019") == []
