"""What is past its time comes to its end, and nothing else does; what is late is told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.accounts.models import Device, Session, SignInSlip, Tally
from pervichka.register.branches.acting import SYSTEM
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.models import BudgetRaise, PeopleExport, RowBudget
from pervichka.register.people.actions import (
    count_sheet,
    print_sheets,
    record_consent,
    take_scan,
    withdraw_consent,
)
from pervichka.register.people.models import (
    Consent,
    ConsentSheet,
    LedgerEntry,
    PeopleImport,
    SheetScan,
    SignedSheet,
)
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.register.posts.actions import print_slips
from pervichka.register.posts.models import PostHolding
from pervichka.register.retention import actions
from pervichka.register.retention.actions import end_what_is_due
from pervichka.register.retention.kinds import kinds
from pervichka.register.retention.queries import LATE, overdue
from pervichka.register.retention.rules import STRICTEST, read_rules, rules
from pervichka.work.casework.actions import answer_appeal, record_solved
from pervichka.work.casework.models import Appeal, Booking
from pervichka.work.events.actions import invite
from pervichka.work.events.models import Invitation
from tests.builders import casework
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.events import an_event
from tests.builders.people import a_person, members
from tests.builders.pictures import a_picture
from tests.builders.texts import a_controller
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


def asserted(branch: Branch):
    person = a_person(branch=branch)
    record_consent(person=person, text_code="default", on=date(2020, 1, 1), by=OPERATOR, at=AT)
    return AT, lambda: not Consent.objects.filter(withdrawn_on=None).exists()


def signed(branch: Branch):
    person = a_person(branch=branch)
    (sheet,) = print_sheets(branch=branch, text_code="default", language="ru", by=OPERATOR, at=AT)
    count_sheet(
        number=sheet.number,
        person=person,
        signed_on=AT.date(),
        image=b"%PDF-1",
        by=OPERATOR,
        at=AT,
    )
    withdraw_consent(person=person, text_code="default", on=AT.date(), by=oneself(person), at=AT)
    # The picture's time runs from the end of that day.
    return midnight_after(AT), lambda: SignedSheet.objects.get().sealed is None


def unreturned(branch: Branch):
    print_sheets(branch=branch, text_code="default", language="ru", by=OPERATOR, at=AT)
    return AT, lambda: not ConsentSheet.objects.exists()


def scan(branch: Branch):
    take_scan(content=a_picture(), by=head_of(branch), at=AT)
    return AT, lambda: not SheetScan.objects.exists()


def slip(branch: Branch):
    a_user_with_post(branch=branch)
    print_slips(holding_ids=[PostHolding.objects.get().id], language="ru", by=OPERATOR, at=AT)
    return SignInSlip.objects.get().expires_at, lambda: not SignInSlip.objects.exists()


def session(_branch: Branch):
    Session.objects.create(digest="x", sealed=b"", expires_at=AT)
    return AT, lambda: not Session.objects.exists()


def device(branch: Branch):
    user = a_user_with_post(branch=branch)
    Device.objects.create(
        user=user, name="x", way="x", began_at=AT - DAY, last_seen_at=AT - DAY, ended_at=AT
    )
    return AT, lambda: not Device.objects.exists()


def tally(_branch: Branch):
    Tally.objects.create(key="x", since=AT, tries=1)
    return AT, lambda: not Tally.objects.exists()


def unfinished(_branch: Branch):
    PeopleImport.objects.create(digest="x", actor="operator", started_at=AT)
    return AT, lambda: not PeopleImport.objects.exists()


def link(branch: Branch):
    members(of=branch, number=1)
    event = an_event(branch=branch, starts_at=AT)
    invite(event=event, affiliations=["member"], by=OPERATOR, at=AT - DAY)
    return AT, lambda: Invitation.objects.get().token_hash is None


def applicant(branch: Branch):
    appeal = casework.taken_down(branch=branch, at=AT - DAY)
    answer_appeal(appeal=appeal, text="Да.", by=OPERATOR, at=AT - DAY)
    record_solved(appeal=appeal, told="По телефону", by=OPERATOR, at=AT)
    return AT, lambda: Appeal.objects.get().sealed_applicant is None


def visitor(branch: Branch):
    casework.a_visit(branch=branch, begins_at=AT, at=AT - 2 * DAY)
    return AT, lambda: Booking.objects.get().sealed_visitor is None


def export(branch: Branch):
    """One that nobody made; a made one is destroyed in the tests of exports."""
    return an_export(branch).expires_at, lambda: not waiting_exports().exists()


def ended_export(branch: Branch):
    over = an_export(branch, state="failed").expires_at
    return over, lambda: not PeopleExport.objects.exists()


def row_budget(branch: Branch):
    RowBudget.objects.create(user=a_user_with_post(branch=branch), day=AT.date(), spent=1)
    return midnight_after(AT), lambda: not RowBudget.objects.exists()


def budget_raise(branch: Branch):
    BudgetRaise.objects.create(
        branch=branch,
        user=a_user_with_post(branch=branch),
        day=AT.date(),
        rows=1,
        reason="x",
        raised_by="operator",
        raised_at=AT,
    )
    return midnight_after(AT), lambda: not BudgetRaise.objects.exists()


def an_export(branch: Branch, state: str = "asked") -> PeopleExport:
    user = a_user_with_post(branch=branch)
    return PeopleExport.objects.create(
        branch=branch,
        user=user,
        post_id=PostHolding.objects.get(user=user).post_id,
        purpose="statistics",
        words="x",
        form="csv",
        state=state,
        rows=1,
        needs_second=False,
        proposed_by=f"user:{user.id}",
        proposed_at=AT,
        expires_at=AT + DAY,
    )


def waiting_exports():
    return PeopleExport.objects.filter(state="asked")


def midnight_after(moment: datetime) -> datetime:
    """Days are days of the territory."""
    return timezone.localtime(moment).replace(hour=0, minute=0) + DAY


CASES = {
    "unconfirmed_consents": asserted,
    "sheet_images": signed,
    "unreturned_sheets": unreturned,
    "waiting_scans": scan,
    "sign_in_slips": slip,
    "sessions": session,
    "devices": device,
    "tallies": tally,
    "unfinished_imports": unfinished,
    "invitation_links": link,
    "applicants": applicant,
    "visitors": visitor,
    "exports": export,
    "ended_exports": ended_export,
    "row_budgets": row_budget,
    "budget_raises": budget_raise,
}


def test_every_kind_has_a_rule_and_a_case():
    assert set(kinds()) == set(rules())
    assert set(CASES) == set(kinds())


@pytest.mark.parametrize("kind", CASES)
def test_a_kind_ends_when_its_time_is_over_and_not_before(kind, branch):
    began, gone = CASES[kind](branch)
    over = began + rules()[kind].kept
    assert not gone()
    end_what_is_due(by=SYSTEM, at=over - A_MOMENT)
    assert not gone()
    assert overdue(at=over + A_MOMENT) == {}
    assert overdue(at=over + LATE + DAY) == {kind: 1}
    assert end_what_is_due(by=SYSTEM, at=over + DAY) == {kind: 1}
    assert gone()
    assert overdue(at=over + LATE + 2 * DAY) == {}
    entry = Entry.objects.get(action__startswith="retention.")
    assert (entry.subject_type, entry.subject_id) == ("retention", kind)
    assert end_what_is_due(by=SYSTEM, at=over + 2 * DAY) == {}


def test_batches_go_on_until_nothing_is_due(branch, monkeypatch):
    monkeypatch.setattr(actions, "_AT_ONCE", 2)
    for number in range(5):
        Tally.objects.create(key=f"x{number}", since=AT, tries=1)
    assert end_what_is_due(by=SYSTEM, at=AT + 3 * DAY) == {"tallies": 5}
    assert Entry.objects.filter(action="retention.delete").count() == 3


def test_an_unconfirmed_consent_ends_in_the_ledger_too(branch):
    asserted(branch)
    end_what_is_due(by=SYSTEM, at=AT + 91 * DAY)
    assert list(LedgerEntry.objects.order_by("id").values_list("event", "actor")) == [
        ("asserted", "operator"),
        ("withdrawn", "system"),
    ]
    assert verify_ledger().flaws == []


def test_what_was_confirmed_or_said_again_stays(branch):
    first, second = members(of=branch, number=2)
    agreed = {"text_code": "default", "on": None}
    for person in (first, second):
        record_consent(person=person, by=OPERATOR, at=AT, **agreed)
    record_consent(person=first, by=oneself(first), at=AT, **agreed)
    assert end_what_is_due(by=SYSTEM, at=AT + 91 * DAY) == {"unconfirmed_consents": 1}
    assert Consent.objects.get(withdrawn_on=None).person == first


def test_the_proof_of_what_is_in_force_is_kept(branch):
    person = a_person(branch=branch)
    (sheet,) = print_sheets(branch=branch, text_code="default", language="ru", by=OPERATOR, at=AT)
    count_sheet(
        number=sheet.number,
        person=person,
        signed_on=AT.date(),
        image=b"%PDF-1",
        by=OPERATOR,
        at=AT,
    )
    assert end_what_is_due(by=SYSTEM, at=AT + 4000 * DAY) == {}


def test_nobody_but_the_keepers_of_the_database_ends_anything(branch):
    with pytest.raises(Forbidden):
        end_what_is_due(by=head_of(branch), at=AT)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("kind: sessions", "kind: cookies"), "cookies is not known"),
        (("from: began", "from: never"), "never is not known"),
        (("then: withdraw", "then: delete"), "delete is not known"),
        (("days: 0", "days: -1"), "at least 0"),
        (("kind: devices", "kind: sessions"), "there twice"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line(tmp_path: Path, change, reason):
    file = tmp_path / "retention.yaml"
    file.write_text(STRICTEST.read_text().replace(*change))
    with pytest.raises(Refused, match=reason) as refused:
        read_rules(file, kinds())
    assert refused.value.reasons[0].line
