"""The small organisation that journeys walk through, built by real actions.

Two regions alike, of two local branches with three primary branches each; in a third there are
local branches of 1, 2, 5 and 21 primary ones, where nobody does anything.

    /1  meets every month, in due form           /5  silent for half a year
    /2  met this month, by ticks alone           /6  met two months ago
    /3  silent for half a year                   /7  has an event in every state
    /4  closed: its precinct has no branch
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.foundation.tabular import write_rows
from pervichka.register.accounts.actions import add_app, create_user
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.actions.branches import close_branch
from pervichka.register.branches.actions.listed import COLUMNS
from pervichka.register.branches.actions.precincts import import_precincts
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import unit_coded
from pervichka.register.people.actions import count_sheet, print_sheets, report_pressure
from pervichka.register.people.models import Person
from pervichka.register.posts.actions import appoint, open_post, print_slips
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries import acting_user
from pervichka.register.texts.actions import propose_text
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.rulebook import shipped
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.requests import ask_for_help
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.work.events import actions
from pervichka.work.events.models import Event
from pervichka.work.messaging.models import Delivery
from pervichka.work.messaging.tokens import LINK, token_of
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import LONG_AGO
from tests.builders.events import a_held_meeting, a_meeting, an_event, tick
from tests.builders.messaging import (
    a_calendar,
    a_campaign,
    a_planned_campaign,
    a_reader,
    an_imprint,
)
from tests.builders.people import a_person
from tests.builders.texts import FILE, a_controller, a_document, a_published_text
from tests.builders.users import a_user_with_post

OFFICER = "RU, data protection"
PASSWORD = "a horse that staples"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STANDARD = Path(shipped.__file__).parent / "branch-work.yaml"
REGIONS = {
    "RU-AD": ("Адыгейская", "Майкопская"),
    "RU-AL": ("Майминская", "Чемальская"),
}
_NEWS_RU = "Согласен получать новости от {controller}, {address}"
_NEWS_EN = "I agree to receive news from {controller}, {address}"
PLURALS = (1, 2, 5, 21)
_PLURAL_REGION = "RU-AMU"
_WORKING = (1, 2, 3, 5, 6, 7)
_CLOSED = 4
_PEOPLE = 25
_FIRST_NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Инна", "Карим")
_LAST_NAMES = ("Иваненко", "Петренко", "Сидоренко")


@dataclass(kw_only=True)
class Organisation:
    """What a journey has to know beforehand: names of users, ids of events, personal links."""

    head: dict[str, str] = field(default_factory=dict)
    """User names by the code of the branch whose post they hold; of the officer by `OFFICER`."""
    event: dict[str, str] = field(default_factory=dict)
    """Ids of the events of RU-AD/7 by their state."""
    link: dict[str, str] = field(default_factory=dict)
    """A token of a personal link to `ahead` and to `open`."""
    request: int = 0
    """The number of the request for help that RU-AD/7 has sent."""
    person: str = ""
    """The id of somebody of RU-AD/1."""
    secretary: str = ""
    """The id of what the secretary of RU-AD/7 holds."""
    region: str = ""
    """The id of what the head of RU-AD holds."""
    slips: list[str] = field(default_factory=list)
    """Where the squares lead on the slips of secretaries who have never signed in."""
    sheet: dict[str, str] = field(default_factory=dict)
    """Numbers of a consent sheet of RU-AD/7 that is out and of one that came back."""
    member: str = ""
    """The code of somebody of RU-AD/7."""
    resident: dict[str, str] = field(default_factory=dict)
    """Ids of two people of RU-AD/1, by the language in which they delete themselves."""


def build(folder: Path) -> Organisation:
    """Everything, up to the scores of this month and the last; needs an empty database."""
    now = clock.now()
    made = Organisation()
    _grow(folder)
    _name_users(made)
    for region in REGIONS:
        _work(region, now)
    _every_state(made, now)
    rebuild_facts()
    publish_standard(file=STANDARD, by=OPERATOR, at=LONG_AGO)
    this = Month.of(timezone.localdate(now))
    for month in (this.plus(-1), this):
        score_period(month=month, by=OPERATOR, at=now)
    unit = unit_coded("RU-AD/7", actor=OPERATOR)
    assert unit is not None
    made.request = ask_for_help(unit=unit, words="Школа не даёт зал.", by=OPERATOR, at=now)
    held = PostHolding.objects.get(user__name=made.head["RU-AD/7"])
    made.secretary = str(held.id)
    made.region = str(PostHolding.objects.get(user__name=made.head["RU-AD"]).id)
    _print_slips(made, now)
    made.person = str(people_of("RU-AD/1")[0].id)
    _agree(made, now)
    _write_letters(made, now)
    made.resident = {
        language: str(people_of("RU-AD/1")[place].id)
        for language, place in (("ru", -2), ("en", -3))
    }
    return made


def _print_slips(made: Organisation, now: datetime) -> None:
    """One for the secretary of RU-AL/5 and one for that of RU-AL/6."""
    for code in ("RU-AL/5", "RU-AL/6"):
        user = a_user_with_post(branch=branch(code), person=people_of(code)[0])
        held = PostHolding.objects.get(user=user)
        (printed,) = print_slips(holding_ids=[held.id], language="ru", by=OPERATOR, at=now)
        made.slips.append(f"/slip/{printed.slip.token}/")


def _agree(made: Organisation, now: datetime) -> None:
    """Texts in two versions and one that waits; at RU-AD/7 sheets on paper."""
    a_controller(branch=branch("RU"))
    a_published_text(ru=f"{_NEWS_RU}.", en=f"{_NEWS_EN}.")
    a_published_text(version=2, ru=f"{_NEWS_RU} по почте.", en=f"{_NEWS_EN} by post.")
    officer = user_named(made.head[OFFICER])
    assert officer is not None
    propose_text(
        document=a_document(version=3, ru=f"{_NEWS_RU} письмом.", en=f"{_NEWS_EN} by letter."),
        file=FILE,
        by=acting_user(officer, at=now),
        at=now,
    )
    seven, person = branch("RU-AD/7"), people_of("RU-AD/7")[0]
    said = {"branch": seven, "language": "ru", "by": OPERATOR, "at": now}
    (back,) = print_sheets(text_code="default", person=person, **said)
    count_sheet(
        number=back.number,
        person=person,
        signed_on=timezone.localdate(now),
        image=b"%PDF-",
        by=OPERATOR,
        at=now,
    )
    (out,) = print_sheets(text_code="news", **said)
    made.sheet = {"sheet_out": out.number, "sheet_back": back.number}
    made.member = person.code


def _write_letters(made: Organisation, now: datetime) -> None:
    """A campaign of RU-AD/7 that is a draft, and one that goes out in a month."""
    seven = branch("RU-AD/7")
    an_imprint(branch=branch("RU"))
    a_calendar("covers: {from: 2020-01-01, to: 2099-12-31}\nperiods: []\n")
    a_reader(branch=seven, email="reader@example.org")
    draft = a_campaign(branch=seven, at=now)
    with override_settings(EMAIL_HOST="127.0.0.1", SITE_ADDRESS="https://pages.example.org"):
        planned = a_planned_campaign(branch=seven, starts_at=now + timedelta(days=30), at=now)
    letter = Delivery.objects.get(campaign=planned)
    made.event |= {
        "letter": str(draft.id),
        "letter_planned": str(planned.id),
        "way_out": token_of(letter.id, LINK),
    }


def branch(code: str) -> Branch:
    return Branch.objects.get(code=code)


def _grow(folder: Path) -> None:
    rows: list[tuple[str, str, int, int]] = []
    for region, (first, second) in REGIONS.items():
        rows += [(region, first, number, 500 + number) for number in (1, 2, 3, _CLOSED)]
        rows += [(region, second, number, 700 + number) for number in (5, 6, 7)]
    for size in PLURALS:
        rows += [
            (_PLURAL_REGION, f"Округ {size}", size * 100 + index, 900) for index in range(size)
        ]
    file = folder / "precincts.csv"
    write_rows(file, COLUMNS, rows)
    import_precincts(file=file, grow=True, valid_from=None, by=OPERATOR, at=LONG_AGO)
    for region in REGIONS:
        closed = branch(f"{region}/{_CLOSED}")
        close_branch(branch=closed, on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO)
        for number in _WORKING:
            _people(branch(f"{region}/{number}"))


def _people(of: Branch) -> None:
    for index in range(_PEOPLE):
        a_person(
            branch=of,
            first_name=_FIRST_NAMES[index % len(_FIRST_NAMES)],
            last_name=_LAST_NAMES[index // len(_FIRST_NAMES)],
            patronymic="",
        )


def people_of(code: str) -> list[Person]:
    return list(Person.objects.filter(branch__code=code).order_by("last_name", "first_name"))


def _name_users(made: Organisation) -> None:
    _user(made, "RU", "headquarters_editor")
    admin = "user-administrator"
    a_user_with_post(branch=branch("RU"), kind="administrator", name=admin, password=PASSWORD)
    made.head["administrator"] = admin
    give_an_app(admin)
    _user(made, "RU", "data_protection_officer", key=OFFICER)
    _add_commission(made)
    for region in REGIONS:
        _user(made, region, "regional_head")
    # Hashing a password takes long on purpose: those alone have one who sign in.
    for code in ("RU-AD/1", "RU-AD/3", "RU-AD/6", "RU-AD/7", "RU-AL/3"):
        _user(made, code, "secretary")
    for size in PLURALS:
        _user(made, f"{_PLURAL_REGION}/округ-{size}", "local_head")
    # For journeys that change what they sign in by, or end it.
    for name, code in (("with-a-passkey", "RU-AL/1"), ("leaving", "RU-AL/2")):
        a_user_with_post(branch=branch(code), name=name, password=PASSWORD)
    create_user(name="no-post", password=PASSWORD, by=OPERATOR, at=LONG_AGO)
    two = a_user_with_post(branch=branch("RU-AD/1"), name="two-posts", password=PASSWORD)
    post = open_post(branch=branch("RU-AD/2"), kind="secretary", by=OPERATOR, at=LONG_AGO)
    appoint(post=post, user=two, starts_on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO)


def _add_commission(made: Organisation) -> None:
    """The control commission, and what it was told of two branches."""
    name = "commission"
    a_user_with_post(branch=branch("RU"), kind="control_commission", name=name, password=PASSWORD)
    give_an_app(name)
    made.head["control commission"] = name
    for code, may_call in (("RU-AD/1", True), ("RU-AL/3", False)):
        person = people_of(code)[-1]
        report_pressure(
            person=person, pressed_to="join", may_call=may_call, by=oneself(person), at=clock.now()
        )


def _user(made: Organisation, code: str, kind: str, key: str = "") -> None:
    name = f"user-{len(made.head) + 1}"
    person = people_of(code)[0] if kind == "secretary" else None
    a_user_with_post(branch=branch(code), kind=kind, person=person, name=name, password=PASSWORD)
    made.head[key or code] = name
    if kind != "secretary":
        give_an_app(name)


def give_an_app(name: str) -> None:
    """A second factor whose codes the readers of these journeys know."""
    user = user_named(name)
    assert user is not None
    then = clock.now() - timedelta(minutes=5)
    add_app(user=user, secret=APP_SECRET, code=app_code(then), by=OPERATOR, at=then)


def app_code(at: datetime, ahead: int = 0) -> str:
    """What the app shows at that moment, or so many half minutes later."""
    step = int(at.timestamp()) // 30 + ahead
    code: str = format_hotp_value(hotp_value(APP_SECRET, step))
    return code


def _work(region: str, now: datetime) -> None:
    """What the branches of a region have done so far."""
    recently = max(now - timedelta(days=2), _start_of_month(now))
    one = people_of(f"{region}/1")
    for back in (60, 30, 0):
        event = a_held_meeting(
            branch=branch(f"{region}/1"),
            came=one[:14],
            head_count=15,
            confirmed_by=one[3],
            starts_at=recently - timedelta(days=back),
        )
        _minute(event, publish=True)
    a_held_meeting(
        branch=branch(f"{region}/2"), came=people_of(f"{region}/2")[:12], starts_at=recently
    )
    for number, back in ((3, 190), (5, 180), (6, 60)):
        a_held_meeting(
            branch=branch(f"{region}/{number}"),
            came=people_of(f"{region}/{number}")[:12],
            starts_at=now - timedelta(days=back),
        )


def _every_state(made: Organisation, now: datetime) -> None:
    """At RU-AD/7 an event ahead, one going on, one held, one minuted, one called off."""
    seven, people = branch("RU-AD/7"), people_of("RU-AD/7")
    ahead = a_meeting(branch=seven, starts_at=now + timedelta(days=3), planned_at=now)
    made.link["ahead"] = _invite(ahead, now)
    going_on = an_event(branch=seven, starts_at=now - timedelta(minutes=20))
    made.link["open"] = _invite(going_on, now - timedelta(days=2))
    going_on = actions.open_check_in(event=going_on, by=OPERATOR, at=now)
    tick(going_on, people[2:5], at=now)
    held = a_held_meeting(
        branch=seven, came=people[:12], head_count=13, starts_at=now - timedelta(days=5)
    )
    minuted = a_held_meeting(
        branch=seven, came=people[:12], head_count=12, starts_at=now - timedelta(days=40)
    )
    _minute(minuted, publish=True)
    tick(minuted, people[:13], at=now, reason="Опоздавший подписал лист")
    cancelled = an_event(branch=seven, starts_at=now + timedelta(days=1))
    actions.cancel_event(event=cancelled, reason="Метель", by=OPERATOR, at=now)
    made.event = {
        "ahead": str(ahead.id),
        "open": str(going_on.id),
        "held": str(held.id),
        "minuted": str(minuted.id),
        "cancelled": str(cancelled.id),
    }


def _invite(event: Event, at: datetime) -> str:
    links = actions.invite(event=event, affiliations=["member"], by=OPERATOR, at=at)
    # Of someone in the middle: at either end a journey may ask for a new link.
    return links[len(links) // 2].token


def _minute(event: Event, *, publish: bool) -> None:
    at = event.starts_at + timedelta(days=1)
    actions.record_agenda(event=event, items=["О скамейках"], by=OPERATOR, at=at)
    decided = actions.Decided(
        text="Поставить скамейки", votes_for=11, votes_against=0, votes_abstained=1
    )
    actions.record_resolutions(event=event, resolutions=[decided], reason="", by=OPERATOR, at=at)
    actions.record_minutes(
        event=event,
        text="Обсудили двор.",
        chair_id=None,
        secretary_id=None,
        reason="",
        by=OPERATOR,
        at=at,
    )
    if publish:
        actions.publish_minutes(event=event, by=OPERATOR, at=at)


def _start_of_month(now: datetime) -> datetime:
    today = timezone.localtime(now)
    return today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
