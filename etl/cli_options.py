"""Options of the commands about drafts, tasks, actions and exports."""

import argparse


def known_option(options: argparse.ArgumentParser, only: str = "") -> None:
    """From which earlier moment is looked; ``only``: where the command also acts, when that is."""
    options.add_argument("--as-known-on", metavar="T", help=f"như đã biết tại ngày T{only}")


def export_options(options: argparse.ArgumentParser) -> None:
    """One set of options for every kind: which of them a kind needs, it says itself."""
    options.add_argument("kind", metavar="KIND", help="loại tệp")
    options.add_argument("--plan", metavar="ID", help="kế hoạch")
    options.add_argument("--period", metavar="P", help="kỳ báo cáo, ví dụ 2021-Q3")
    options.add_argument("--unit", metavar="U", help="mã đơn vị")
    known_option(options)
    options.add_argument("--approved", action="store_true", help="chỉ số liệu đã duyệt")
    options.add_argument("--format", metavar="F", help="json hoặc csv (dhis2)")
    options.add_argument(
        "--keep", metavar="DOCX", help="báo cáo Word cũ: giữ phần tự viết (report)"
    )
    options.add_argument(
        "--without-own", action="store_true", help="không lấy phần tự viết đã lưu (report, bundle)"
    )
    options.add_argument(
        "--without-names",
        action="store_true",
        help="cho công chúng: không nêu ai nộp, ai phụ trách, tệp nào, ghi chú gì",
    )
    options.add_argument("-o", "--output", required=True, metavar="FILE", help="tệp để ghi")


def draft_options(options: argparse.ArgumentParser) -> None:
    """Options of the command."""
    options.add_argument("files", nargs="*", metavar="FILE")
    options.add_argument("--period", metavar="P", help="kỳ báo cáo, ví dụ 2021-Q3")
    options.add_argument("--unit", metavar="U", help="mã đơn vị")
    options.add_argument("--note", metavar="T", help="ghi chú")
    options.add_argument("--drop", metavar="MÃ", help="bỏ bản nháp có mã này")
    known_option(options, " (khi liệt kê)")
    options.add_argument("--by", metavar="NAME", help="người lưu")


def own_text_options(options: argparse.ArgumentParser) -> None:
    """Options of the command."""
    options.add_argument("what", choices=("keep", "list", "use", "drop"))
    options.add_argument("keep", nargs="?", metavar="DOCX", help="báo cáo Word đã sửa (keep)")
    options.add_argument("--plan", required=True, metavar="ID", help="kế hoạch")
    options.add_argument("--period", required=True, metavar="P", help="kỳ báo cáo")
    options.add_argument("--unit", metavar="U", help="mã đơn vị; không ghi là cả địa bàn kế hoạch")
    options.add_argument("--hash", metavar="H", help="mã của tệp đã gửi (use)")
    known_option(options, " (list)")
    options.add_argument("--by", metavar="NAME", help="người lưu")


def tasks_options(options: argparse.ArgumentParser) -> None:
    """Options of the command."""
    options.add_argument("--plan", required=True, metavar="ID")
    options.add_argument("--state", metavar="S", help="overdue, soon, doing, later, open, done…")
    options.add_argument("--on", metavar="NGÀY", help="như đã biết tại ngày này; mặc định hôm nay")
    known_option(options)


def task_options(options: argparse.ArgumentParser) -> None:
    """Options of the command."""
    options.add_argument("plan", metavar="PLAN")
    options.add_argument("task", metavar="TASK")
    options.add_argument("--state", metavar="S", help="done, doing, dropped")
    options.add_argument("--done-on", metavar="NGÀY", help="ngày hoàn thành, ví dụ 2021-06-30")
    options.add_argument("--evidence", metavar="T", help="minh chứng")
    options.add_argument("--note", metavar="T", help="ghi chú")
    options.add_argument("--revoke", type=int, metavar="ID", help="thu hồi ghi nhận số ID")
    options.add_argument("--reason", metavar="R", help="lý do thu hồi")
    options.add_argument("--by", metavar="NAME", help="người ghi nhận hoặc thu hồi")


def action_options(options: argparse.ArgumentParser) -> None:
    """Options of the command."""
    options.add_argument("what", choices=("add", "move", "list"))
    options.add_argument("--plan", metavar="ID")
    options.add_argument("--target", metavar="T", help="mã chỉ tiêu trong kế hoạch")
    options.add_argument("--indicator", metavar="I", help="nếu chỉ tiêu có nhiều phép đo")
    options.add_argument("--unit", metavar="U", help="đơn vị; không ghi là cả địa bàn kế hoạch")
    options.add_argument("--text", metavar="T", help="việc cần làm")
    options.add_argument("--owner", metavar="NAME", help="người, đơn vị phụ trách")
    options.add_argument("--due", metavar="NGÀY", help="hạn, ví dụ 2021-12-31")
    options.add_argument("--id", type=int, metavar="ID", help="số của việc (move)")
    options.add_argument("--state", metavar="S", help="agreed, doing, done, cancelled (move)")
    options.add_argument("--reason", metavar="R", help="lý do, kết quả (move)")
    options.add_argument("--on", metavar="NGÀY", help="như đã biết tại ngày này (list)")
    known_option(options, " (list)")
    options.add_argument("--by", metavar="NAME", help="người ghi")
