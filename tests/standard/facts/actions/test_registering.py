"""Kinds of other systems: named, with a purpose, about nothing that is refused."""

from datetime import UTC, datetime

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import DataProtectionOfficer, HeadquartersEditor
from pervichka.standard.facts.actions.registering import register_kind
from pervichka.standard.facts.models import RegisteredKind
from pervichka.standard.facts.queries.kinds import kind_names, known_kinds
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_root

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


def register(kind: str, purpose: str = "To count work", *, with_person: bool = False) -> None:
    register_kind(kind=kind, purpose=purpose, with_person=with_person, by=OPERATOR, at=NOW)


def test_a_registered_kind_is_listed_after_those_of_the_catalogue() -> None:
    register("x.service.opened", "Открытые приёмные")

    last = known_kinds()[-1]
    assert (last.kind, last.registered, last.with_person) == ("x.service.opened", True, False)
    assert "x.service.opened" in kind_names()


@pytest.mark.parametrize(
    "kind",
    ["service.opened", "x", "x.", "x.Service", "x.приём", "x.a b", "x.1a", "x..a", "x." + "a" * 99],
)  # fmt: skip
def test_a_wrong_name_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="not the name of a registered kind"):
        register(kind)
    assert not RegisteredKind.objects.exists()


def test_without_a_purpose_it_is_refused() -> None:
    with pytest.raises(Refused, match="for what purpose"):
        register("x.service.opened", "  ")


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        ("x.vote.cast", "To count"),
        ("x.ballots", "To count"),
        ("x.golosovanie", "To count"),
        ("x.a", "Кто проголосовал"),
        ("x.a", "Явка на участке"),
        ("x.job.changed", "To count"),
        ("x.a", "Место работы и зарплата"),
        ("x.a", "Их трудоустройство"),
        ("x.health.check", "To count"),
        ("x.a", "Диагнозы жителей"),
        ("x.a", "Прививки"),
        ("x.church.visit", "To count"),
        ("x.a", "Вероисповедание"),
        ("x.a", "Молитвы"),
    ],
)
def test_what_the_register_refuses_to_hold_is_refused_in_both_languages(
    kind: str, purpose: str
) -> None:
    with pytest.raises(Refused, match="are not held"):
        register(kind, purpose)


@pytest.mark.parametrize("kind", ["x.devotee.met", "x.advertised", "x.service.opened"])
def test_a_word_that_only_contains_a_refused_one_is_not_refused(kind: str) -> None:
    register(kind)


def test_whether_it_carries_people_is_settled_at_first() -> None:
    register("x.visit.paid", with_person=True)
    register("x.visit.paid", "Another purpose", with_person=True)

    with pytest.raises(Refused, match="the other answer on people"):
        register("x.visit.paid")

    kind = RegisteredKind.objects.get()
    assert (kind.purpose, kind.with_person) == ("Another purpose", True)


def test_only_with_the_right() -> None:
    root = a_root()
    officer = head_of(root, role=DataProtectionOfficer)
    register_kind(kind="x.a", purpose="To count", with_person=True, by=officer, at=NOW)

    with pytest.raises(Forbidden):
        register_kind(
            kind="x.b", purpose="To count", by=head_of(root, role=HeadquartersEditor), at=NOW
        )
