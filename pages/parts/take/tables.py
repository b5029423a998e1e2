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
    "sides": "pages.parts.take.compare:sides",
    "other_sides": "pages.parts.take.compare:other_sides",
    "two_plans": "pages.parts.take.compare:two_plans",
    "tasks": "pages.parts.take.tasks:tasks",
    "agreed": "pages.parts.take.tasks:agreed",
    "late": "pages.parts.take.quality:late",
    "levels": "pages.parts.take.quality:levels",
    "gaps": "pages.parts.take.quality:gaps",
    "incomplete": "pages.parts.take.quality:targets",
    "doubts": "pages.parts.take.quality:doubts",
    "unusual": "pages.parts.take.quality:unusual",
    "scores": "pages.parts.take.quality:scores",
    "glossary": "pages.parts.take.methods:glossary",
    "catalogue": "pages.parts.take.methods:catalogue",
    "uploads": "pages.parts.take.uploads:sent",
    "progress_sent": "pages.parts.take.uploads:progress_sent",
    "reading": "pages.parts.take.indicator:read",
    "spine": "pages.parts.take.unit:spine",
    "beside": "pages.parts.take.unit:beside",
    "parts": "pages.parts.take.unit:parts",
    "facilities": "pages.parts.take.unit:facilities",
    "reported": "pages.parts.take.unit:reported",
    "waiting": "pages.parts.take.approval:waiting",
    "changes": "pages.parts.take.approval:changes",
    "access": "pages.parts.take.approval:access",
    "log": "pages.parts.take.approval:log",
    "record": "pages.parts.take.unit:record",
    "progress": "pages.parts.take.progress:tasks",
    "actions": "pages.parts.take.progress:actions",
}
# Of these the workbook is a form to fill in, made by another function.
FORMS = {
    "progress": "pages.parts.take.progress:tasks_form",
    "actions": "pages.parts.take.progress:actions_form",
}
# Logs: of all time, whatever is looked at.
ACTS = frozenset({"log", "access"})
# What asks for more than looking; everything else is for who may view.
NEEDS = {
    "log": Act.AUDIT,
    "access": Act.AUDIT,
    "waiting": Act.FOLLOW,
    "changes": Act.FOLLOW,
    "uploads": Act.FOLLOW,
    "progress_sent": Act.FOLLOW,
    "progress": Act.RECORD,
    "actions": Act.RECORD,
}
