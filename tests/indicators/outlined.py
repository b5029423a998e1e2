"""The small deployment with an outline of its document: every way a row can be accounted for."""

from typing import Any

from tests.indicators.small import files, target

OUTLINE, PLAN = "plans/plan.outline.csv", "plans/plan.toml"
HEAD = "section,title_vi,lines,left_vi"
ROWS = [
    "I (tiêu đề),Mục tiêu,1,Tiêu đề",
    "I/1,Bao phủ bảo hiểm,2,",
    "I/2,Giường bệnh,3-4,",
    'II,Nhiệm vụ,"6,8",',
    "III/1,Truyền thông,10,",
    "III/2,Nhắc về bảo hiểm,11,Nhắc lại: mục I/1",
    "IV,Báo cáo,13,",
    "Ký,Người ký,20-22,Thể thức văn bản",
]
TASK = {
    "id": "build",
    "title_vi": "Xây dựng",
    "section": "II",
    "deadline": "không nêu",
    "lead": "X",
}
RULE = {
    "id": "report",
    "section": "IV",
    "reporter": "Trạm",
    "recipient": "Sở",
    "frequency": "hàng quý",
    "deadline": "ngày 10",
}
GOAL = {"id": "goal", "section": "III", "summary_vi": "Truyền thông", "reason_vi": "không có số đo"}


def outlined() -> dict[str, Any]:
    """The small deployment, its plan cut down to what the outline speaks of."""
    contents = files()
    contents[PLAN] |= {
        "targets": [
            target("insurance", "insurance", ">=", 91, section="I/1"),
            target("beds", "beds_per_10k", ">=", 20, section="I"),
        ],
        "tasks": [TASK],
        "reporting": [RULE],
        "goals": [GOAL],
    }
    contents[OUTLINE] = [HEAD, *ROWS]
    return contents
