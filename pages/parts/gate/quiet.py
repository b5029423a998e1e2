"""How many refusals of one address are written down: somebody who tries must not fill the disk."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

from pages.parts.gate.visit import Visit

PER_HOUR, HOUR = 100, 3600.0
ADDRESSES = 1000  # remembered at once


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
