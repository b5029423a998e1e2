"""The story of the simulated province: totals by quarter, who is late, what goes wrong.

Everything here is invented. Only the names of units and the number of communes are real.
"""

from __future__ import annotations

from datetime import date

PROVINCE = "thanh-hoa"
YEARS = (2020, 2021)

# Weight of each area (about thousands of people) and whether it is mountainous.
AREAS: dict[str, tuple[int, bool]] = {
    "th-ba-thuoc": (100, True),
    "th-bim-son": (59, False),
    "th-cam-thuy": (108, True),
    "th-dong-son": (76, False),
    "th-ha-trung": (117, False),
    "th-hau-loc": (176, False),
    "th-hoang-hoa": (240, False),
    "th-lang-chanh": (50, True),
    "th-muong-lat": (40, True),
    "th-nga-son": (142, False),
    "th-nghi-son": (300, False),
    "th-ngoc-lac": (135, True),
    "th-nhu-thanh": (95, True),
    "th-nhu-xuan": (66, True),
    "th-nong-cong": (170, False),
    "th-quan-hoa": (48, True),
    "th-quan-son": (40, True),
    "th-quang-xuong": (195, False),
    "th-sam-son": (110, False),
    "th-thach-thanh": (145, True),
    "th-thieu-hoa": (155, False),
    "th-tho-xuan": (198, False),
    "th-thuong-xuan": (88, True),
    "th-tp-thanh-hoa": (355, False),
    "th-trieu-son": (200, False),
    "th-vinh-loc": (85, False),
    "th-yen-dinh": (162, False),
}

# Beds and doctors of the provincial hospitals; they hardly change.
PROVINCIAL: dict[str, tuple[int, int]] = {
    "th-bvdk-tinh": (1150, 330),
    "th-bv-phu-san": (750, 200),
    "th-bv-nhi": (700, 190),
    "th-bv-ung-buou": (520, 120),
    "th-bv-phoi": (330, 70),
    "th-bv-noi-tiet": (150, 50),
}

# Province by quarter, 2020-Q1 to 2021-Q4.
POPULATION = tuple(3_628_000 + 5_200 * quarter for quarter in range(8))
BEDS = (35.5, 35.7, 35.9, 36.1, 36.4, 36.8, 37.25, 37.35)  # per 10,000 people
DOCTORS = (10.6, 10.65, 10.7, 10.75, 10.8, 10.85, 10.9, 10.95)  # per 10,000 people
INSURED = (89.6, 89.8, 90.0, 90.2, 90.3, 90.4, 90.6, 91.3)  # per cent of people
RECORDS = (12.0, 16.0, 20.0, 24.0, 28.0, 32.0, 36.5, 41.0)  # per cent of people
AT_STANDARD = (519, 520, 521, 526, 527, 529, 531, 537)  # of 559 communes
WITH_DOCTOR = (504, 503, 502, 500, 499, 498, 494, 494)  # of 559 stations
MANAGING_NCD = (478, 484, 490, 496, 501, 507, 512, 517)  # of 559 stations
UNDERWEIGHT = (15.5, 15.4, 15.2, 15.1, 15.0, 14.9, 14.7, 14.6)  # per cent of those weighed
IMMUNISED = (24.0, 47.9, 71.6, 95.3, 23.5, 47.0, 70.2, 95.4)  # per cent, since 1 January
WEIGHED = 0.066  # of the population

# Province by half-year and by year.
PHARMACIES_CONNECTED = (62.0, 74.0, 85.0, 93.0)  # per cent
BIRTHS = (55_900, 55_300)
SEX_RATIO = (114.6, 113.2)  # boys per 100 girls
INFANT_MORTALITY = (9.4, 9.1)  # per 1,000 live births

# Where stations lack a doctor, most of all.
WITHOUT_DOCTOR = {"th-muong-lat": 4.2, "th-quan-son": 4.5, "th-ba-thuoc": 4.0}
# Where few people have a health record.
FEW_RECORDS = {"th-muong-lat": 0.6}
NHU_THANH = "th-nhu-thanh"
# Communes of Như Thanh where immunisation stays below the rest.
LOW_COMMUNES = ("th-nhu-thanh-thanh-ky", "th-nhu-thanh-xuan-thai", "th-nhu-thanh-thanh-tan")

# Outbreaks in Như Thanh by quarter, and the year in which each named station is newly built.
OUTBREAKS = (0, 0, 0, 0, 0, 0, 1, 2)
STATIONS_TO_BUILD = {
    "th-nhu-thanh-phuong-nghi": 2024,
    "th-nhu-thanh-phu-nhuan": 2023,
    "th-nhu-thanh-thanh-tan": 2024,
    "th-nhu-thanh-xuan-thai": 2021,
}

