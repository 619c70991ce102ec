"""Texts: two people publish one; from then on the database refuses to change it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import (
    BranchSecretary,
    DataProtectionOfficer,
    HeadquartersEditor,
    RegionalHead,
)
from pervichka.register.branches.second_person import DECIDED_WITHIN
from pervichka.register.people.actions import record_consent, withdraw_consent
from pervichka.register.people.models import Consent, LedgerEntry
from pervichka.register.people.queries.ledger import consents_to
from pervichka.register.texts.actions import approve_text, propose_text, refuse_text
from pervichka.register.texts.document import SHIPPED, fingerprint, parse_document, read_document
from pervichka.register.texts.models import PublishedText, TextDraft
from pervichka.register.texts.queries import drafts_waiting, latest_texts, published_texts
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_primary_branch, a_root
from tests.builders.people import a_person
from tests.builders.texts import FILE, a_document, a_published_text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def officer():
    return head_of(a_root(), role=DataProtectionOfficer)


@pytest.fixture
def editor(officer):
    return type(officer)(code="head:editor", role=HeadquartersEditor, scope=officer.scope)


def propose(by, **said):
    return propose_text(document=a_document(**said), file=FILE, by=by, at=AT)


def reasons(document: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        parse_document(document, file=FILE)
    return [str(reason) for reason in refused.value.reasons]


@pytest.mark.parametrize(("version", "file"), [(1, "default.yaml"), (2, "default-2.yaml")])
def test_the_shipped_text_is_there_word_for_word(version, file):
    there = PublishedText.objects.get(code="default", version=version)
    shipped = read_document(SHIPPED / file)
    for line in (there.text["ru"], there.text["en"]):
        assert line in " ".join(shipped.split())
    assert there.fingerprint == fingerprint(there.as_text())


def test_the_shipped_text_in_force_says_to_whom_one_agrees():
    shipped = SHIPPED / "default-2.yaml"
    text = parse_document(read_document(shipped), file=shipped)
    assert latest_texts()["default"] == text
    assert all("{controller}" in wording for wording in text.text.values())


def test_one_proposes_and_another_publishes(officer, editor):
    assert propose(officer).waits
    assert "news" not in latest_texts()
    (waiting,) = drafts_waiting(editor, at=AT)
    assert waiting.may_decide
    assert not drafts_waiting(officer, at=AT)[0].may_decide
    assert not approve_text(draft_id=waiting.id, by=editor, at=AT).waits
    assert latest_texts()["news"].text["en"].startswith("I agree to receive news")
    assert not drafts_waiting(editor, at=AT)


def test_the_same_document_from_a_second_person_publishes_it(officer, editor):
    assert propose(officer).waits
    assert propose(officer).waits
    assert TextDraft.objects.count() == 1
    assert not propose(editor).waits
    assert not propose(officer).waits
    assert PublishedText.objects.filter(code="news").count() == 1


def test_nobody_is_their_own_second_person(officer):
    propose(officer)
    draft = TextDraft.objects.get()
    with pytest.raises(Refused, match="another person"):
        approve_text(draft_id=draft.id, by=officer, at=AT)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        PublishedText.objects.create(
            code="x",
            version=1,
            basis="consent",
            purpose="x",
            channels=["email"],
            aim={},
            text={},
            fingerprint="",
            proposed_by="user:1",
            published_by="user:1",
            published_at=AT,
        )


def test_what_is_refused_or_too_late_is_not_published(officer, editor):
    propose(officer)
    draft = TextDraft.objects.get()
    with pytest.raises(Refused, match="in time"):
        approve_text(draft_id=draft.id, by=editor, at=AT + DECIDED_WITHIN + timedelta(seconds=1))
    with pytest.raises(Refused, match="say why"):
        refuse_text(draft_id=draft.id, reason=" ", by=editor, at=AT)
    refuse_text(draft_id=draft.id, reason="Непонятно", by=editor, at=AT)
    with pytest.raises(Refused, match="decided already"):
        approve_text(draft_id=draft.id, by=editor, at=AT)
    assert "news" not in latest_texts()


def test_others_may_neither_propose_nor_decide(officer):
    propose(officer)
    draft = TextDraft.objects.get()
    root = a_primary_branch_under_root()
    for role in (BranchSecretary, RegionalHead):
        actor = head_of(root, role=role)
        with pytest.raises(Forbidden):
            propose(actor)
        with pytest.raises(Forbidden):
            approve_text(draft_id=draft.id, by=actor, at=AT)
        assert not drafts_waiting(actor, at=AT)


def a_primary_branch_under_root():
    from pervichka.register.branches.models import Branch  # noqa: PLC0415 - for this test alone

    return Branch.objects.get(parent=None)


def test_a_published_version_never_changes(officer):
    a_published_text()
    with pytest.raises(Refused, match="other content"):
        propose(officer, en="I agree with {controller}, {address}.")
    with pytest.raises(Refused, match="next version of news is 2"):
        propose(officer, version=3)
    for change in (
        "update published_text set purpose = 'other' where code = 'news'",
        "delete from published_text where code = 'news'",
    ):
        with (
            pytest.raises(DatabaseError, match="never changes"),
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute(change)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"ru": "Согласен.", "en": "I agree."}, "lacks {controller}"),
        ({"en": "I agree with {controller}."}, "not the same in each language"),
        ({"en": "I agree with {controller}, {address} of {party}."}, "{party} is not known"),
        ({"en": "I agree with {controller}, {address}, {0}."}, "must be a name such as"),
        ({"en": "I agree with {controller.name}, {address}."}, "must be a name such as"),
        ({"code": "Not A Code"}, "is not a code"),
        ({"purpose": "Not-a-name"}, "is not a name"),
        ({"version": 0}, "whole number"),
    ],
)
def test_mistakes_are_named_with_their_lines(said, reason):
    found = reasons(a_document(**said))
    assert any(reason in one for one in found), found
    assert all(one.startswith("text.yaml:") for one in found)


def test_every_mistake_is_told_at_once():
    document = a_document().replace("[email]", "[pigeon]").replace("basis: consent", "basis: x")
    assert {one.split(":")[2] for one in reasons(document)} == {"basis", "channels"}


def test_consents_and_the_ledger_point_to_the_version_agreed_to():
    person = a_person(branch=a_primary_branch())
    a_published_text()
    agree = {"person": person, "on": AT.date(), "by": oneself(person), "at": AT}
    first = record_consent(text_code="news", **agree)
    a_published_text(version=2, purpose="other")
    assert record_consent(text_code="news", text_version=1, **agree) == first
    assert LedgerEntry.objects.count() == 1

    def may_hear_of(purpose: str) -> int:
        return len(
            consents_to(
                person_id=person.id, purpose=purpose, channel="email", on=AT.date(), actor=OPERATOR
            )
        )

    assert (may_hear_of("news"), may_hear_of("other")) == (1, 0)
    record_consent(text_code="news", **agree)
    assert (may_hear_of("news"), may_hear_of("other")) == (0, 1)
    withdraw_consent(person=person, text_code="news", on=AT.date(), by=oneself(person), at=AT)
    rows = LedgerEntry.objects.order_by("id").values_list("event", "text_version", "purpose")
    assert list(rows) == [
        ("given", 1, "news"),
        ("given", 2, "other"),
        ("withdrawn", 2, "other"),
    ]
    with pytest.raises(Refused, match="no version 7"):
        record_consent(text_code="news", text_version=7, **agree)


@pytest.mark.django_db(transaction=True)
def test_nothing_points_to_a_text_that_is_not_there():
    person = a_person(branch=a_primary_branch())
    with pytest.raises(IntegrityError, match="consent_text_version"):
        Consent.objects.create(
            branch=person.branch, person=person, text_code="default", text_version=9
        )
    assert ("default", 1) in published_texts()
