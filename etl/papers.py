"""Everything a paper is made from, of one plan, period and unit as known at one moment."""

from dataclasses import dataclass
from datetime import date, datetime

from etl.context import Context, local
from etl.results import Picture, picture
from etl.store.actions import actions
from etl.store.audit import version_at
from etl.store.current import Approved
from etl.store.tasks import in_force
from indicators.actions import Action
from indicators.charts.lines import line_of
from indicators.deployment import Deployment
from indicators.footing import Footing, footing
from indicators.letter import Letter, letter_of_unit
from indicators.period import Period, parse_period
from indicators.plans import Plan
from indicators.report.material import FormLine, Late, Material, Reporting, Stamp
from indicators.tasks import standings


@dataclass(frozen=True)
class Asked:
    """Which paper: of which plan, period and unit, as known at which moment (UTC)."""

    plan: Plan
    period: Period
    scope: str
    moment: datetime

    @property
    def only_approved(self) -> bool:
        """Whether approved reports alone count."""
        return isinstance(self.moment, Approved)

    @property
    def today(self) -> date:
        """The day in Vietnam on which it stands."""
        return local(self.moment).date()


def material(context: Context, asked: Asked) -> Material:
    """Everything, asked of the store now."""
    here = picture_of(context, asked, asked.scope)
    whole = here if asked.scope == asked.plan.unit else picture_of(context, asked, asked.plan.unit)
    return material_from(context, asked, here, whole)


def picture_of(context: Context, asked: Asked, scope: str) -> Picture:
    """The assessed targets of a scope, as the pages show them."""
    return picture(
        context.store,
        context.deployment,
        asked.plan,
        asked.period,
        scope=scope,
        today=asked.today,
        known_on=asked.moment,
    )


def material_from(context: Context, asked: Asked, here: Picture, whole: Picture) -> Material:
    """The same from pictures that are there already."""
    deployment, plan, cur = context.deployment, asked.plan, context.store.cursor()
    stands = standing_of(deployment, asked, here, whole)
    is_whole = asked.scope == plan.unit
    found = here.assessments
    judged = tuple(a for a in found if a.target.headline) if is_whole else stands.judged
    records = in_force(cur, plan.id, asked.moment)
    lines = {a.target.id: line for a in judged if (line := line_of(a, plan)) is not None}
    return Material(
        deployment=deployment,
        plan=plan,
        period=asked.period,
        scope=asked.scope,
        scope_name=name_of(deployment, asked.scope, asked.period),
        letter=letter_for(deployment, asked),
        assessor=here.assessor,
        judged=judged,
        others=tuple(a for a in found if not a.target.headline) if is_whole else (),
        beside=stands.beside,
        reporting=reporting_of(deployment, asked, here),
        tasks=tuple(
            s
            for s in standings(plan, records, asked.today)
            if is_whole or asked.scope in s.task.units
        ),
        actions=tuple(a for a in actions(cur, plan.id, asked.moment) if concerns(a, asked)),
        lines=lines,
        names=deployment.units.short_names(asked.period.end),
        stamp=Stamp(
            known_text(asked.moment),
            asked.today,
            version_at(cur, asked.moment),
        ),
        simulated=here.simulated,
    )


def known_text(moment: datetime) -> str:
    """ "14:05 ngày 25/11/2026", and that only approved reports count where that is so."""
    only = ", chỉ tính số liệu đã duyệt" if isinstance(moment, Approved) else ""
    return f"{local(moment):%H:%M} ngày {local(moment):%d/%m/%Y}{only}"


def standing_of(deployment: Deployment, asked: Asked, here: Picture, whole: Picture) -> Footing:
    """On what footing the unit stands towards the plan."""
    tree = deployment.units.at(asked.period.end)
    found, all_ = here.assessments, whole.assessments
    return footing(found, all_, plan=asked.plan, tree=tree, unit=asked.scope)


def concerns(action: Action, asked: Asked) -> bool:
    """Whether an action belongs into the paper: of a unit its own, of the whole all of them."""
    return asked.scope in (asked.plan.unit, action.unit)


def reporting_of(deployment: Deployment, asked: Asked, here: Picture) -> Reporting:
    """What was asked for and came, with the names of then."""
    progress, forms = here.progress, deployment.catalogue.forms
    lines = tuple(
        FormLine(forms[f.form].name_vi, f.due, f.expected, f.received, f.on_time)
        for f in progress.by_form()
    )
    late = [
        Late(
            r.unit,
            name_of(deployment, r.unit, asked.period),
            forms[r.form].name_vi,
            parse_period(r.period),
            r.due,
            r.days_overdue(asked.today),
            forms[r.form].due_source,
        )
        for r in progress.missing
    ]
    incomplete = tuple(name_of(deployment, unit, asked.period) for unit in here.incomplete)
    latest = None if here.latest is None else local(here.latest).date()
    ordered = tuple(sorted(late, key=lambda r: (-r.days, r.unit_name, r.form)))
    counts = progress.units_due, progress.units_done
    waiting = len(here.approval.waiting)
    return Reporting(*counts, lines, ordered, incomplete, latest, waiting, here.only_approved)


def name_of(deployment: Deployment, unit: str, period: Period) -> str:
    """The full name of a unit as it was in the period, else its latest."""
    known = deployment.units.at(period.end).units.get(unit)
    return known.name if known else deployment.units.latest_names[unit].name


def letter_for(deployment: Deployment, asked: Asked) -> Letter:
    """The frame of the unit itself; else one that reports to whoever made the plan."""
    letters = deployment.letters
    if asked.scope in letters:
        return letters[asked.scope]
    place = name_of(deployment, asked.plan.unit, asked.period)
    name = name_of(deployment, asked.scope, asked.period)
    is_whole = asked.scope == asked.plan.unit
    own = asked.plan.issuer if is_whole else name
    above = None if is_whole else letters.get(asked.plan.unit)
    return letter_of_unit(asked.scope, own, above, place)
