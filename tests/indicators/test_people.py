"""Who may do what: the table of rights and the reach of a unit."""

from datetime import date

import pytest

from indicators.deployment import load_deployment
from indicators.people import OPEN, Act, Person, Role, reach_of
from tests.cli import ROOT

LADDER = [Role.NOBODY, Role.PUBLIC, Role.LEADER, Role.ANALYST, Role.APPROVER, Role.ADMIN]


@pytest.mark.parametrize(
    ("act", "least"),
    [
        (Act.VIEW, Role.PUBLIC),
        (Act.FOLLOW, Role.LEADER),
        (Act.SEND, Role.ANALYST),
        (Act.RECORD, Role.ANALYST),
        (Act.DECIDE, Role.APPROVER),
        (Act.CLOSE, Role.APPROVER),
        (Act.AUDIT, Role.APPROVER),
        (Act.MANAGE, Role.ADMIN),
    ],
)
def test_each_act_begins_with_one_role(act: Act, least: Role) -> None:
    allowed = [role for role in LADDER if Person("a", "A", role).may(act)]
    assert allowed == LADDER[LADDER.index(least) :]


def test_a_unit_speaks_for_itself_and_below() -> None:
    deployment = load_deployment(ROOT / "data")
    tree = deployment.units.at(date(2021, 10, 1))
    province = deployment.plans["thanh-hoa-2021"].unit
    inside = {unit.id for unit in tree.within(province)}
    centre = next(u for u in sorted(tree.directed) if u in inside and u != province)
    below = tree.directed[centre][0]
    person = Person("a", "A", Role.ANALYST, unit=centre)
    assert person.may_send([centre, below], tree)
    assert not person.may_send([centre, province], tree)
    assert Person("a", "A", Role.ANALYST).may_send([province], tree)
    assert not Person("a", "A", Role.LEADER, unit=centre).may_send([centre], tree)
    assert reach_of(province, tree) > reach_of(centre, tree)


def test_progress_is_for_ones_own_area_and_the_one_whose_work_one_directs() -> None:
    tree = load_deployment(ROOT / "data").units.at(date(2021, 10, 1))
    centre = Person("a", "A", Role.ANALYST, unit="th-ttyt-nhu-thanh")
    assert centre.may_record("th-ttyt-nhu-thanh", tree) and centre.may_record("th-nhu-thanh", tree)
    assert not centre.may_record("thanh-hoa", tree) and not centre.may_record("th-nga-son", tree)
    assert Person("b", "B", Role.ANALYST, unit="th-so-y-te").may_record("thanh-hoa", tree)
    assert not Person("c", "C", Role.ANALYST, unit="th-bv-noi-tiet").may_record("thanh-hoa", tree)
    assert not Person("d", "D", Role.LEADER).may_record("thanh-hoa", tree)
    assert Person("e", "E", Role.APPROVER).may_record("thanh-hoa", tree)


def test_the_open_demo_may_everything() -> None:
    assert all(OPEN.may(act) for act in Act)
