"""Passwords: what one must be like, and hashes by argon2."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256  # characters
AT_ONCE, WAITING = 2, 8  # each hashing takes 64 MiB and a tenth of a second
PATIENCE = 5.0  # seconds in the queue
# Without what looks alike, because a one-time password is read to somebody over the telephone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
COMMON_WORDS = (
    "123456789012 1234567890123 000000000000 111111111111 123123123123 qwertyuiop12 "
    "qwertyuiopas password1234 passwordpassword matkhau12345 matkhaumatkhau administrator "
    "admin1234567 adminadminadmin soyte1234567 vietnam12345 vietnamvietnam thanhhoa2021 "
    "abcdefghijkl iloveyou1234 letmeinletmein 1q2w3e4r5t6y quantri12345 vandan123456 "
    "vandanvandan "
)
COMMON = frozenset(COMMON_WORDS.split())
_hasher = PasswordHasher()
_queue = BoundedSemaphore(WAITING)
_places = Semaphore(AT_ONCE)
# Verified for a login nobody has, so that the answer takes as long as for one somebody has.
_nobody = _hasher.hash(secrets.token_urlsafe(24))


class Busy(Exception):
    """Too many passwords are being looked at; whoever asks should try again."""


def weakness(password: str, login: str) -> str:
    """Why a password will not do, as the key of a text; "" where it does."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return "account.password.short"
    if len(password) > LONGEST:
        return "account.password.long"
    if login and login in plain and len(plain) - len(login) < SHORTEST - 4:
        return "account.password.login"
    if plain in COMMON or len(set(plain)) < 4:
        return "account.password.common"
    return ""


def hashed(password: str) -> str:
    """The hash to keep: argon2id with its own salt and costs."""
    with place():
        return _hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether this is the password; an empty ``kept`` takes the same time and never matches."""
    with place():
        try:
            return _hasher.verify(kept or _nobody, password[: LONGEST + 1]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def one_time() -> str:
    """A password to be changed at the first login: 75 bits, in groups of five."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


@contextmanager
def place() -> Iterator[None]:
    """One of the few places where a password is looked at; Busy where too many wait already."""
    if not _queue.acquire(blocking=False):
        raise Busy
    try:
        if not _places.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _places.release()
    finally:
        _queue.release()
