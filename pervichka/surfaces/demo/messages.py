"""Days of silence, an imprint, and a few campaigns by e-mail of each of the first branches."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import visible_to
from pervichka.register.campaigning.actions import load_calendar, name_imprint
from pervichka.register.campaigning.document import document_of
from pervichka.surfaces.demo.seeded import at_clock
from pervichka.work.messaging.actions import Draft, PastCampaign, load_campaigns

_MOST_BRANCHES = 120
_DRAFTS = (
    (
        Draft(
            title="Новости отделения",
            purpose="branch_work",
            subject_ru="Что нового в нашем отделении",
            body_ru="Здравствуйте, {first_name}!\n\nНа собрании решили поставить скамейки во дворе"
            " школы. Приходите помочь в субботу в 11 часов.\n\n{branch}",
            affiliations=("member", "supporter"),
        ),
        timedelta(days=40),
    ),
    (
        Draft(
            title="Приглашение на субботник",
            purpose="branch_work",
            subject_ru="{first_name}, приходите на субботник",
            body_ru="Здравствуйте, {first_name}!\n\nСобираемся в субботу у школы, инструменты"
            " дадим.\n\n{branch}",
            subject_en="Come to the community work day",
            body_en="Hello {first_name},\n\nwe meet on Saturday at the school; tools are there."
            "\n\n{branch}",
            affiliations=("member", "supporter", "contact"),
        ),
        timedelta(days=12),
    ),
    (
        Draft(
            title="Итоги месяца",
            purpose="branch_work",
            subject_ru="Что сделано за месяц",
            body_ru="Здравствуйте, {first_name}!\n\nКоротко о том, что успели за месяц.\n\n"
            "{branch}",
            affiliations=("member",),
        ),
        None,
    ),
)


def load_messages(*, root: str, today: date, by: Actor, at: datetime) -> None:
    """Letters that went out are of the past: nothing is sent for it."""
    document, file = document_of(settings.PACK)
    load_calendar(document=document, file=file, by=by, at=at)
    name_imprint(
        branch=visible_to(by).get(code=root),
        ru="Изготовлено и оплачено: Вымышленная общероссийская организация, г. Примерный,"
        " Выдуманная ул., д. 1. Распространяется по электронной почте.",
        en="Made and paid by the Made-up Organisation, 1 Invented Street, Sampletown."
        " Distributed by e-mail.",
        valid_from=today.replace(month=1, day=1),
        by=by,
        at=at,
    )
    zone = ZoneInfo(settings.TIME_ZONE)
    branches = visible_to(by).filter(level="primary", closed_on=None).order_by("place")
    campaigns = [
        PastCampaign(
            branch=branch,
            draft=draft,
            at=None if ago is None else at_clock(today - ago, 12, 0, zone),
        )
        for branch in branches[:_MOST_BRANCHES]
        for draft, ago in _DRAFTS
    ]
    load_campaigns(campaigns=campaigns, by=by, at=at)
