"""Telling the service manager that the server answers: then `systemctl start` waits, and fails aloud."""

import socket
from collections.abc import Mapping


def tell_manager(environ: Mapping[str, str]) -> None:
    """`READY=1` to the socket that systemd names (sd_notify(3)); nothing where nobody asked for it."""
    address = environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        # A name with @ is of Linux, without a file: there a zero byte stands for it.
        sender.sendto(b"READY=1", "\0" + address[1:] if address.startswith("@") else address)
