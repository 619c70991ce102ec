"""The questions that the pages ask of people, as statements, and how long each takes."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.locks import NATIONAL, Figure
from bench.locks.people import PHONE
from pervichka.foundation import postgres
from pervichka.foundation.postgres.scope import enter
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.roles import Operator
from pervichka.register.branches.acting import acting_as, scope_of
from pervichka.register.branches.models import Branch
from pervichka.register.people.queries import (
    list_people,
    people_by_affiliation,
    people_of,
    search_people,
)

TODAY = date(2026, 11, 1)
ROUNDS = {NATIONAL: 3}
USUAL_ROUNDS = 15


@dataclass(frozen=True)
class Asked:
    """The statements that one question becomes, and whose scope they are asked in."""

    name: str
    actor: Actor
    statements: Sequence[str]


def questions() -> list[Asked]:
    """What is measured, as the statements that the application sends for it."""

    def head_of(branch: Branch) -> Actor:
        scope = Interval(branch.place, branch.place_end)
        return Actor(code="bench", role=Operator, scope=scope)

    primary = Branch.objects.filter(level="primary").order_by("place")[10]
    region = Branch.objects.get(code="RU-7")
    root = Branch.objects.get(parent=None)
    cases: Mapping[str, tuple[Branch, Callable[[Branch, Actor], object]]] = {
        "a branch's first page": (primary, lambda one, by: list_people(one, actor=by)),
        "a region's first page": (region, lambda one, by: list_people(one, actor=by)),
        "a phone in a region": (region, lambda _one, by: search_people(PHONE, actor=by)),
        "a last name's beginning in a region": (
            region,
            lambda _one, by: search_people("Петровск", actor=by),
        ),
        "a first name's beginning in a region": (
            region,
            lambda _one, by: search_people("Светл", actor=by),
        ),
        "a name's beginning in a region, by the API": (
            region,
            lambda one, by: people_of(branch=one, on=TODAY, actor=by, search="Петровск"),
        ),
        "a region's count": (
            region,
            lambda one, by: people_by_affiliation(branch=one, on=TODAY, actor=by),
        ),
        "a filter over a region": (
            region,
            lambda one, by: list_people(one, actor=by, affiliation="candidate"),
        ),
        NATIONAL: (root, lambda one, by: people_by_affiliation(branch=one, on=TODAY, actor=by)),
    }
    asked = []
    for name, (branch, ask) in cases.items():
        actor = head_of(branch)
        with acting_as(actor), CaptureQueriesContext(connection) as captured:
            ask(branch, actor)
        statements = [one["sql"] for one in captured if _is_about_people(one["sql"])]
        if not statements:
            raise AssertionError(name)
        asked.append(Asked(name, actor, statements))
    return asked


def _is_about_people(statement: str) -> bool:
    return "person" in statement or "people_named" in statement or "known_people" in statement


def measure(asked: Asked, people: int) -> Figure:
    """Medians of rounds by turns, from a transaction's beginning to its answer."""
    scope = scope_of(asked.actor)
    taken: dict[str, list[float]] = {"app": [], "owner": []}
    answers: dict[str, object] = {}
    with (
        psycopg.connect(postgres.connect_info("app").url) as app,
        psycopg.connect(postgres.connect_info("owner").url) as owner,
    ):
        sessions = {"app": app, "owner": owner}
        for _ in range(ROUNDS.get(asked.name, USUAL_ROUNDS) + 1):
            for role, session in sessions.items():
                start = time.perf_counter()
                with psycopg.ClientCursor(session) as cursor:
                    # For a statement's own functions the owner needs a scope too.
                    enter(session, scope)
                    rows = [cursor.execute(one).fetchall() for one in asked.statements]
                session.rollback()
                taken[role].append((time.perf_counter() - start) * 1000)
                answers[role] = [sorted(map(str, found)) for found in rows]
        if answers["app"] != answers["owner"]:
            raise AssertionError(asked.name)
    app_ms, owner_ms = (statistics.median(taken[role][1:]) for role in ("app", "owner"))
    return Figure(asked.name, people, round(app_ms, 2), round(owner_ms, 2))
