"""Options of the commands that check, keep and bring back everything."""

import argparse


def _verify(options: argparse.ArgumentParser) -> None:
    options.add_argument("--verdicts", action="store_true", help="thêm mã băm của mọi đánh giá")


def _backup(options: argparse.ArgumentParser) -> None:
    options.add_argument("path", metavar="PATH", help="tệp .zip, hoặc thư mục (tên tệp theo giờ)")


def _restore(options: argparse.ArgumentParser) -> None:
    options.add_argument("path", metavar="PATH", help="tệp do lệnh backup ghi")
    options.add_argument("--by", metavar="NAME", help="người khôi phục")


def _rebuild(options: argparse.ArgumentParser) -> None:
    options.add_argument("--accept", action="store_true", help="nhận cả khi có kết quả khác trước")
    options.add_argument("--by", metavar="NAME", help="người dựng lại")


SURVIVAL_HELP = {
    "verify": "kiểm tra tính toàn vẹn, in mã băm của mọi số liệu",
    "backup": "sao lưu tất cả vào một tệp, cả khi máy chủ đang chạy",
    "restore": "khôi phục từ bản sao lưu (máy chủ phải dừng); bản đang có được giữ lại",
    "rebuild": "dựng lại cơ sở dữ liệu từ tệp gốc, nhật ký và thư mục dữ liệu (máy chủ phải dừng)",
}
SURVIVAL_OPTIONS = {
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "rebuild": _rebuild,
}