# Never sent: the two that are missing when the story is told.
MISSING = {("2021-Q3", "th-ttyt-muong-lat"), ("2021-Q3", "th-bv-noi-tiet")}
# Single reports that never came, beside everything of the two above.
MISSING_FORMS = {
    ("2021-Q2", "th-phong-tccb", "action_plan_quarter"),
    ("2021-Q4", "th-chi-cuc-attp", "action_plan_quarter"),
    ("2021", "th-ttyt-ba-thuoc", "ttyt_tasks_year"),
}

# Sent after the day they were due.
LATE: dict[str, tuple[str, ...]] = {
    "2020-Q1": ("th-ttyt-quan-son", "th-ttyt-muong-lat", "th-bvdk-quan-hoa"),
    "2020-Q2": ("th-ttyt-ba-thuoc", "th-tyt-nhu-thanh-thanh-ky"),
    "2020-Q3": ("th-ttyt-quan-son", "th-bvdk-thuong-xuan"),
    "2020-Q4": ("th-ttyt-muong-lat", "th-ttyt-lang-chanh"),
    "2021-Q1": ("th-ttyt-quan-son", "th-tyt-nhu-thanh-xuan-thai"),
    "2021-Q2": ("th-ttyt-muong-lat", "th-ttyt-ba-thuoc", "th-bvdk-muong-lat"),
    "2021-Q3": ("th-ttyt-quan-son", "th-ttyt-lang-chanh", "th-bvdk-thuong-xuan"),
    "2021-Q4": ("th-ttyt-muong-lat", "th-bv-noi-tiet", "th-tyt-nhu-thanh-thanh-ky"),
    "2021": ("th-ttyt-muong-lat",),
}

# What a cell says instead of a number; key: period, unit, quantity.
NOT_KNOWN = {
    ("2020-Q1", "th-ttyt-muong-lat", "health_records"),
    ("2021-Q1", "th-tyt-nhu-thanh-xuan-thai", "children_weighed"),
    ("2021-Q1", "th-tyt-nhu-thanh-xuan-thai", "children_underweight"),
    ("2021-Q1", "th-ttyt-lang-chanh", "staff_in_network"),
}
NOTHING_HAPPENED = {
    ("2020-Q1", "th-ttyt-nhu-thanh", "large_epidemics"),
    ("2021-Q1", "th-ttyt-nhu-thanh", "large_epidemics"),
}
ESTIMATED = {
    ("2021-Q3", "th-ttyt-hau-loc", "insured"),
    ("2021-Q3", "th-ttyt-nga-son", "insured"),
    ("2021-Q3", "th-ttyt-thach-thanh", "insured"),
}

# Như Thanh: the health centre counts a few people more than its communes together.
DIFFERENCE = {("2021-Q2", "th-ttyt-nhu-thanh", "insured"): 12}
# First sent wrong (by so much), corrected by a second file.
MISTAKES = {("2021-Q2", "th-ttyt-trieu-son", "insured"): 5_400}
# Short files: period, unit, quantities to the name of the file and days after the form was due.
# Mường Lát sends what it counts of the third quarter with the last, so that the year is whole.
SECOND_FILES = {
    ("2021-Q2", "th-ttyt-trieu-son", ("insured",)): ("dinh-chinh", 16),
    ("2021-Q3", "th-ttyt-muong-lat", ("children_under_1", "children_fully_immunised")): (
        "bo-sung-tiem-chung",
        96,
    ),
    (
        "2021-Q3",
        "th-ttyt-muong-lat",
        ("covid_community_clusters", "large_epidemics", "new_hiv_infections"),
    ): ("bo-sung-dich-benh", 96),
    (
        "2021-Q3",
        "th-ttyt-muong-lat",
        (
            "large_food_poisonings",
            "vaccination_incidents",
            "households_inspected",
            "households_without_larvae",
            "reports_late",
        ),
    ): ("bo-sung", 96),
}
# Reports of the third quarter nobody decided on yet, as (unit, form); later periods all wait.
UNDECIDED = {
    ("th-ttyt-nga-son", "ttyt_quarter"),
    ("th-ttyt-quan-son", "ttyt_quarter"),
    ("th-bvdk-ngoc-lac", "hospital_quarter"),
}
DECIDED_TO = "2021-Q3"  # the last period that was gone through
# Changes asked for after approval: period, unit, quantity to how much more, days after the form
# was due, and why. The last of them was returned, with what was said.
REQUESTS = {
    ("2021-Q3", "th-ttyt-hau-loc", "doctors"): (2, 40, "Bổ sung 2 bác sĩ chuyển về từ tháng 9"),
    ("2021-Q3", "th-ttyt-yen-dinh", "doctors"): (9, 45, "Tính thêm bác sĩ hợp đồng"),
}
RETURNED = {("2021-Q3", "th-ttyt-yen-dinh"): "Bác sĩ hợp đồng dưới 12 tháng không tính"}
CLOSED = {
    "2020": (date(2021, 3, 1), "Đã đủ báo cáo năm 2020"),
    "2021-Q1": (date(2021, 6, 1), "Đã đủ báo cáo quý I"),
}
