"""Letters, files, templates; how long an applicant is kept; how a message would be sent."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from pervichka.foundation import vault
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.retention.actions import end_what_is_due
from pervichka.register.retention.rules import rules
from pervichka.work.casework import actions, sealed
from pervichka.work.casework.models import AnswerTemplate, Appeal, Attachment, Step, TellBy
from pervichka.work.casework.queries import (
    code_of,
    file_of,
    files_of,
    filled,
    follow,
    known_applicant,
    letters_of,
    templates_for,
    to_be_told,
)
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.casework import (
    ANSWERED,
    CAME,
    an_appeal,
    answered,
    applicant_of,
    given,
    registered,
)

pytestmark = pytest.mark.django_db
ORIENTATION, MAKER = 0x0112, 0x010F


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def a_photo() -> bytes:
    """As a phone takes it: lying on its side, with the maker's name in it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "SecretCam"
    photo = BytesIO()
    Image.new("RGB", (2400, 1200), "red").save(photo, "JPEG", exif=exif)
    return photo.getvalue()


def test_a_photo_is_written_anew(branch: Branch) -> None:
    appeal = an_appeal(branch=branch)
    me = applicant_of(appeal)
    with acting_as(me):
        added = actions.add_file(appeal=appeal, content=a_photo(), by=me, at=CAME)
        opened = file_of(me, appeal, added.id)

    assert opened is not None
    assert b"SecretCam" not in opened.content
    picture = Image.open(BytesIO(opened.content))
    assert picture.size == (800, 1600)
    assert not picture.getexif()
    stored = bytes(Attachment.objects.get().sealed_content)
    assert opened.content[:64] not in stored


@pytest.mark.parametrize("content", [b"MZ\x90", b"<svg/>", b"\xff\xd8\xffnot a picture", b""])
def test_nothing_else_is_taken(branch: Branch, content: bytes) -> None:
    appeal = an_appeal(branch=branch)
    with pytest.raises(Refused):
        actions.add_file(appeal=appeal, content=content, by=applicant_of(appeal), at=CAME)
    huge = b"%PDF-" + bytes(actions.MOST_BYTES)
    with pytest.raises(Refused, match="10 megabytes"):
        actions.add_file(appeal=appeal, content=huge, by=applicant_of(appeal), at=CAME)


def test_files_open_to_the_applicant_and_the_branch_alone(branch: Branch) -> None:
    appeal, other = an_appeal(branch=branch), an_appeal(branch=branch)
    assert branch.parent is not None
    added = actions.add_file(appeal=appeal, content=b"%PDF-1.4", by=OPERATOR, at=CAME)
    above, stranger = head_of(branch.parent), applicant_of(other)

    assert file_of(head_of(branch), appeal, added.id) is not None
    assert not files_of(above, appeal)
    assert file_of(above, appeal, added.id) is None
    with acting_as(stranger):
        assert file_of(stranger, appeal, added.id) is None
        assert not Attachment.objects.exists()
        with pytest.raises(Appeal.DoesNotExist):
            actions.add_file(appeal=appeal, content=b"%PDF-1.4", by=stranger, at=CAME)


def test_a_letter_has_a_deadline_of_its_own(branch: Branch) -> None:
    appeal = registered(branch=branch)
    alice = head_of(branch)
    letter = actions.send_letter(
        appeal=appeal, authority="Горсвет", text="Почините.", by=alice, at=ANSWERED
    )
    later = ANSWERED.date() + timedelta(days=40)
    (line,) = letters_of(alice, appeal, on=later)
    assert line.overdue
    with acting_as(applicant_of(appeal)):
        found = follow(applicant_of(appeal))
        assert found is not None
        assert found.steps[-1].text == "Горсвет"

    actions.record_reply(letter=letter, text="Починили.", by=alice, at=ANSWERED)
    (line,) = letters_of(alice, appeal, on=later)
    assert (line.reply, line.overdue) == ("Починили.", False)
    assert branch.parent is not None
    assert not letters_of(head_of(branch.parent), appeal, on=later)


