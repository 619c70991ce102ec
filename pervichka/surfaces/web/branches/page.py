"""What a branch's page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.branches.queries.units import Unit, primary_places, units_below
from pervichka.standard.facts.queries.activity import silent_places
from pervichka.standard.scores.queries.figures import figures_of, history_of, standing_of
from pervichka.standard.scores.queries.requests import Listed, requests_of
from pervichka.surfaces.web.branches import score
from pervichka.surfaces.web.branches.work import (
    AppealsLine,
    EventLine,
    PostLine,
    appeals_here,
    events_here,
    posts_here,
    unticked_here,
)
from pervichka.surfaces.web.crumbs import Crumb, crumbs_to
from pervichka.surfaces.web.drawings import Sparkline, sparkline
from pervichka.surfaces.web.levels import Level
from pervichka.surfaces.web.paging import Page, sliced
from pervichka.surfaces.web.periods import Chosen
from pervichka.surfaces.web.sentences import silent_sentence
from pervichka.surfaces.web.templatetags.pervichka import text_of
from pervichka.surfaces.web.units import Shown, UnitRow, unit_rows

TREND_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class BranchPage:
    unit: Unit
    level_title: str
    crumbs: Sequence[Crumb]
    level: Level
    sentence: str
    note: str
    periods: Sequence[tuple[str, str]]
    period: str
    may_plan: bool
    may_ask: bool
    steps: Sequence[score.StepLine]
    computed: bool
    trend: Sparkline | None
    trend_text: str
    peers: str
    criteria: Sequence[score.CriterionLine]
    children: Sequence[UnitRow]
    children_title: str
    silent_text: str
    silent_address: str
    paging: Page[UnitRow]
    unticked: Sequence[EventLine]
    appeals: AppealsLine | None
    events: Sequence[EventLine]
    posts: Sequence[PostLine]
    access_address: str
    people_address: str
    controller_address: str
    requests: Sequence[Listed]


def branch_page(request: HttpRequest, unit: Unit, chosen: Chosen, actor: Actor) -> BranchPage:
    scored, day = chosen.month, chosen.last_day()
    today = timezone.localdate(clock.now())
    query = f"?period={chosen.value}" if chosen.value else ""
    children = units_below(unit, on=day, actor=actor)
    ids = [unit.id, *(child.id for child in children)]
    now = figures_of(ids, scored, actor=actor) if scored else {}
    before = figures_of(ids, chosen.before, actor=actor) if chosen.before else {}
    own = now.get(unit.id)
    silent = silent_places(unit.interval, on=day) if children else []
    rows = unit_rows(
        children,
        Shown(scored=scored, index=None),
        now=now,
        before=before,
        primaries=primary_places(unit.interval, on=day) if children else [],
        silent=silent,
        query=query,
        actor=actor,
    )
    page = sliced(request, rows)
    history = history_of(unit.id, chosen.up_to(TREND_MONTHS), actor=actor)
    # To do something next is the branch's own; whoever looks from above is asked, not asking.
    own_to_run = actor.branch_id == unit.id and actor.may(Permission.RUN_EVENTS, unit.place)
    standing = standing_of(own, scored) if own and scored else None
    return BranchPage(
        unit=unit,
        level_title=_level_title(unit),
        crumbs=crumbs_to(unit, actor, query),
        level=Shown(scored=scored, index=None).level(own),
        sentence=score.state_sentence(own, before.get(unit.id), standing),
        note=chosen.note,
        periods=chosen.options,
        period=chosen.value,
        may_plan=own_to_run,
        may_ask=own_to_run and unit.parent_id is not None,
        steps=score.step_lines(unit, own, scored, query, actor),
        computed=own is not None,
        trend=sparkline([one.points for one in history]) if len(history) > 1 else None,
        trend_text=score.trend_text(history),
        peers=score.peers_sentence(unit, own, scored, standing),
        criteria=score.criterion_lines(unit, own, scored, query, actor),
        children=page.items,
        children_title=_heading(children),
        silent_text=silent_sentence(len(silent)) if silent else "",
        silent_address=reverse("web:silent", args=[unit.code]) + query,
        paging=page,
        unticked=unticked_here(unit, actor, today),
        appeals=appeals_here(unit, actor, today),
        events=events_here(unit, actor, today),
        posts=posts_here(unit, actor, day),
        access_address=_access(unit, actor),
        people_address=_people(unit, actor),
        controller_address=_controller(unit, actor),
        requests=requests_of(unit.id, actor=actor),
    )


def _access(unit: Unit, actor: Actor) -> str:
    if not actor.may(Permission.SEE_ACCESS, unit.place):
        return ""
    return f"{reverse('web:access')}?{urlencode({'branch': unit.code})}"


def _people(unit: Unit, actor: Actor) -> str:
    if not actor.may(Permission.SEE_PEOPLE, unit.place):
        return ""
    return f"{reverse('web:people')}?{urlencode({'branch': unit.code})}"


def _controller(unit: Unit, actor: Actor) -> str:
    if not actor.may(Permission.NAME_CONTROLLERS, unit.place):
        return ""
    return reverse("web:branch-controller", args=[unit.code])


def _level_title(unit: Unit) -> str:
    label = current_pack().level(unit.level).label
    return text_of({language: words.one for language, words in label.items()})


def _heading(children: Sequence[Unit]) -> str:
    if not children:
        return ""
    label = current_pack().level(children[0].level).label
    return text_of({language: words.heading for language, words in label.items()})
