"""What the service manager is told: once, at the address it named, in either form of address."""

import socket
from pathlib import Path

import pytest

from etl.started import tell_manager

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")


def test_ready_arrives_where_a_file_was_named(tmp_path: Path) -> None:
    place = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(place)
        manager.settimeout(5)
        tell_manager({"NOTIFY_SOCKET": place})
        assert manager.recv(100) == b"READY=1"


def test_ready_arrives_where_a_name_without_a_file_was_named() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        try:
            manager.bind("\0van-dan-of-a-test")
        except OSError:
            pytest.skip("names without a file are of Linux alone")
        manager.settimeout(5)
        tell_manager({"NOTIFY_SOCKET": "@van-dan-of-a-test"})
        assert manager.recv(100) == b"READY=1"


def test_without_a_manager_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    tell_manager({})
