"""Why warnings may pass: one reason for all of them, or one for each kind where there are more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from etl.findings import Finding, Severity, describe, severity_of
from indicators.formats import format_number
from indicators.text import say
from pages.parts.label import label_above

COMMON = "vd-reason"
SHOWN = 150  # characters of a finding above the field for its reason


def asked(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that need a reason, by code, in the order of the file."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if severity_of(finding) is Severity.NEEDS_REASON:
            found.setdefault(finding.code, []).append(finding)
    return found


def ask_reasons(findings: Sequence[Finding], language: str) -> None:
    """The fields: nothing, one, or one for all and one for each kind of warning."""
    kinds = asked(findings)
    if not kinds:
        return
    several = len(kinds) > 1
    label = say("submit.reason_common" if several else "submit.reason", language)
    hint = say("submit.reason_hint", language)
    st.text_area(label, key=COMMON, placeholder=hint, height=80)
    if several:
        with st.expander(say("submit.reason_each", language), key="vd-reasons"):
            for code, group in kinds.items():
                _ask_one(code, _about(group, language), hint)


def _ask_one(code: str, about: str, hint: str) -> None:
    with st.container(gap=None):
        label = label_above(about)
        key = _key(code)
        st.text_input(label, key=key, placeholder=hint, label_visibility="collapsed")


def _about(group: Sequence[Finding], language: str) -> str:
    """The first finding of a kind, and how many more there are."""
    text = str(describe(group[0], language)["sentence"])
    text = text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"
    more = len(group) - 1
    count = format_number(more, 0, language)
    return f"{text} {say('submit.reason_more', language, count=count)}" if more else text


def common() -> str:
    """The reason given for all warnings."""
    return str(st.session_state.get(COMMON, "")).strip()


def each() -> dict[str, str]:
    """The reasons given for one kind of warning: by code."""
    given = {
        str(key).removeprefix(_key("")): str(text).strip()
        for key, text in st.session_state.items()
        if str(key).startswith(_key(""))
    }
    return {code: text for code, text in given.items() if text}


def is_explained(findings: Iterable[Finding]) -> bool:
    """Whether every kind of warning has its own reason or the common one."""
    return bool(common()) or asked(findings).keys() <= each().keys()


def clear() -> None:
    """Forget what was given, after sending."""
    for key in [str(key) for key in st.session_state if str(key).startswith(_key(""))]:
        del st.session_state[key]
    st.session_state[COMMON] = ""


def _key(code: str) -> str:
    return f"vd-reason:{code}"
