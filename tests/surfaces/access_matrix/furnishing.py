"""What every branch of the tree has: one of each kind of thing that a request can name."""

from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from allauth.mfa.models import Authenticator

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.accounts.actions import create_user, print_own_link, write_slip
from pervichka.register.accounts.models import Device, User
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import unit_coded
from pervichka.register.people.actions import (
    add_contact_point,
    count_sheet,
    print_sheets,
    record_consent,
)
from pervichka.register.people.models import Person, PressedTo, PressureReport
from pervichka.register.posts.actions import appoint, grant, open_post
from pervichka.register.posts.models import PostHolding
from pervichka.standard.scores.actions.requests import ask_for_help
from pervichka.work.casework import actions as casework
from pervichka.work.events import actions as events
from tests.builders import casework as appeals
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import LONG_AGO
from tests.builders.events import a_held_meeting, a_meeting, tick
from tests.builders.people import a_person
from tests.builders.texts import a_controller
from tests.surfaces.access_matrix.rooms import TODAY, Room

LONG_SINCE: Final = date(2025, 1, 1)
CONSENT: Final = "news"
_PAPER: Final = b"%PDF-"
_SEEN_BY_NOBODY: Final[frozenset[Permission]] = frozenset()


def furnish(name: str, branch: Branch, administrator: Actor) -> Room:
    """The room of a branch, whose `name` is in every mark."""
    now = clock.now()
    tag = f"Z{name.replace('-', '').lower()}"
    a_controller(branch=branch, name=f"{tag}controller", since=LONG_SINCE)
    person = a_person(branch=branch, last_name=f"{tag}person", code=f"{tag}code")
    things, holding = _of_person(person, tag), _holder(branch, tag)
    things |= _of_events(branch, person, tag) | _of_sheets(branch, person, tag)
    things |= _of_holding(holding) | _of_appeals(branch, tag) | {"branch": branch.code}
    proposal = grant(
        branch=branch,
        role="control_commission",
        user=create_user(name=f"{tag.lower()}proposed", by=OPERATOR, at=LONG_AGO),
        starts_on=TODAY,
        by=administrator,
        at=now,
    )
    unit = unit_coded(branch.code, actor=OPERATOR)
    assert unit is not None
    assert holding.user is not None
    things |= {
        "proposal": proposal.id,
        "report": _pressed(branch, tag).id,
        "request": ask_for_help(unit=unit, words=f"{tag}words", by=OPERATOR, at=now),
    }
    people = frozenset({Permission.SEE_PEOPLE})
    of_people = ("person", "friend", "guest", "holder", "mail", "code", "came", "pressed")
    seen_to = frozenset({Permission.HANDLE_APPEALS})
    of_appeals = ("applicant", "asked", "written", "visitor")
    marks = {f"{tag}{kind}": people for kind in of_people}
    marks |= {f"{tag}{kind}": seen_to for kind in of_appeals}
    marks |= {
        f"{tag}call": _SEEN_BY_NOBODY,
        f"{tag.lower()}proposed": frozenset({Permission.SEE_ACCESS}),
        f"{tag}ahead": frozenset({Permission.SEE_EVENTS}),
        f"{tag}begun": frozenset({Permission.SEE_EVENTS}),
        f"{tag}words": frozenset({Permission.SEE_EVIDENCE}),
        holding.user.name: frozenset({Permission.SEE_ACCESS, Permission.ISSUE_SLIPS}),
    }
    return Room(
        name,
        holding.post.role,
        "control_commission",
        branch.level == "primary",
        MappingProxyType({key: str(value) for key, value in things.items()}),
        MappingProxyType(marks),
    )


def _of_person(person: Person, tag: str) -> dict[str, object]:
    """How they are reached, one way not confirmed yet; what they agreed to; their own link."""
    now = clock.now()
    mail, new = (
        add_contact_point(
            person=person, kind="email", value=f"{tag}{name}@example.org", by=by, at=LONG_AGO
        )
        for name, by in (("mail", OPERATOR), ("mail.new", oneself(person)))
    )
    record_consent(person=person, text_code=CONSENT, on=TODAY, by=oneself(person), at=now)
    return {
        "person": person.id,
        "code": person.code,
        "contact": mail.id,
        "unconfirmed": new.id,
        "own_link": print_own_link(person=person, by=OPERATOR, at=now).token,
    }


