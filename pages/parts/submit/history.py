"""The history of uploads: one row a file, folded details, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.context import local, opened, today
from etl.history import TakenBack, TakingBack, Upload, take_back, uploads
from etl.store.closing import PeriodClosed, closed_periods
from etl.store.connect import now
from etl.store.submissions import AlreadyApproved, AlreadyWithdrawn, NoSuchSubmission
from indicators.formats import format_number
from indicators.people import Act
from indicators.text import say
from pages.parts.html import e
from pages.parts.kept import kept_for_all
from pages.parts.links import show
from pages.parts.person import current_person, may, may_send
from pages.parts.submit.originals import original_link
from pages.parts.submit.sending import SENDER, ask_name, sender
from pages.parts.submit.tables import folded
from pages.parts.submit.taken_off import taken_off_text
from pages.parts.submit.words import flip_rows, labels, names
from pages.parts.take.menu import headed, take
from pages.parts.view import View, address

AT_ONCE = 10
ASKED, DONE, SHOWN = "withdraw", "vd-withdrawn", "vd-history-shown"
REASON, WHO, PROBLEM = "vd-withdraw-reason", "vd-withdraw-name", "vd-withdraw-problem"
PATH = "/nop-so-lieu"
NOT_NARROWED = {"unit": "", "period": "", "plan": ""}
LISTED = 40


def history(view: View) -> None:
    """Newest first, filtered by what the address asks for; one row may be open for taking back."""
    language = view.language
    title = say("history.title", language)
    scope, period = _filter(view)
    context = opened()
    found = uploads(context.store.cursor(), context.deployment, scope=scope, period=period)
    more = {"unit": scope or "", "period": period or ""}
    show(headed(title, take("uploads", title, view, **more) if found else ""), key="history-head")
    if scope or period:
        show(_filter_line(scope, period, language), key="history-filter")
    if not found:
        none = "history.none_here" if scope or period else "history.none"
        st.html(f'<p class="vd-quiet">{e(say(none, language))}</p>')
        return
    _rows(found, view)


def _filter(view: View) -> tuple[str | None, str | None]:
    """Only what the address really asks for; the whole province is no filter."""
    plan = opened().deployment.plans[view.plan]
    scope = view.unit if "unit" in st.query_params and view.unit != plan.unit else None
    return scope, view.period if "period" in st.query_params else None


def _filter_line(scope: str | None, period: str | None, language: str) -> str:
    unit = names([scope], language) if scope else ""
    of = labels([period], language) if period else ""
    text = e(say("history.filtered", language, what=" · ".join(filter(None, (unit, of)))))
    every = e(say("history.all", language))
    link = f'<a class="vd-chip" href="{e(address(PATH, **NOT_NARROWED))}">{every}</a>'
    return f'<p class="vd-quiet">{text} {link}</p>'


def _rows(found: Sequence[Upload], view: View) -> None:
    asked, ids = st.query_params.get(ASKED, ""), [str(u.id) for u in found]
    cut = ids.index(asked) + 1 if asked in ids else 0
    shown = found[: max(cut, st.session_state.get(SHOWN, AT_ONCE))]
    if cut and may_take_back(shown[cut - 1]):
        show(_table(shown[:cut], view, head=True), key="history-above")
        _confirm(shown[cut - 1], view.language)
        show(_table(shown[cut:], view, head=False), key="history-below")
    else:
        show(_table(shown, view, head=True), key="history")
    _more(len(found) - len(shown), view.language)


def _more(rest: int, language: str) -> None:
    if rest <= 0:
        return
    count = format_number(min(rest, AT_ONCE), 0, language)
    st.button(say("history.more", language, count=count), key="vd-more", on_click=_show_more)


def _show_more() -> None:
    st.session_state[SHOWN] = st.session_state.get(SHOWN, AT_ONCE) + AT_ONCE


def _table(found: Sequence[Upload], view: View, *, head: bool) -> str:
    heads = "".join(
        f"<span>{e(say(f'history.{name}', view.language))}</span>"
        for name in ("file", "units", "by", "time", "state")
    )
    top = f'<div class="vd-upload vd-upload-head">{heads}<span></span></div>' if head else ""
    rows = "".join(_row(upload, view) for upload in found)
    return f'<div class="vd-card vd-uploads">{top}{rows}</div>' if found else ""


def _row(upload: Upload, view: View) -> str:
    language = view.language
    words = (("simulated", upload.simulated), ("approved", upload.is_approved))
    mark = " · ".join(say(f"history.{word}", language) for word, holds in words if holds)
    periods = e(labels(upload.periods, language))
    if upload.note and not upload.simulated:
        periods += f"<br>{e(say('history.reason', language, reason=upload.note))}"
    link = ""
    if may_take_back(upload):
        word = say("history.take_back", language)
        link = f'<a class="vd-chip" href="{e(_link(upload))}">{e(word)}</a>'
    state = f"history.is.{upload.state}"
    return (
        f'<div class="vd-upload vd-up-{upload.state}">'
        f"<div>{original_link(upload.file_name, upload.hash, language)}"
        f"<small>{periods}</small></div>"
        f"<div>{_units(upload, language)}</div><div>{e(upload.received_by)}</div>"
        f"<div>{local(upload.received_at):%H:%M %d/%m/%Y}</div>"
        f"<div><b>{e(say(state, language))}</b><small>{e(mark)}</small>"
        f"{taken_off_text(upload, language)}</div>"
        f"<div>{link}</div></div>"
    )


def may_take_back(upload: Upload) -> bool:
    """Whether it is still there, its periods are open, and who looks may: own units, approvals."""
    store = opened().store
    closed = kept_for_all(("closed",), lambda: closed_periods(store.cursor()))
    if not upload.can_be_withdrawn or upload.is_closed(closed):
        return False
    if not may_send(upload.units, upload.periods):
        return False
    return not upload.is_approved or current_person().may(Act.DECIDE)


def _units(upload: Upload, language: str) -> str:
    if len(upload.units) <= 1:
        return e(names(upload.units, language))
    known = opened().deployment.units.latest_names
    listed = "; ".join(known[u].name for u in upload.units[:LISTED])
    rest = "; …" if len(upload.units) > LISTED else ""
    count = format_number(len(upload.units), 0, language)
    return folded(
        say("submit.say.units", language, count=count), f"<small>{e(listed + rest)}</small>"
    )


def _link(upload: Upload) -> str:
    return address(PATH, **{ASKED: str(upload.id)})


def _confirm(upload: Upload, language: str) -> None:
    """What taking the file back would do, why, and by whom."""
    with st.container(border=True, key="vd-withdraw"):
        show(_question(upload, language), key="withdraw-question")
        with st.container(horizontal=True, key="vd-withdraw-fields"):
            st.text_input(say("withdraw.reason", language), key=REASON)
            hint = say("submit.name_hint", language)
            ask_name(say("withdraw.name", language), hint, key=WHO)
        with st.container(horizontal=True):
            st.button(
                say("withdraw.confirm", language),
                key="vd-withdraw-yes",
                type="primary",
                on_click=_withdraw,
                args=(upload,),
            )
            st.button(say("withdraw.cancel", language), key="vd-withdraw-no", on_click=_close)
        problem = st.session_state.pop(PROBLEM, "")
        if problem:
            st.error(say(problem, language))


def _question(upload: Upload, language: str) -> str:
    left = [s for s in upload.submissions if s.state != "withdrawn"]
    what = say(
        "withdraw.what",
        language,
        count=format_number(len(left), 0, language),
        units=names(upload.units, language),
    )
    flips = take_back_looking(upload).flips
    title = say("submit.flip.title", language, count=len(flips))
    changes = f"<h3>{e(title)}</h3>{flip_rows(flips, language)}" if flips else ""
    if not flips:
        changes = f'<p class="vd-quiet">{e(say("submit.flip.none", language))}</p>'
    title = say("withdraw.title", language, file=upload.file_name)
    return f'<div class="vd-ask"><h2>{e(title)}</h2><p>{e(what)}</p>{changes}</div>'


def take_back_looking(upload: Upload) -> TakenBack:
    """What taking the file back would change; looked at once for the same data."""
    context = opened()
    key = ("vd-take-back", upload.id, context.store.version())
    if st.session_state.get("vd-take-back-key") != key:
        how = TakingBack("", "", now(), today(), dry_run=True, approved=True)
        st.session_state["vd-take-back-seen"] = take_back(
            context.store, context.deployment, upload, how=how
        )
        st.session_state["vd-take-back-key"] = key
    seen: TakenBack = st.session_state["vd-take-back-seen"]
    return seen


def _withdraw(upload: Upload) -> None:
    reason = str(st.session_state.get(REASON, "")).strip()
    by = sender(WHO)
    problem = _problem(upload, reason, by)
    if problem:
        st.session_state[PROBLEM] = problem
        return
    st.session_state[SENDER] = by
    context = opened()
    approved = current_person().may(Act.DECIDE)
    how = TakingBack(reason, by, now(), today(), approved=approved)
    try:
        taken = take_back(context.store, context.deployment, upload, how=how)
    except (AlreadyWithdrawn, NoSuchSubmission):
        st.session_state[PROBLEM] = "withdraw.too_late"
        return
    except (AlreadyApproved, PeriodClosed):
        st.session_state[PROBLEM] = "withdraw.decided"
        return
    st.session_state[DONE] = (upload.file_name, taken)
    _close()


def _problem(upload: Upload, reason: str, by: str) -> str:
    """Why a file cannot be taken back just now, as the key of a text; "" when it can."""
    if not may_send(upload.units, upload.periods):
        return "account.act.not_yours" if may(Act.SEND) else "account.act.no_right"
    if not reason:
        return "withdraw.reason_needed"
    return "" if by else "withdraw.name_needed"


def _close() -> None:
    st.query_params.pop(ASKED, None)
    st.session_state.pop(REASON, None)


def withdrawn_card(language: str) -> str:
    """What was just taken back, and the verdicts that changed by it; "" when nothing was."""
    done: tuple[str, TakenBack] | None = st.session_state.pop(DONE, None)
    if done is None:
        return ""
    file, taken = done
    count = format_number(len(taken.submissions), 0, language)
    text = say("withdraw.done", language, file=file, count=count)
    flips = ""
    if taken.flips:
        title = say("submit.sent.flips", language, count=len(taken.flips))
        flips = f"<h3>{e(title)}</h3>{flip_rows(taken.flips, language)}"
    return (
        '<section class="vd-card vd-file vd-is-ready" role="status"><div class="vd-file-head">'
        f'<i aria-hidden="true">✓</i><div><h2>{e(text)}</h2></div></div>{flips}</section>'
    )