def test_templates_go_down_the_tree(branch: Branch) -> None:
    above = branch.parent
    assert above is not None
    beside = a_branch(code="RU-AD/2", parent=above)
    head, alice, charlie = head_of(above), head_of(branch), head_of(beside)
    with acting_as(head):
        actions.write_template(
            branch=above, title="Общий", subject="", text="{name}, № {number}", by=head, at=CAME
        )
    with acting_as(alice):
        actions.write_template(
            branch=branch, title="Свой", subject="yard", text="Да", by=alice, at=CAME
        )
        assert [line.title for line in templates_for(alice)] == ["Общий", "Свой"]
        shared = AnswerTemplate.objects.get(title="Общий")
        with pytest.raises(Forbidden):
            actions.withdraw_template(template=shared, by=alice, at=CAME)
    with acting_as(charlie):
        assert [line.title for line in templates_for(charlie)] == ["Общий"]
        assert not AnswerTemplate.objects.filter(title="Свой").exists()
    appeal = an_appeal(branch=branch)
    assert filled("{имя}, № {number} {x}", appeal) == f"{given().name}, № {appeal.number} {{x}}"


def test_what_is_kept_of_an_applicant_ends(branch: Branch) -> None:
    appeal = answered(branch=branch)
    actions.add_file(appeal=appeal, content=b"%PDF-1.4", by=OPERATOR, at=ANSWERED)
    with acting_as(applicant_of(appeal)):
        actions.confirm_solved(appeal=appeal, by=applicant_of(appeal), at=ANSWERED)
    year = rules()["applicants"].kept
    assert "applicants" not in end_what_is_due(by=SYSTEM, at=ANSWERED + year)
    ended = end_what_is_due(by=SYSTEM, at=ANSWERED + year + timedelta(days=1))
    assert ended["applicants"] == 1

    stored = Appeal.objects.get()
    assert (stored.sealed_applicant, stored.sealed_words) == (None, None)
    assert not Step.objects.filter(sealed_text__isnull=False).exists()
    assert not Attachment.objects.exists()
    assert (
        known_applicant(
            number=str(appeal.number), code=code_of(appeal.id), address="192.0.2.1", at=ANSWERED
        )
        is None
    )
    with acting_as(applicant_of(appeal)), pytest.raises(Refused, match="destroyed"):
        actions.reopen(appeal=appeal, why="Опять", by=applicant_of(appeal), at=ANSWERED)


def test_an_open_appeal_is_never_forgotten(branch: Branch) -> None:
    registered(branch=branch)
    assert "applicants" not in end_what_is_due(by=SYSTEM, at=CAME + timedelta(days=4000))
    assert Appeal.objects.get().sealed_applicant is not None


def test_whoever_sends_sends_each_step_once(branch: Branch) -> None:
    what = given(email="anna@example.org", tell_by=TellBy.EMAIL)
    appeal = an_appeal(branch=branch, what=what)
    actions.register_appeal(appeal=appeal, by=OPERATOR, at=CAME)

    (waiting,) = to_be_told(OPERATOR, through=TellBy.EMAIL)
    assert (waiting.kind, waiting.to) == ("registered", "anna@example.org")
    told = {"appeal": appeal, "step_id": waiting.step_id, "through": "email"}
    assert actions.mark_told(**told, by=OPERATOR, at=CAME)
    assert not actions.mark_told(**told, by=OPERATOR, at=CAME)
    assert not to_be_told(OPERATOR, through=TellBy.EMAIL)
    with pytest.raises(Forbidden):
        to_be_told(head_of(branch), through=TellBy.EMAIL)


def test_a_change_of_keys_forgets_no_column(branch: Branch, own_keys) -> None:
    appeal = registered(branch=branch)
    actions.send_letter(appeal=appeal, authority="Горсвет", text="Да.", by=OPERATOR, at=CAME)
    actions.add_file(appeal=appeal, content=b"%PDF-1.4", by=OPERATOR, at=CAME)
    vault.add_key()
    assert set(actions.casework_by_version()) == {1}

    resealed, unopenable = actions.reseal_casework(by=OPERATOR, at=CAME)

    assert (resealed, unopenable) == (5, [])
    assert set(actions.casework_by_version()) == {2}
    stored = Appeal.objects.get()
    assert sealed.WORDS.open(stored.id, stored.sealed_words or b"") == given().words
