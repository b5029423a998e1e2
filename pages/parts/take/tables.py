"""Every table that can be taken away, by the name in its address: where its maker is.

A maker is a function of what was asked (`asked.Asked`) to a table (`indicators.table.Table`).
"""

from indicators.people import Act

TABLES = {
    "targets": "pages.parts.take.targets:targets",
    "others": "pages.parts.take.targets:others",
    "judged": "pages.parts.take.targets:judged",
    "worsening": "pages.parts.take.overview:worsening_table",
    "missing": "pages.parts.take.overview:missing",
    "forms": "pages.parts.take.overview:forms",
    "trend": "pages.parts.take.indicator:course",
    "ranking": "pages.parts.take.indicator:ranked",
    "every": "pages.parts.take.indicator:every",
    "lineage": "pages.parts.take.indicator:lineage",
    "heat": "pages.parts.take.heat:heated",
    "beside": "pages.parts.take.unit:beside",
    "parts": "pages.parts.take.unit:parts",
    "facilities": "pages.parts.take.unit:facilities",
    "reported": "pages.parts.take.unit:reported",
    "changes": "pages.parts.take.approval:changes",
    "log": "pages.parts.take.approval:log",
    "record": "pages.parts.take.unit:record",
}
# What asks for more than looking; everything else is for who may view.
NEEDS = {"log": Act.AUDIT}
