"""Whoever is erased is nowhere any more, byte by byte; no count moves, and no chain breaks."""

import subprocess
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from pervichka.foundation import vault
from pervichka.foundation.journal import sealing
from pervichka.foundation.periods import Month
from pervichka.foundation.postgres import connect_info, programs
from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular import write_rows
from pervichka.register.access.policy import Forbidden
from pervichka.register.accounts.actions import ask_for_link, print_own_link, write_letters
from pervichka.register.accounts.models import Session, User
from pervichka.register.accounts.sessions import SEALED
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.people import actions, erasure_log
from pervichka.register.people.actions.importing import import_people
from pervichka.register.people.actions.rights import SOMEBODY
from pervichka.register.people.actions.sealing import seal_ledger
from pervichka.register.people.models import (
    ContactPoint,
    DuplicateSuspicion,
    Erasure,
    LedgerEntry,
    Person,
    PersonAlias,
    Suppression,
)
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.register.people.suppression import Described
from pervichka.register.posts.actions import print_slips
from pervichka.register.posts.models import PostHolding
from pervichka.standard.facts.actions import files
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.actions.erasing import erase_everywhere
from pervichka.standard.facts.actions.importing import import_facts
from pervichka.standard.facts.models import Fact
from pervichka.standard.rulebook import shipped
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.models import Score
from pervichka.work.events.actions import invite
from pervichka.work.events.models import Attendance, Invitation, Minutes
from pervichka.work.messaging.models import Delivery
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.events import AFTER, STARTS, a_held_meeting, a_meeting
from tests.builders.messaging import a_campaign
from tests.builders.people import members
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
AT = AFTER + timedelta(days=1)
OCTOBER = Month(2026, 10)
STANDARD = Path(shipped.__file__).parent / "branch-work.yaml"
NAMES = ("Вознесенская", "Аделаида", "Фёдоровна")
PHONE, EMAIL, ADDRESS = "+79161234567", "adelaida.v@example.org", "Песчаный переулок, 17"
CODES = ("crm-778899", "old-445566")


