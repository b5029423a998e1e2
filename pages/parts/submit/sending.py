"""Looking at files before they are sent, and sending them: the state of the submit page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from etl.context import opened, today
from etl.entries import Hints
from etl.flips import Flip
from etl.load import Loaded, Sending
from etl.receive import receive
from etl.store.connect import now
from indicators.people import Act
from pages.parts.person import may, may_record_of, may_send, signature
from pages.parts.submit import reasons

PREVIEWS, SENT, PROBLEM = "vd-previews", "vd-sent", "vd-problem"
NAME, SENDER, TURN = "vd-name", "vd-sender", "vd-uploader-turn"
# Stands for the reason while only looking: the changes of a file that still needs one are shown.
ONLY_LOOKING = "xem trước"


@dataclass(frozen=True)
class Preview:
    """One chosen file with what sending it would do, as the data stood at ``version``."""

    content: bytes
    hints: Hints
    version: int
    loaded: Loaded

    @property
    def count(self) -> dict[str, int]:
        """Cells added, changed, removed and unchanged; empty for a refused file."""
        return self.loaded.counts

    @property
    def needs_reason(self) -> bool:
        """Whether something in it must be explained."""
        return bool(reasons.asked(self.loaded.findings))

    @property
    def is_same(self) -> bool:
        """Whether everything in it is known already."""
        changed = {name: n for name, n in self.count.items() if name != "unchanged"}
        return not self.loaded.refused and not any(changed.values())

    @property
    def can_be_sent(self) -> bool:
        """Whether there is something to send and nothing in the way but perhaps a reason."""
        return not self.loaded.refused and not self.is_same


@dataclass(frozen=True)
class Sent:
    """A file that was stored, with the verdicts that changed by it."""

    loaded: Loaded
    flips: tuple[Flip, ...]


def preview(name: str, content: bytes, hints: Hints) -> Preview:
    """What sending a file would do. Done once for the same file, hints and data."""
    kept: dict[tuple[object, ...], Preview] = st.session_state.setdefault(PREVIEWS, {})
    version = opened().store.version()
    key = (name, hashlib.sha256(content).hexdigest(), hints, version)
    if key not in kept:
        how = Sending(sender(), now(), today(), ONLY_LOOKING, dry_run=True)
        context = opened()
        loaded = receive(context.store, context.deployment, name, content, hints=hints, how=how)
        kept[key] = Preview(content, hints, version, loaded)
    return kept[key]


def sender(key: str = NAME) -> str:
    """The name of the account; without accounts the one given on this page, kept for the session."""
    return signature() or str(st.session_state.get(key, st.session_state.get(SENDER, ""))).strip()


def ask_name(label: str, hint: str, *, key: str = NAME) -> None:
    """The field for the name. Streamlit forgets a field on other pages, so it is kept beside it.

    Whoever has an account signs with it: there is nothing to ask.
    """
    if signature():
        return
    st.session_state[key] = sender(key)
    st.session_state[SENDER] = st.text_input(label, key=key, placeholder=hint).strip()


def uploader_key() -> str:
    """The uploader gets a new key after sending, which empties it."""
    return f"vd-uploader-{st.session_state.get(TURN, 0)}"


def send(previews: Sequence[Preview]) -> None:
    """Store every file that can be sent; what is in the way goes on the page instead."""
    problem = problem_with(previews)
    if problem:
        st.session_state[PROBLEM] = problem
        return
    st.session_state[SENDER] = sender()  # before the field goes away with the files
    st.session_state[SENT] = [_store(p) for p in previews if p.can_be_sent]
    st.session_state[PREVIEWS] = {}
    reasons.clear()
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def problem_with(previews: Sequence[Preview]) -> str:
    """Why nothing may be sent just now, as the key of a text; "" when it may."""
    if not may(Act.SEND):
        return "account.act.no_right"
    ready = [p for p in previews if p.can_be_sent]
    if not all(may_send(p.loaded.units, p.loaded.periods) for p in ready):
        return "account.act.not_yours"
    steps = [step for p in ready for step in p.loaded.steps]
    if not all(may_record_of(step.of[0], step.unit) for step in steps):
        return "account.act.not_yours"
    return problem_with_form(ready)


def problem_with_form(ready: Sequence[Preview]) -> str:
    """What is missing on the page, or no longer as it was when the files were looked at."""
    if not sender():
        return "submit.name_needed"
    if not all(reasons.is_explained(p.loaded.findings) for p in ready):
        return "submit.reason_needed"
    version = opened().store.version()
    return "submit.stale" if any(p.version != version for p in ready) else ""


def _store(seen: Preview) -> Sent:
    context = opened()
    why, own = reasons.common(), reasons.each()
    how = Sending(sender(), now(), today(), why, compare=False, reasons=own)
    loaded = receive(
        context.store,
        context.deployment,
        seen.loaded.file,
        seen.content,
        hints=seen.hints,
        how=how,
    )
    return Sent(loaded, tuple(seen.loaded.flips))
