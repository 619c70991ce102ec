"""Lists of people that were taken along as files."""

from datetime import datetime

from django.db import connections

from pervichka.register.accounts.models import User
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import Wish, ask_export, download_export, make_export
from pervichka.register.disclosure.models import PeopleExport
from pervichka.register.disclosure.sealing import opened
from pervichka.register.people.models import Person
from pervichka.register.posts.queries import acting_user
from tests.builders.users import a_user_with_post

LEADS = "leads-the-region"


def an_export(
    *, user: User, branch: Branch, at: datetime, purpose: str = "calls", form: str = "csv"
) -> PeopleExport:
    """Asked for by the user in their post, and made as the worker makes it."""
    by = acting_user(user, at=at)
    wish = Wish(
        branch=branch, affiliation="", purpose=purpose, words="Сверка перед собранием", form=form
    )
    with acting_as(by):
        export = ask_export(wish=wish, by=by, at=at)
        assert make_export(export_id=export.id, by=by, at=at)
    return export


def content_of(export: PeopleExport, *, at: datetime) -> bytes | None:
    """As whoever asked downloads it; none where it can't be had any more."""
    by = acting_user(export.user, at=at)
    with acting_as(by):
        found = download_export(export_id=export.id, by=by, at=at)
    return None if found is None else found.content


def taken_along(person: Person, *, at: datetime) -> None:
    """Who signs in has taken a file with them in it, and so has the head of the region: two."""
    region = Branch.objects.get(code="RU-AD")
    head = a_user_with_post(branch=region, kind="regional_head", name=LEADS)
    an_export(user=head, branch=region, at=at)
    an_export(user=head, branch=person.branch, purpose="reconciliation", at=at)
    an_export(user=User.objects.get(person=person), branch=person.branch, at=at)


def contents() -> list[str]:
    """What stands in all files there are; for whoever reads past the locks, with the keys."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select export_id, sealed from people_export_file")
        return [opened(*row).decode() for row in cursor.fetchall()]
