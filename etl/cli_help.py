"""What each command of the command line does, in a line."""

from etl.options_survival import SURVIVAL_HELP

HELP = {
    "init": "tạo hoặc nâng cấp cơ sở dữ liệu, nạp danh mục, kế hoạch, đơn vị",
    "load": "nạp tệp số liệu (CSV, XLSX, ODS)",
    "draft": "lưu nháp tệp số liệu chưa gửi, liệt kê các bản nháp, hoặc bỏ (--drop)",
    "template": "biểu mẫu để điền của một đơn vị, một kỳ (XLSX; CSV nếu tên tệp là .csv)",
    "aliases": "liệt kê các cách viết đã được xác nhận",
    "alias": "xác nhận một cách viết là đơn vị hoặc số liệu nào, hoặc thu hồi",
    "mappings": "liệt kê các cách đọc biểu riêng đã được lưu",
    "mapping": "thu hồi một cách đọc biểu riêng",
    "submissions": "liệt kê các lượt nộp",
    "rollback": "thu hồi một lượt nộp",
    "waiting": "báo cáo chờ duyệt",
    "approve": "duyệt các lượt nộp, hoặc mọi báo cáo không có gì phải xem của một kỳ (--clean)",
    "return": "trả lại các lượt nộp, kèm lý do",
    "close": "chốt số liệu một kỳ và mọi kỳ nằm trong đó, kèm lý do",
    "reopen": "mở lại một kỳ đã chốt, kèm lý do",
    "closings": "các lần chốt và mở lại",
    "audit": "nhật ký mọi việc đã làm, kèm mã nối",
    "verify": "kiểm tra tính toàn vẹn",
    "export": "kết xuất: report (.docx .pdf .xlsx), sheet (một trang PDF), late, bundle, verdicts, facts; "
    "dhis2, org-units (JSON, CSV cho DHIS2), calendar (.ics)",
    "own-text": "phần tự viết của báo cáo: lưu (keep), liệt kê, dùng lại (use), bỏ (drop)",
    "reports": "báo cáo đến hạn, quá hạn, đã nhận của từng đơn vị trong một ngày",
    "tasks": "nhiệm vụ của một kế hoạch: quá hạn, sắp đến hạn, đã xong trong một ngày",
    "task": "ghi nhận tiến độ một nhiệm vụ, hoặc thu hồi một ghi nhận",
    "action": "việc đã thống nhất cho chỉ tiêu: thêm (add), chuyển tình trạng (move), liệt kê (list)",
    "account": "tài khoản: thêm, liệt kê, đổi vai trò, mật khẩu, mở khóa, ngừng dùng",
    "sessions": "phiên làm việc đang mở: liệt kê (list), kết thúc (revoke)",
    "plans": "các kế hoạch dưới dạng dữ liệu",
    "coverage": "đã lấy gì từ từng mục của văn bản kế hoạch, bỏ lại gì và vì sao",
    "verdicts": "đánh giá các chỉ tiêu của một kế hoạch",
    "explain": "nguồn gốc của một con số",
    "check": "kiểm tra danh mục, kế hoạch, đơn vị",
    **SURVIVAL_HELP,
}