def _of_events(branch: Branch, person: Person, tag: str) -> dict[str, object]:
    """One ahead, to which the person is invited; one going on, to which a guest came; one over."""
    now = clock.now()
    ahead = a_meeting(branch=branch, title=f"{tag}ahead", starts_at=now + timedelta(days=3))
    begun = a_meeting(branch=branch, title=f"{tag}begun", starts_at=now - timedelta(minutes=30))
    links = events.invite(event=ahead, affiliations=["member"], by=OPERATOR, at=now)
    friend = a_person(branch=branch, last_name=f"{tag}friend", affiliation="supporter")
    guest = a_person(branch=branch, last_name=f"{tag}guest", code=f"{tag}came", since=LONG_SINCE)
    tick(begun, [guest], by=head_of(branch.parent or branch), at=now)
    a_held_meeting(branch=branch, came=[guest, person], starts_at=now - timedelta(hours=3))
    (link,) = [one.token for one in links if one.person_id == person.id]
    return {"event": ahead.id, "begun": begun.id, "link": link, "friend": friend.id}


def _of_sheets(branch: Branch, person: Person, tag: str) -> dict[str, object]:
    """One out, one that came back signed by a signer of its own."""
    now = clock.now()
    signer = a_person(branch=branch, last_name=f"{tag}guest", first_name="Signer")
    out, back = print_sheets(
        branch=branch, text_code=CONSENT, language="en", copies=2, by=OPERATOR, at=now
    )
    count_sheet(
        number=back.number, person=signer, signed_on=TODAY, image=_PAPER, by=OPERATOR, at=now
    )
    return {"sheet": out.number, "signed": back.number}


def _of_appeals(branch: Branch, tag: str) -> dict[str, object]:
    """One just come, one with a file and a letter, one answered; open hours with a visitor."""
    now = clock.now()
    what = appeals.given(words=f"{tag}asked", name=f"{tag}applicant")
    fresh = appeals.an_appeal(branch=branch, at=now, what=what)
    there = appeals.taken_down(branch=branch, at=now, what=what)
    file = casework.add_file(appeal=there, content=b"%PDF-1.4", by=OPERATOR, at=now)
    letter = casework.send_letter(
        appeal=there, authority="X", text=f"{tag}written", by=OPERATOR, at=now
    )
    answered = appeals.taken_down(branch=branch, at=now, what=what)
    casework.answer_appeal(appeal=answered, text=f"{tag}written", by=OPERATOR, at=now)
    template = casework.write_template(
        branch=branch, title="X", subject="", text="X", by=OPERATOR, at=now
    )
    begins = now + timedelta(days=2)
    visit = appeals.a_visit(branch=branch, begins_at=begins, at=now, name=f"{tag}visitor")
    return {
        "fresh": fresh.id,
        "appeal": there.id,
        "appeal_number": there.number,
        "file": file.id,
        "letter": letter.id,
        "answered": answered.id,
        "template": template.id,
        "hours": visit.surgery_id,
    }


def _of_holding(holding: PostHolding) -> dict[str, object]:
    user, now = holding.user, clock.now()
    assert user is not None
    slip = write_slip(user=user, branch=holding.branch, language="en", by=OPERATOR, at=now)
    return {
        "holding": holding.id,
        "post": holding.post_id,
        "user": user.name,
        "device": _device(user),
        "factor": Authenticator.objects.create(user=user, type="totp", data={}).pk,
        "grantable": holding.post.role,
        "slip": slip.token,
    }


def _holder(branch: Branch, tag: str) -> PostHolding:
    """Somebody in a post that a local head may grant: a secretary, or a clerk above primaries."""
    role = "branch_secretary" if branch.level == "primary" else "clerk"
    person = a_person(branch=branch, last_name=f"{tag}holder", affiliation="contact")
    record_consent(person=person, text_code=CONSENT, on=TODAY, by=oneself(person), at=clock.now())
    user = create_user(name=f"{tag.lower()}user", person=person, by=OPERATOR, at=LONG_AGO)
    post = open_post(branch=branch, kind=role, role=role, by=OPERATOR, at=LONG_AGO)
    return appoint(post=post, user=user, starts_on=LONG_SINCE, by=OPERATOR, at=LONG_AGO)


def _pressed(branch: Branch, tag: str) -> PressureReport:
    """True reports lie at the top of the tree; one in each branch shows who would see it there."""
    person = a_person(branch=branch, last_name=f"{tag}pressed", affiliation="contact")
    add_contact_point(
        person=person, kind="email", value=f"{tag}call@example.org", by=OPERATOR, at=LONG_AGO
    )
    return PressureReport.objects.create(
        branch=branch,
        about=branch,
        person=person,
        pressed_to=PressedTo.COME,
        reported_at=clock.now(),
    )


def _device(user: User) -> object:
    now = clock.now()
    return Device.objects.create(user=user, name="x", way="test", began_at=now, last_seen_at=now).id
