"""What the indicator is and what the plan asks: the document's own words, formula, legal basis, versions."""

from __future__ import annotations

from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.formats import format_plain, with_unit
from indicators.formula import formula
from indicators.period import period_label
from indicators.plans import Plan
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.html import e, vi


def definition(a: Assessment, plan: Plan, deployment: Deployment, language: str) -> str:
    """The card, to be read and not to be opened first."""
    title = e(say("definition.title", language))
    return (
        f'<section class="vd-card vd-definition"><h2>{title}</h2><div>'
        f"{terms(of_the_indicator(a, deployment, language))}"
        f"{terms(of_the_plan(a, plan, deployment, language))}</div></section>"
    )


def quote(a: Assessment, language: str) -> str:
    """The words of the plan with their section."""
    section = f"{say('grounds.section', language)} {a.target.section}"
    said = e(say("definition.quote", language, section=section))
    return (
        f'<figure class="vd-quote"><figcaption>{said}</figcaption>'
        f'<blockquote lang="vi">“{e(a.target.as_written)}”</blockquote>'
        "</figure>"
    )


def of_the_plan(
    a: Assessment, plan: Plan, deployment: Deployment, language: str
) -> list[tuple[str, str]]:
    """Deadline, conditions, what a higher level asks, notes."""
    return [
        (say("definition.document", language), vi(plan.document)),
        (say("definition.deadline", language), e(period_label(plan.deadline(a.target), language))),
        (say("definition.condition", language), vi(a.target.condition_vi)),
        (say("definition.superior", language), vi(superior(a, deployment, language))),
        (say("grounds.note", language), vi(a.target.note)),
    ]


def superior(a: Assessment, deployment: Deployment, language: str) -> str:
    """ "Tỉnh Thanh Hóa: 13 bác sĩ/vạn dân (…)"; "" where nobody above asks."""
    found = a.target.superior
    if found is None:
        return ""
    value = with_unit(format_plain(found.value, language), unit_of(a.indicator, language))
    return f"{deployment.units.latest_names[found.unit].name}: {value} ({found.source})"


def of_the_indicator(a: Assessment, deployment: Deployment, language: str) -> list[tuple[str, str]]:
    """Meaning, formula, legal basis, version and what changed, source."""
    indicator = a.indicator
    changed = "; ".join(
        say(
            "definition.from",
            language,
            day=f"{change.day:%d/%m/%Y}",
            reason=change.reason_vi if language == "vi" else change.reason_en,
        )
        for change in indicator.breaks
    )
    version = say("grounds.version_text", language, version=indicator.version)
    definition = indicator.definition_vi if language == "vi" else indicator.definition_en
    return [
        (say("grounds.definition", language), e(definition)),
        (say("grounds.formula", language), e(formula(indicator, deployment.catalogue, language))),
        (say("grounds.legal", language), vi(indicator.legal_basis)),
        (say("grounds.version", language), e(version)),
        (say("definition.breaks", language), e(changed)),
        (say("grounds.source", language), e(say(f"grounds.{indicator.source_kind}", language))),
        (say("grounds.note", language), vi(indicator.note)),
    ]


def terms(lines: list[tuple[str, str]]) -> str:
    """Terms and what they mean, as HTML; those without a meaning are left out."""
    items = "".join(f"<dt>{e(term)}</dt><dd>{html}</dd>" for term, html in lines if html)
    return f'<dl class="vd-terms">{items}</dl>'
