"""People as the rows of a file: the columns that there are, and what stands in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q

from pervichka.foundation import vault
from pervichka.register.access.actor import Actor
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import (
    Affiliation,
    Confirmation,
    Consent,
    ContactKind,
    ContactPoint,
)
from pervichka.register.people.queries.lists import listed
from pervichka.register.people.sealed_contacts import opened
from pervichka.register.texts.queries import published_texts

EXPORT_COLUMNS = (
    "code",
    "full_name",
    "branch",
    "affiliation",
    "affiliated_on",
    "confirmed_on",
    "phone",
    "email",
)
_AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class PersonToExport:
    """One person; `cells` are in the order of the columns asked for."""

    person_id: UUID
    branch_id: UUID
    place: int
    cells: Sequence[str]


def count_to_export(
    *, branch: Branch, on: date, actor: Actor, affiliations: Sequence[str] = ()
) -> tuple[int, int]:
    """How many people an export has, and how many of them are at home beyond the actor's branch."""
    found = listed(branch=branch, on=on, actor=actor, affiliations=affiliations)
    return found.count(), found.exclude(branch_id=actor.branch_id).count()


def rows_to_export(
    *,
    branch: Branch,
    on: date,
    actor: Actor,
    columns: Sequence[str],
    affiliations: Sequence[str] = (),
) -> Iterator[PersonToExport]:
    """The people of the branch and below it, in the tree's order, then by name.

    A phone number or address stands there only while the person's consent in force lets the
    organisation reach them that way.
    """
    found = listed(branch=branch, on=on, actor=actor, affiliations=affiliations)
    people = found.select_related("branch").order_by("place", "name_key", "id")
    coming = people.iterator(_AT_ONCE)
    while some := list(islice(coming, _AT_ONCE)):
        yield from _rows(some, on, columns)


def _rows(people: Sequence[Any], on: date, columns: Sequence[str]) -> Iterator[PersonToExport]:
    ids = [person.id for person in people]
    wanted = set(columns)
    since = _since(ids, on) if "affiliated_on" in wanted else {}
    said = _said(ids, on) if "confirmed_on" in wanted else {}
    reached = {kind: _reached(ids, kind, on) for kind in wanted & set(ContactKind.values)}
    for person in people:
        told = {
            "code": person.code,
            "full_name": person.full_name,
            "branch": branch_label(person.branch),
            "affiliation": person.affiliation,
            "affiliated_on": since.get(person.id, ""),
            "confirmed_on": said.get(person.id, ""),
            **{kind: values.get(person.id, "") for kind, values in reached.items()},
        }
        yield PersonToExport(
            person_id=person.id,
            branch_id=person.branch_id,
            place=person.place,
            cells=[told[name] for name in columns],
        )


def _since(ids: Sequence[UUID], on: date) -> dict[UUID, str]:
    in_force = Affiliation.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), person_id__in=ids, valid_from__lte=on
    ).order_by("valid_from")
    return {row.person_id: f"{row.valid_from:%Y-%m-%d}" for row in in_force}


def _said(ids: Sequence[UUID], on: date) -> dict[UUID, str]:
    said = Confirmation.objects.filter(person_id__in=ids, confirmed_on__lte=on)
    return {row.person_id: f"{row.confirmed_on:%Y-%m-%d}" for row in said.order_by("confirmed_on")}


def _reached(ids: Sequence[UUID], kind: str, on: date) -> dict[UUID, str]:
    reaching = [
        Q(text_code=code, text_version=version)
        for (code, version), text in published_texts().items()
        if kind in text.channels
    ]
    if not reaching:
        return {}
    agreed = Consent.objects.filter(
        Q(given_on=None) | Q(given_on__lte=on),
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=on),
        reduce(or_, reaching),
        person_id__in=ids,
    )
    points = ContactPoint.objects.filter(kind=kind, person_id__in=agreed.values("person_id"))
    keys = vault.ring()
    reached: dict[UUID, list[str]] = {}
    for point in points.order_by("id"):
        reached.setdefault(point.person_id, []).append(opened(point.id, point.sealed, keys))
    return {person: "; ".join(values) for person, values in reached.items()}
