"""The sentence of the first screen: how many targets stand how."""

from collections import Counter
from collections.abc import Iterable

from indicators.assess import Assessment
from indicators.judge import GOOD, Verdict
from indicators.text import say


def headline(assessments: Iterable[Assessment], language: str = "vi") -> str:
    """The sentence of the first screen: how many are met, at risk, missed, without figures."""
    counts = Counter(a.verdict for a in assessments)
    total = sum(counts.values())
    bad = {v: counts[v] for v in (Verdict.NOT_MET, Verdict.NOT_YET_MET) if counts[v]}
    return say(
        "summary.sentence",
        language,
        good=sum(counts[v] for v in GOOD),
        total=total,
        exceeded=_clause("exceeded", counts[Verdict.EXCEEDED], language),
        risk=_clause("risk", counts[Verdict.AT_RISK], language),
        bad="".join(_clause(str(v), n, language) for v, n in bad.items()),
        unknown=_clause("unknown", counts[Verdict.NO_DATA], language),
    )


def _clause(key: str, count: int, language: str) -> str:
    return say(f"summary.{key}", language, count=count) if count else ""


def worrying_clauses(
    assessments: Iterable[Assessment], language: str = "vi"
) -> list[tuple[Verdict, str]]:
    """The parts of the headline that say what is missed or at risk, as they stand in it."""
    counts = Counter(a.verdict for a in assessments)
    keys = {
        Verdict.AT_RISK: "risk",
        Verdict.NOT_MET: str(Verdict.NOT_MET),
        Verdict.NOT_YET_MET: str(Verdict.NOT_YET_MET),
    }
    found = ((v, _clause(key, counts[v], language)) for v, key in keys.items())
    return [(verdict, clause.lstrip(", ")) for verdict, clause in found if clause]


def rest(assessments: Iterable[Assessment], language: str = "vi") -> str:
    """What the headline leaves out: on track, behind, partial, not due; "" when nothing."""
    counts = Counter(a.verdict for a in assessments)
    order = (
        Verdict.ON_TRACK,
        Verdict.BEHIND,
        Verdict.PARTIAL,
        Verdict.TOO_FEW,
        Verdict.DEFINITION_CHANGED,
        Verdict.NOT_DUE,
        Verdict.NO_BASELINE,
        Verdict.NOTHING,
        Verdict.NO_TARGET,
    )
    found = [say(f"summary.{v}", language, count=counts[v]) for v in order if counts[v]]
    return "; ".join(found) + "." if found else ""
