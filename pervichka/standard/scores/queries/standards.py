"""Which standards are published, and which is in force."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.standard.facts.queries.kinds import kind_names
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.rulebook.parser import parse, parse_file
from pervichka.standard.scores.models import PublishedStandard


@dataclass(frozen=True, kw_only=True)
class ListedStandard:
    """A published version, as listed."""

    slug: str
    version: str
    title: dict[str, str]
    valid_from: date
    fingerprint: str


def published_standards() -> list[ListedStandard]:
    """Every published version, the latest in force first."""
    return [
        ListedStandard(
            slug=published.slug,
            version=published.version,
            title=dict(document(published).title),
            valid_from=published.valid_from,
            fingerprint=published.fingerprint,
        )
        for published in PublishedStandard.objects.order_by("slug", "-valid_from", "-sequence")
    ]


def standard_in_force(month: Month, slug: str | None = None) -> PublishedStandard:
    """The version of the standard named (or of the only one) in force for the month.

    Raises `Refused` where there is none, or several and none is named.
    """
    if slug is None:
        slug = _only_slug()
    published = find_in_force(month, slug)
    if published is None:
        raise refuse(
            "no version of the standard {slug} is in force for {month}", slug=slug, month=month
        )
    return published


def find_in_force(month: Month, slug: str) -> PublishedStandard | None:
    """The version of the standard in force for the month, if there is one."""
    return (
        PublishedStandard.objects.filter(slug=slug, valid_from__lte=month.end)
        .order_by("-valid_from", "-sequence")
        .first()
    )


def standard_named(name: str) -> PublishedStandard:
    """`slug` (its last version) or `slug@version`. Raises `Refused`."""
    slug, _, version = name.partition("@")
    found = PublishedStandard.objects.filter(slug=slug)
    if version:
        found = found.filter(version=version)
    published = found.order_by("-valid_from", "-sequence").first()
    if published is None:
        raise refuse("there is no published standard {name}", name=repr(name))
    return published


def document(published: PublishedStandard) -> Standard:
    """The document as values."""
    return _parsed(published.fingerprint, published.text, f"{published.slug}.yaml")


def check_standard(*, file: Path) -> Standard:
    """The document, read with the kinds known here. Raises `Refused` with every mistake."""
    return parse_file(file, kinds=kind_names())


@lru_cache(maxsize=32)
def _parsed(fingerprint: str, text: str, file: str) -> Standard:
    # Its kinds were known when it was published.
    return parse(text, file=file, kinds=None)


def _only_slug() -> str:
    slugs = list(
        PublishedStandard.objects.order_by("slug").values_list("slug", flat=True).distinct()
    )
    if not slugs:
        raise refuse("no standard is published yet")
    if len(slugs) > 1:
        raise refuse("name one of the standards: {slugs}", slugs=", ".join(slugs))
    return slugs[0]
