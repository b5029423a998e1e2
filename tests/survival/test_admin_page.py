"""Every command of the administrator's page runs as it stands there, in its order."""

import re
import shlex
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest

from etl.__main__ import COMMANDS
from tests.cli import ROOT
from tests.etl.tables import DATA
from tests.survival.running import run_here

PAGE = ROOT / "docs" / "ADMIN.md"
UNITS = ("vandan.service", "vandan-backup.service")
# Run by hand under systemd, in this order, as they stand; a new command of the page comes here only
# after it was run so too. What starts with `python -m` runs below.
RUN_UNDER_SYSTEMD = r"""
apt-get install -y python3 python3-venv
useradd --system --home-dir /var/lib/vandan --shell /usr/sbin/nologin vandan
install -d -m 0700 -o vandan -g vandan /var/lib/vandan /var/backups/vandan
cp -r van-dan /opt/vandan
cd /opt/vandan && python3 app.py --help
cp -r /opt/vandan/data /var/lib/vandan/data && chown -R vandan:vandan /var/lib/vandan/data
cp deploy/vandan.env /etc/vandan.env
runuser -u vandan -- bash
set -a; . /etc/vandan.env; set +a; cd /opt/vandan; PATH=/opt/vandan/.venv/bin:$PATH
cd /opt/vandan
cp deploy/vandan.service deploy/vandan-backup.service deploy/vandan-backup.timer /etc/systemd/system/
systemctl daemon-reload
systemctl enable --now vandan.service vandan-backup.timer
apt-get install -y nginx
install -d -m 0700 /etc/ssl/vandan
cp /opt/vandan/deploy/nginx.conf /etc/nginx/conf.d/vandan.conf
nginx -t && systemctl reload nginx
rm -r /tmp/thu
systemctl stop vandan
runuser -u vandan -- bash -c 'set -a; . /etc/vandan.env; cd /opt/vandan; .venv/bin/python -m etl backup /var/backups/vandan'
rm -rf /opt/vandan.cu
mv /opt/vandan /opt/vandan.cu && cp -r van-dan /opt/vandan && cd /opt/vandan && python3 app.py --help
cp deploy/vandan.service deploy/vandan-backup.service deploy/vandan-backup.timer /etc/systemd/system/
systemctl daemon-reload
systemctl start vandan
curl -fsS http://127.0.0.1:8501/healthz
curl -fsS -H "X-Van-Dan-Token: $(python -c 'import json,os;print(json.load(open(os.environ["VANDAN_DB"]+".owner.json"))["token"])')" http://127.0.0.1:8501/metrics
find /var/backups/vandan -name 'vandan-*.zip' -mtime -2 | grep -q .
journalctl -u vandan -u vandan-backup -o cat | grep '^{'
systemctl list-timers vandan-backup.timer
systemctl start vandan-backup
"""
# Run by hand with the Python of Windows, in this order, as they stand, under Wine, which takes tasks
# but does not run them: their program was started every second instead, as in test_windows.py.
RUN_UNDER_WINE = r"""
cd /d "C:\Program Files"
xcopy /E /I /Q C:\moi\van-dan VanDan
cd VanDan
py app.py --help
deploy\vandan.cmd
python -m etl private C:\ProgramData\VanDan D:\saoluu
xcopy /E /I /Q data C:\ProgramData\VanDan\data
python -m indicators check
python -m etl init
python -m etl account add quan-tri --role admin
python -m etl verify
schtasks /Create /TN VanDan /XML deploy\vandan-task.xml
schtasks /Create /TN VanDanSaoLuu /XML deploy\vandan-backup-task.xml
python -m etl start
"C:\Program Files\VanDan\deploy\vandan.cmd"
python -m etl stop
python -m etl backup D:\saoluu
cd ..
if exist VanDan.cu rmdir /S /Q VanDan.cu
move VanDan VanDan.cu
xcopy /E /I /Q C:\moi\van-dan VanDan
cd VanDan
py app.py --help
python -m etl start
"""
# Between the lines of text; the last tells why a start was refused.
IN_THE_TEXT = {"systemctl stop vandan", "systemctl start vandan", "systemctl status vandan"}
OURS = re.compile(r"python -m (etl|indicators) ")
BACKUPS, ELSEWHERE = "/var/backups/vandan", "/tmp/thu"


