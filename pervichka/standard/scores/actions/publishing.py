"""Publishing a standard: from then on its version never changes."""

from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.standard.facts.queries.kinds import kind_names
from pervichka.standard.rulebook.fingerprint import fingerprint
from pervichka.standard.rulebook.parser import parse, read_text
from pervichka.standard.scores.models import PublishedStandard


@transaction.atomic
def publish_standard(*, file: Path, by: Actor, at: datetime) -> PublishedStandard:
    """Publish a version. The same again changes nothing; other content under it is refused."""
    demand(by, Permission.PUBLISH_STANDARD, WHOLE_TREE)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('published standards'))")
    text = read_text(file)
    standard = parse(text, file=str(file), kinds=kind_names())
    mark = fingerprint(standard)
    known = PublishedStandard.objects.filter(slug=standard.slug, version=standard.version).first()
    if known is not None:
        if known.fingerprint == mark:
            return known
        raise Refused(
            Reason(
                message="version {version} of {slug} is published with other content; a published"
                " version never changes, so give this one another version",
                params={"version": standard.version, "slug": standard.slug},
                file=str(file),
            )
        )
    last = PublishedStandard.objects.aggregate(last=Max("sequence"))["last"] or 0
    published = PublishedStandard.objects.create(
        slug=standard.slug,
        version=standard.version,
        valid_from=standard.valid_from,
        text=text,
        fingerprint=mark,
        published_at=at,
        sequence=last + 1,
    )
    journal.append(by=by, at=at, action="standard.published", subject=published)
    return published
