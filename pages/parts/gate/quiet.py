"""How much is written down of whoever tries or asks again and again: it must not fill the disk."""

from __future__ import annotations

from collections import OrderedDict
from math import inf
from time import monotonic

from pages.parts.gate.visit import Visit

PER_HOUR, HOUR = 100, 3600.0
ADDRESSES = 1000  # remembered at once
MINUTE = 60.0
READS = 10_000  # remembered at once


class Quiet:
    """Counts by address and login within the hour: a stranger does not use up the lines of others."""

    def __init__(self) -> None:
        self.counts: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def may(self, visit: Visit) -> bool:
        """Whether one more line may be written for whoever this is, from there."""
        key = (visit.address, visit.account.login if visit.account else "")
        since, count = self.counts.pop(key, (monotonic(), 0))
        if monotonic() - since > HOUR:
            since, count = monotonic(), 0
        self.counts[key] = (since, count + 1)
        while len(self.counts) > ADDRESSES:
            self.counts.popitem(last=False)
        return count < PER_HOUR


class Readers:
    """What was read through the interface: one line a minute for the same account and the same read.

    The same for files that were taken away by who has no account. Such a reader has no more lines
    than for refusals: he may make up what he asks.
    """

    def __init__(self) -> None:
        self.strangers = Quiet()
        self.noted: OrderedDict[tuple[str, str], float] = OrderedDict()

    def may(self, visit: Visit, read: str) -> bool:
        """Whether a line may be written for this read."""
        key = (visit.account.login if visit.account else visit.address, read)
        if monotonic() - self.noted.get(key, -inf) < MINUTE:
            return False
        if visit.account is None and not self.strangers.may(visit):
            return False
        self.noted[key] = monotonic()
        self.noted.move_to_end(key)
        while len(self.noted) > READS:
            self.noted.popitem(last=False)
        return True