def typed(windows: bool = False) -> list[str]:
    """What the page says to type, in its order: on Linux, or in the section about Windows."""
    parts = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.M)
    there = "".join(part for part in parts if ("Windows" in part.partition("\n")[0]) == windows)
    blocks = re.findall(r"^```\w*\n(.*?)^```", there, re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


def lines() -> list[str]:
    """Those of them that are ours."""
    return [line for line in typed() if OURS.match(line)]


def test_every_other_command_was_run_under_systemd() -> None:
    others = [line for line in typed() if not OURS.match(line)]
    assert others == RUN_UNDER_SYSTEMD.strip().splitlines()
    said = re.findall(r"`((?:systemctl|journalctl) [^`]*)`", PAGE.read_text("utf-8"))
    assert set(said) <= IN_THE_TEXT


def test_every_command_of_windows_was_run() -> None:
    assert typed(windows=True) == RUN_UNDER_WINE.strip().splitlines()


def test_who_starts_the_service_waits_until_it_answers() -> None:
    unit = (ROOT / "deploy" / "vandan.service").read_text("utf-8")
    assert "\nType=notify\n" in unit and "\nRestart=on-failure\n" in unit


def moved(word: str, folder: Path) -> str:
    """A place of the page as a place of this test; a dated backup is the one that was made."""
    made = sorted((folder / "backups").glob("*.zip"))
    if word.startswith(BACKUPS) and word.endswith(".zip"):
        return str(made[-1])
    return word.replace(BACKUPS, str(folder / "backups")).replace(ELSEWHERE, str(folder / "else"))


def test_the_page_names_every_command_that_keeps_things() -> None:
    said = {line.split()[3] for line in lines()}
    assert said >= {"init", "verify", "backup", "restore", "rebuild", "check", "account"}


def test_each_command_runs(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "db" / "vandan.duckdb"
    shutil.copytree(made, db.parent)
    (db.parent / "a.duckdb").rename(db)
    (db.parent / "a.uploads").rename(db.with_suffix(".uploads"))
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("VANDAN_DB", str(db))
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    for line in lines():
        _, _, _, *words = (moved(word, tmp_path) for word in shlex.split(line))
        # The password is typed on the terminal; here it is a line of standard input.
        monkeypatch.setattr("sys.stdin", StringIO("con trâu ăn cỏ ngoài đồng\n"))
        code, document = run_here(words)
        assert code == 0, (line, document)
    assert (tmp_path / "else" / "vandan.duckdb").exists()


def test_the_services_call_what_there_is() -> None:
    for name in UNITS:
        text = (ROOT / "deploy" / name).read_text("utf-8")
        command = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.M)[1])
        assert command[0].endswith(".venv/bin/python")
        is_ours = command[1] == "app.py" or command[3] in COMMANDS
        assert is_ours and "EnvironmentFile=/etc/vandan.env" in text


def test_every_variable_of_the_page_is_read_somewhere() -> None:
    said = set(re.findall(r"VANDAN_[A-Z_]+", PAGE.read_text("utf-8")))
    said |= set(re.findall(r"VANDAN_[A-Z_]+", (ROOT / "deploy" / "vandan.env").read_text("utf-8")))
    code = "".join(p.read_text("utf-8") for f in ("etl", "pages") for p in (ROOT / f).rglob("*.py"))
    code += (ROOT / "app.py").read_text("utf-8")
    assert {name for name in said if name not in code} <= {"VANDAN_PROXY"}


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    for unit in (ROOT / "deploy").glob("vandan*.*"):
        if unit.suffix in {".service", ".timer"}:
            # Neither the program nor its folders are on this machine.
            text = unit.read_text("utf-8").replace("/opt/vandan/.venv/bin/python", "/bin/true")
            (tmp_path / unit.name).write_text(text, "utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 3
    command = [program, "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Unknown" not in done.stderr and "vandan" not in done.stderr, done.stderr
