"""A session whose factor was shown too long ago does nothing grave, by no way there is."""

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.posts.actions import grant
from pervichka.register.posts.models import GrantProposal, PostHolding
from pervichka.register.posts.queries import acting_user
from pervichka.register.accounts.fresh import FRESH_FOR
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
PASSWORD = "a horse that staples"


@dataclass(frozen=True)
class House:
    """A nation with an administrator, an officer who is the second person, and a regional head."""

    administrator: User
    officer: User
    head: User
    holding: PostHolding
    proposal: GrantProposal
    factor: Authenticator


@pytest.fixture
def house() -> House:
    region = a_primary_branch().parent.parent
    root = region.parent
    administrator = a_user_with_post(branch=root, kind="administrator", password=PASSWORD)
    officer = a_user_with_post(branch=root, kind="data_protection_officer", password=PASSWORD)
    head = a_user_with_post(branch=region, kind="regional_head", password=PASSWORD)
    create_user(name="newcomer", by=OPERATOR, at=LONG_AGO)
    proposal = grant(
        branch=region,
        role="control_commission",
        user=create_user(name="proposed", by=OPERATOR, at=LONG_AGO),
        starts_on=clock.now().date(),
        by=acting_user(administrator, at=clock.now()),
        at=clock.now(),
    )
    factors = [
        Authenticator.objects.create(user=one, type="totp", data={})
        for one in (administrator, officer, head)
    ]
    assert isinstance(proposal, GrantProposal)
    holding = PostHolding.objects.get(user=head)
    return House(administrator, officer, head, holding, proposal, factors[2])


@dataclass(frozen=True)
class Deed:
    """What is sent by whom; a page that only shows what is grave is asked for with no body."""

    by: str
    path: str
    body: str | None = None

    def send(self, client: Client, house: House) -> str:
        """Where the answer leads; empty where it leads nowhere."""
        named = {
            "holding": house.holding.id,
            "proposal": house.proposal.id,
            "factor": house.factor.pk,
        }
        path = self.path.format(**named)
        if self.body is None:
            answer = client.get(path)
        else:
            pairs = (pair.split("=") for pair in self.body.format(**named).split("&"))
            answer = client.post(path, dict(pairs))
        return str(answer.headers.get("Location", ""))


_GRANT = "user=newcomer&role=control_commission&step=save"
DEEDS = {
    "the form of a powerful grant": Deed("administrator", "/access/grant/?branch=RU-AD"),
    "a powerful grant": Deed("administrator", "/access/grant/?branch=RU-AD", _GRANT),
    "agreeing to one": Deed("officer", "/access/waiting/", "proposal={proposal}&do=approve"),
    "refusing one": Deed(
        "officer", "/access/waiting/", "proposal={proposal}&do=refuse&reason=not so"
    ),
    "the form of another's reset": Deed("administrator", "/access/{holding}/second-factor/"),
    "the reset of another's factor": Deed(
        "administrator", "/access/{holding}/second-factor/", "x=x"
    ),
    "a slip that signs in above a branch": Deed(
        "head", "/sign-ins/print/", "holding={holding}&language=en"
    ),
    "an app for codes": Deed("head", "/security/app/"),
    "adding it": Deed("head", "/security/app/", "code=000000"),
    "a passkey": Deed("head", "/security/passkey/"),
    "adding one": Deed("head", "/security/passkey/", "credential=x&name=x"),
    "recovery codes": Deed("head", "/security/codes/"),
    "taking a factor away": Deed("head", "/security/remove/{factor}/", "x=x"),
    "the form of a password": Deed("head", "/security/password/"),
    "another password": Deed("head", "/security/password/", f"password=another {PASSWORD}"),
}


def signed_in(user: User, *, ago: float) -> Client:
    """With a second factor shown so many seconds ago, and seen on this device until now."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= ago
    session.save()
    return client


def state(house: House) -> tuple[object, ...]:
    """All that a deed could have changed."""
    house.proposal.refresh_from_db()
    return (
        sorted(Authenticator.objects.values_list("pk", flat=True)),
        sorted(User.objects.values_list("name", "password")),
        PostHolding.objects.count(),
        GrantProposal.objects.count(),
        house.proposal.decision,
        Entry.objects.filter(action__regex="^(grant|slip|user.changed|post)").count(),
    )


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_a_stale_session_is_asked_first_and_nothing_is_done(house: House, deed: Deed) -> None:
    stale = signed_in(getattr(house, deed.by), ago=FRESH_FOR.total_seconds() + 1)
    before = state(house)
    assert deed.send(stale, house).startswith("/sign-in/confirm/")
    assert state(house) == before


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_a_fresh_one_is_not(house: House, deed: Deed) -> None:
    """Or the test above would hold for a path that leads nowhere."""
    fresh = signed_in(getattr(house, deed.by), ago=FRESH_FOR.total_seconds() - 60)
    assert "/sign-in/" not in deed.send(fresh, house)


def test_whoever_confirms_goes_on(house: House) -> None:
    client = signed_in(house.administrator, ago=FRESH_FOR.total_seconds() + 1)
    # Without a second factor of theirs the password is what they have.
    Authenticator.objects.filter(user=house.administrator).delete()
    deed = DEEDS["a powerful grant"]
    where = deed.send(client, house)
    client.post(where, {"password": PASSWORD})
    deed.send(client, house)
    assert GrantProposal.objects.filter(user__name="newcomer").exists()
