"""Rules about quantities and words of measures: what they name exists, fits together, is said once."""

from decimal import Decimal

from indicators.catalogue import Catalogue
from indicators.references import must_exist
from indicators.rules import Rule, RuleKind
from indicators.schema import Collector

At = tuple[str, str]


def check_band(band: tuple[Decimal, Decimal] | None, at: At, c: Collector) -> None:
    """A plausible band goes up."""
    if band and band[0] >= band[1]:
        c.add(*at, "khoảng hợp lý phải tăng dần")


def check_rules(catalogue: Catalogue, c: Collector) -> None:
    """Both sides name quantities of one unit of measure that the same kinds of unit report."""
    for rule in catalogue.rules.values():
        at = (c.file_of("rules", rule.id), rule.id)
        must_exist(rule.quantities, catalogue.quantities, at=at, c=c)
        if not _has_sides(rule):
            c.add(*at, "mỗi vế phải có số liệu; quy tắc rate: một tỷ lệ, rồi tử số và mẫu số")
        if len(set(rule.quantities)) < len(rule.quantities):
            c.add(*at, "một số liệu chỉ đứng một lần trong quy tắc")
        if set(rule.quantities) <= set(catalogue.quantities):
            _check_together(rule, catalogue, at, c)


def _has_sides(rule: Rule) -> bool:
    if rule.kind is RuleKind.RATE:
        return len(rule.left) == 1 and len(rule.right) == 2 and rule.factor > 0
    return bool(rule.left and rule.right)


def _check_together(rule: Rule, catalogue: Catalogue, at: At, c: Collector) -> None:
    found = [catalogue.quantities[name] for name in rule.quantities]
    if rule.kind is not RuleKind.RATE and len({q.unit_of_measure for q in found}) > 1:
        c.add(*at, "các số liệu của quy tắc phải cùng đơn vị tính")
    if found and not set.intersection(*({*q.kinds} for q in found)):
        c.add(*at, "không loại đơn vị nào báo cáo đủ các số liệu của quy tắc")


def check_measures(catalogue: Catalogue, c: Collector) -> None:
    """A factor is above 0, there is a word for it, and a word has one meaning."""
    holders: dict[str, str] = {}
    for measure in catalogue.measures.values():
        at = (c.file_of("measures", measure.id), measure.id)
        if measure.factor <= 0:
            c.add(*at, "hệ số phải lớn hơn 0")
        if not measure.words:
            c.add(*at, "phải có ít nhất một cách viết")
        for word in {" ".join(word.casefold().split()) for word in measure.words}:
            holder = holders.setdefault(word, measure.id)
            if holder != measure.id:
                c.add(*at, f"«{word}» đã là một cách viết của «{holder}»")
