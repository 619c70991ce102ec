"""Which kinds of facts there are: those of the catalogue and those registered."""

from dataclasses import dataclass

from pervichka.standard.facts.models import RegisteredKind
from pervichka.standard.rulebook.catalogue import KINDS


@dataclass(frozen=True, kw_only=True)
class KnownKind:
    """A kind as listed: `registered` ones come from other systems, for the purpose given."""

    kind: str
    meaning: dict[str, str]
    with_person: bool
    derived: bool
    registered: bool


def known_kinds() -> list[KnownKind]:
    """Every kind, by name; those of the catalogue first."""
    listed = [
        KnownKind(
            kind=kind.name,
            meaning=dict(kind.meaning),
            with_person=kind.with_person,
            derived=kind.derived,
            registered=False,
        )
        for kind in KINDS
    ]
    listed += [
        KnownKind(
            kind=kind.kind,
            meaning={"en": kind.purpose, "ru": kind.purpose},
            with_person=kind.with_person,
            derived=False,
            registered=True,
        )
        for kind in RegisteredKind.objects.order_by("kind")
    ]
    return listed


def kind_names() -> frozenset[str]:
    """The names an expression may mention."""
    return frozenset(known.kind for known in known_kinds())
