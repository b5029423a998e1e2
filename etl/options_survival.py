"""Options of the commands that check, keep and bring back everything."""

import argparse


def _verify(options: argparse.ArgumentParser) -> None:
    options.add_argument("--verdicts", action="store_true", help="thêm mã băm của mọi đánh giá")


def _backup(options: argparse.ArgumentParser) -> None:
    options.add_argument("path", metavar="PATH", help="tệp .zip, hoặc thư mục (tên tệp theo giờ)")
    options.add_argument(
        "--keep-days", type=int, metavar="N", help="xong thì xóa bản cũ hơn N ngày trong thư mục"
    )
    options.add_argument("--log", metavar="FILE", help="ghi kết quả vào cuối tệp này")


def _restore(options: argparse.ArgumentParser) -> None:
    options.add_argument("path", metavar="PATH", help="tệp do lệnh backup ghi")
    options.add_argument("--by", metavar="NAME", help="người khôi phục")


def _rebuild(options: argparse.ArgumentParser) -> None:
    options.add_argument("--accept", action="store_true", help="nhận cả khi có kết quả khác trước")
    options.add_argument("--by", metavar="NAME", help="người dựng lại")


def _private(options: argparse.ArgumentParser) -> None:
    options.add_argument("folders", nargs="+", metavar="DIR", help="thư mục; chưa có thì được tạo")


SURVIVAL_HELP = {
    "verify": "kiểm tra tính toàn vẹn, in mã băm của mọi số liệu",
    "backup": "sao lưu tất cả vào một tệp, cả khi máy chủ đang chạy",
    "restore": "khôi phục từ bản sao lưu (máy chủ phải dừng); bản đang có được giữ lại",
    "rebuild": "dựng lại cơ sở dữ liệu từ tệp gốc, nhật ký và thư mục dữ liệu (máy chủ phải dừng)",
    "stop": "dừng máy chủ sau khi xong việc dở dang; nó nghỉ đến khi có lệnh start",
    "start": "cho máy chủ chạy lại, chờ đến khi nó trả lời (trình lập lịch của máy bật nó)",
    "private": "tạo thư mục mà chỉ máy chủ và người quản trị máy mở được",
}
SURVIVAL_OPTIONS = {
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "rebuild": _rebuild,
    "private": _private,
}