@dataclass(frozen=True)
class Seeded:
    person: Person
    others: list[Person]
    copies: list[Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies and the log of erasures lie; the server and the keys stay where they were."""
    folder = tmp_path / "home"
    folder.mkdir()
    here = SimpleNamespace(home=lambda: folder, folder=lambda: folder)
    monkeypatch.setattr(erasure_log, "home", here)
    monkeypatch.setattr(files, "home", here)
    return folder


@pytest.fixture
def seeded(home: Path, tmp_path: Path) -> Seeded:
    """Somebody of whom every table holds something, in two branches, among a dozen others."""
    branch = a_primary_branch()
    others = members(of=branch, number=11)
    anna = actions.enrol_person(
        branch=branch,
        last_name=NAMES[0],
        first_name=NAMES[1],
        patronymic=NAMES[2],
        code=CODES[0],
        born_on=date(1961, 4, 12),
        address=ADDRESS,
        affiliation="member",
        by=OPERATOR,
        at=LONG_AGO,
    )
    for kind, value in (("phone", PHONE), ("email", EMAIL)):
        actions.add_contact_point(person=anna, kind=kind, value=value, by=OPERATOR, at=LONG_AGO)
    PersonAlias.objects.create(code=CODES[1], person=anna, branch=branch)
    DuplicateSuspicion.objects.create(person=others[0], other=anna, reason="x", branch=branch)
    actions.record_confirmation(person=anna, on=date(2026, 1, 1), by=OPERATOR, at=LONG_AGO)
    agree(anna)
    actions.dial(contact_id=anna.contact_points.all()[0].id, by=OPERATOR, at=LONG_AGO)
    actions.report_pressure(person=anna, pressed_to="join", may_call=True, by=oneself(anna), at=AT)
    work(anna, others, branch.parent, tmp_path)
    sign_in(anna)
    copies = [home / "exports" / "list.csv", home / "lake" / "people.parquet"]
    for file in copies:
        file.parent.mkdir(parents=True)
        file.write_text(" ".join(NAMES))
    return Seeded(anna, others, copies)


def agree(anna: Person) -> None:
    actions.record_consent(
        person=anna, text_code="default", on=date(2026, 1, 1), by=OPERATOR, at=LONG_AGO
    )
    actions.record_consent(
        person=anna, text_code="default", on=date(2026, 1, 2), by=oneself(anna), at=LONG_AGO
    )


def work(anna: Person, others: list[Person], elsewhere, folder: Path) -> None:
    """She came twice to her branch's meetings and once to another's, and signed the minutes."""
    everyone = [anna, *others]
    for days in (0, 7):
        a_held_meeting(
            branch=anna.branch,
            came=everyone,
            head_count=12,
            confirmed_by=anna,
            starts_at=STARTS - timedelta(days=days),
        )
    held = a_held_meeting(branch=elsewhere, came=[anna])
    Minutes.objects.create(event=held, branch=elsewhere, chair=anna, secretary=anna)
    ahead = a_meeting(branch=anna.branch, starts_at=AT + timedelta(days=9))
    invite(event=ahead, affiliations=["member"], by=OPERATOR, at=AT)
    letter = a_campaign(branch=elsewhere, at=AT)
    Delivery.objects.create(
        campaign=letter,
        branch=elsewhere,
        person=anna,
        point_id=anna.contact_points.get(kind="email").id,
        zone="Europe/Moscow",
        status="sent",
        claimed_at=AT,
    )
    rebuild_facts()
    file = folder / "facts.csv"
    columns = ("kind", "branch", "person", "occurred_on", "source", "source_id")
    rows = [
        ("course.passed", "RU-AD/1", code, "2026-10-01", "school", number)
        for number, code in enumerate(CODES)
    ]
    write_rows(file, columns, rows)
    import_facts(file=file, by=OPERATOR, at=AFTER)


def sign_in(anna: Person) -> None:
    """With a post, a printed slip, a session, a link printed, one sent, one waiting to be sent."""
    user = a_user_with_post(branch=anna.branch, person=anna)
    holding = PostHolding.objects.get(user=user)
    head = head_of(anna.branch)
    print_slips(holding_ids=[holding.id], language="ru", by=head, at=AT)
    Client().force_login(user)
    print_own_link(person=anna, by=head, at=AT)
    write_letters(people=[anna.id], blinds=[], by=SYSTEM, at=AT)
    ask_for_link(text=EMAIL, site="http://testserver", language="ru", address="::1", at=AT)


def dumped() -> str:
    """Every table as the role of backups reads it, and besides all that is sealed, opened."""
    where = connect_info("backup", str(connection.settings_dict["NAME"]))
    program, arguments, environment = programs.call("pg_dump", where)
    done = subprocess.run(
        [program, *arguments, "--format=plain", "--enable-row-security"],
        env=environment,
        capture_output=True,
        check=True,
    )
    sessions = [SEALED.open(one.digest.encode(), one.sealed) for one in Session.objects.all()]
    opened = [point.value for point in ContactPoint.objects.all()]
    return "\n".join([done.stdout.decode(), *opened, *sessions])


def tables_with(text: str, dump: str) -> set[str]:
    """The tables whose rows have the text in them."""
    found, table = set(), ""
    for line in dump.splitlines():
        if line.startswith("COPY public."):
            table = line.split()[1].removeprefix("public.")
        elif text in line:
            found.add(table)
    return found


def scores() -> list[tuple[object, ...]]:
    score_period(month=OCTOBER, by=OPERATOR, at=AT)
    columns = ("branch__code", "numerators", "denominators", "indicator_points", "points", "grade")
    return list(Score.objects.filter(level="primary").order_by("branch").values_list(*columns))


def sealed() -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if seal_ledger(at=AT):
            return
        time.sleep(0.02)
    raise AssertionError("nothing was sealed")


def erase(seeded: Seeded):
    """At her own word: she sees nothing but what is her own."""
    own = oneself(seeded.person)
    with acting_as(own):
        return erase_everywhere(person=seeded.person, by=own, at=AT)


def test_nothing_is_left_of_her_anywhere(seeded: Seeded) -> None:
    id_, user = str(seeded.person.id), User.objects.get(person=seeded.person)
    words = [*NAMES, PHONE, EMAIL, ADDRESS, *CODES, user.name, str(user.id), "1961-04-12"]
    before = dumped()
    assert {word for word in words if word not in before} == set()
    assert {"person", "procrastinate_jobs", "attendance", "delivery"} <= tables_with(id_, before)

    act = erase(seeded)

    after = dumped()
    ids = {str(user.id): {"journal_entry"}}
    assert {word: tables_with(word, after) for word in words if word in after} == ids
    # Identifiers alone are left, in the journal and in the act; they lead to nobody.
    assert tables_with(id_, after) == {"journal_entry", "erasure"}
    assert not any(file.exists() for file in seeded.copies)
    assert all(act.counts[name] for name in ("contacts", "attendances", "facts", "users", "jobs"))
    assert act.counts["files"] == 2
    assert not any(word in str(act) for word in [*words, id_])


def test_no_primary_branch_loses_a_point_and_the_chains_hold(seeded: Seeded) -> None:
    publish_standard(file=STANDARD, by=OPERATOR, at=LONG_AGO)
    before, kinds = scores(), facts_by_kind()
    rows = LedgerEntry.objects.count()
    sealed()
    assert any(points for *_, points, _grade in before)

    erase(seeded)

    assert scores() == before
    assert facts_by_kind() == kinds
    assert Attendance.objects.filter(person=None).count() == 3
    assert Attendance.objects.filter(person=None).values("participant").distinct().count() == 1
    assert Invitation.objects.filter(person=None).count() == 1
    assert LedgerEntry.objects.count() == rows
    assert verify_ledger().flaws == []
    assert sealing.verify() == []


def facts_by_kind() -> dict[str, tuple[int, int]]:
    """How many there are of a kind, and of how many people."""
    people: dict[str, list[str | None]] = {}
    known = dict(PersonAlias.objects.values_list("code", "person__code"))
    for kind, person in Fact.objects.values_list("kind", "person"):
        people.setdefault(kind, []).append(known.get(person, person))
    return {kind: (len(codes), len(set(codes))) for kind, codes in people.items()}


def test_her_post_ends_and_her_sessions_with_it(seeded: Seeded) -> None:
    user = User.objects.get(person=seeded.person)
    assert Session.objects.filter(user=user).exists()
    erase(seeded)
    assert not Session.objects.exists()
    assert not User.objects.exists()
    holding = PostHolding.objects.get()
    assert holding.ended_on == timezone.localdate(AT)
    assert (holding.person, holding.user) == (None, None)


def test_nobody_erases_another(seeded: Seeded) -> None:
    anna, stranger = seeded.person, oneself(seeded.others[0])
    with acting_as(stranger), pytest.raises(Forbidden):
        erase_everywhere(person=anna, by=stranger, at=AT)
    assert Person.objects.filter(id=anna.id).exists()


def test_a_secretary_erases_her_people_but_puts_nobody_out_of_a_post(seeded: Seeded) -> None:
    anna, plain = seeded.person, seeded.others[0]
    secretary = head_of(anna.branch)
    with acting_as(secretary):
        with pytest.raises(Refused, match="themselves"):
            erase_everywhere(person=anna, by=secretary, at=AT)
        erase_everywhere(person=plain, by=secretary, at=AT)
    assert Person.objects.filter(id=anna.id).exists()
    assert not Person.objects.filter(id=plain.id).exists()


def test_the_act_is_numbered_proved_and_in_the_file_beside_the_keys(seeded: Seeded) -> None:
    id_ = seeded.person.id
    act = erase(seeded)
    line = erasure_log.logged()[-1]
    assert (line.number, line.person_id, line.hash) == (act.number, id_, act.hash)
    assert erasure_log.log_file().stat().st_mode & 0o077 == 0
    text = erasure_log.log_file().read_text()
    assert not any(word in text for word in (*NAMES, PHONE, EMAIL, *CODES))
    for alias in ("default", "owner"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using=alias):
            connections[alias].cursor().execute("update erasure set counts = '{}'")


def people_list(folder: Path, *rows: str) -> Path:
    file = folder / "list.csv"
    header = "external_id,last_name,first_name,patronymic,born_on,phone,email,branch"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "row",
    [
        ",Вознесенская,А.,,,8 (916) 123-45-67,,RU-AD/1",
        ",Другая,Анна,,,,Adelaida.V@example.org,RU-AD/1",
        "new-1,ВОЗНЕСЕНСКАЯ,Аделаида,Федоровна,1961-04-12,,,RU-AD/1",
        "crm-778899,Вознесенская,Аделаида,,,,,RU-AD/1",
        "old-445566,Вознесенская,Аделаида,,,,,RU-AD/1",
    ],
)
def test_no_list_brings_her_back(seeded: Seeded, tmp_path: Path, row: str) -> None:
    erase(seeded)
    people = Person.objects.count()
    file = people_list(tmp_path, "good-1,Хороший,Пётр,,,,,RU-AD/1", row)
    for commit in (False, True):
        effect = import_people(file=file, commit=commit, by=OPERATOR, at=AT)
        assert (effect.rows, effect.new, effect.refused) == (2, 1, 1)
        (reason,) = effect.refusals
        assert str(reason) == (
            "list.csv:3: this person asked to be erased and does not wish to be held"
        )
    assert Person.objects.count() == people + 1


def test_nor_does_anybody_by_hand(seeded: Seeded) -> None:
    branch = seeded.others[0].branch
    erase(seeded)
    with pytest.raises(Refused, match="does not wish to be held"):
        actions.enrol_person(
            branch=branch,
            last_name=NAMES[0],
            first_name=NAMES[1],
            patronymic=NAMES[2],
            born_on=date(1961, 4, 12),
            by=head_of(branch),
            at=AT,
        )
    with pytest.raises(Refused, match="does not wish to be held"):
        actions.add_contact_point(
            person=seeded.others[0], kind="phone", value=PHONE, by=head_of(branch), at=AT
        )


def test_a_shared_number_keeps_nobody_else_out(seeded: Seeded, tmp_path: Path) -> None:
    husband = seeded.others[0]
    actions.add_contact_point(person=husband, kind="phone", value=PHONE, by=OPERATOR, at=AT)
    erase(seeded)
    rows = [
        f",{husband.last_name},{husband.first_name},{husband.patronymic},,{PHONE},,RU-AD/1",
        f",{NAMES[0]},{NAMES[1]},,,{PHONE},,RU-AD/1",
    ]
    effect = import_people(file=people_list(tmp_path, *rows), commit=True, by=OPERATOR, at=AT)
    assert (effect.duplicate, effect.refused, effect.new) == (1, 1, 0)


def test_what_is_suppressed_is_a_keyed_hash_that_she_alone_lifts(seeded: Seeded) -> None:
    erase(seeded)
    held = {bytes(one) for one in Suppression.objects.values_list("blind_index", flat=True)}
    assert vault.blind("phone", PHONE) not in held
    described = Described(
        last_name=NAMES[0], first_name=NAMES[1], name_key="", contacts=[("phone", PHONE)]
    )
    for by in (OPERATOR, head_of(seeded.others[0].branch), oneself(seeded.others[0])):
        with pytest.raises(Forbidden):
            actions.wish_to_be_held(described=described, by=by, at=AT)
    assert actions.wish_to_be_held(described=described, by=SOMEBODY, at=AT) == 2
    actions.add_contact_point(
        person=seeded.others[0], kind="phone", value=PHONE, by=OPERATOR, at=AT
    )


def test_an_act_taken_back_half_way_leaves_everything(seeded: Seeded) -> None:
    id_ = seeded.person.id
    with transaction.atomic():
        erase(seeded)
        transaction.set_rollback(True)
    assert Person.objects.filter(id=id_).exists()
    assert erasure_log.logged() == []
    assert not Erasure.objects.exists()
    assert all(file.exists() for file in seeded.copies)
