"""A printed slip signs in once; what it takes, and what it never gives away."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import LocalHead
from pervichka.register.accounts.actions import TryLater, knows_token, use_slip_by_digits
from pervichka.register.accounts.limits import SLIP_FROM_ADDRESS
from pervichka.register.accounts.models import SignInSlip, User
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch, LevelOfTree
from pervichka.register.posts.actions import SlipOfHolder, appoint, open_post, print_slips
from pervichka.register.posts.models import PostHolding
from tests.builders.actors import OPERATOR, STRANGER, head_of
from tests.builders.branches import LONG_AGO, a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db


def a_holder() -> PostHolding:
    """A secretary who has no user yet."""
    branch = a_primary_branch()
    post = open_post(branch=branch, kind="secretary", by=OPERATOR, at=LONG_AGO)
    person = a_person(branch=branch)
    return appoint(post=post, person=person, starts_on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO)


def a_slip(holding: PostHolding) -> SlipOfHolder:
    return print_slips(holding_ids=[holding.id], language="ru", by=OPERATOR, at=clock.now())[0]


def test_a_secretary_who_never_signed_in_prints_out_at_her_own_branch() -> None:
    slip = a_slip(a_holder()).slip
    client = Client()

    assert client.get(f"/slip/{slip.token}/").status_code == 200
    # A phone that looks ahead uses nothing up.
    assert SignInSlip.objects.filter(used_at=None).exists()
    assert client.post(f"/slip/{slip.token}/")["Location"] == "/welcome/"
    page = client.get("/welcome/").content.decode()
    assert slip.user_name in page
    assert client.post("/welcome/", {"language": "en", "password": ""})["Location"] == "/home/"
    assert client.get("/branches/of/RU-AD/1").status_code == 200


def test_a_slip_opens_once() -> None:
    slip = a_slip(a_holder()).slip
    typed = {"number": slip.number, "digits": f"{slip.digits[:4]} {slip.digits[4:]}"}

    assert Client().post("/slip/", typed).status_code == 302
    assert Client().post("/slip/", typed).status_code == 422
    assert Client().post(f"/slip/{slip.token}/").status_code == 404


def test_a_new_slip_kills_the_one_before() -> None:
    holding = a_holder()
    old = a_slip(holding).slip
    new = a_slip(holding).slip

    assert Client().get(f"/slip/{old.token}/").status_code == 404
    assert Client().get(f"/slip/{new.token}/").status_code == 200


def test_a_slip_is_good_for_fourteen_days() -> None:
    slip = a_slip(a_holder()).slip
    for days, opens in ((15, False), (13, True)):
        at = clock.now() + timedelta(days=days)
        try:
            use_slip_by_digits(number=slip.number, digits=slip.digits, address="a", at=at)
        except Refused:
            assert not opens
        else:
            assert opens


def test_nothing_printed_is_kept() -> None:
    slip = a_slip(a_holder()).slip
    kept = str(SignInSlip.objects.values().get())
    assert slip.digits not in kept
    assert slip.token not in kept


def test_wrong_digits_and_an_unknown_number_are_answered_alike() -> None:
    slip = a_slip(a_holder()).slip
    wrong = Client().post("/slip/", {"number": slip.number, "digits": "00000000"})
    unknown = Client().post("/slip/", {"number": "0000000", "digits": slip.digits})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.context["error"] == unknown.context["error"]


def test_guesses_rest_by_address_and_then_even_the_right_digits_wait() -> None:
    slip = a_slip(a_holder()).slip
    for _ in range(SLIP_FROM_ADDRESS.tries):
        assert Client().post("/slip/", {"number": "1", "digits": "1"}).status_code == 422
    answer = Client().post("/slip/", {"number": slip.number, "digits": slip.digits})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 901
    # From elsewhere, and by its QR, the slip opens.
    assert Client().post(f"/slip/{slip.token}/").status_code == 302


def test_a_slip_guessed_at_from_many_addresses_opens_by_its_qr_alone() -> None:
    slip, at = a_slip(a_holder()).slip, clock.now()
    for index in range(10):
        with pytest.raises(Refused):
            use_slip_by_digits(number=slip.number, digits="0" * 8, address=str(index), at=at)
    with pytest.raises(Refused):
        use_slip_by_digits(number=slip.number, digits=slip.digits, address="x", at=at)
    assert Client().post(f"/slip/{slip.token}/").status_code == 302


def test_guessing_at_all_slips_rests_for_everybody() -> None:
    at = clock.now()
    for index in range(500):
        with pytest.raises(Refused):
            use_slip_by_digits(number="1", digits="1", address=str(index), at=at)
    with pytest.raises(TryLater):
        use_slip_by_digits(number="1", digits="1", address="another", at=at)


def test_nobody_prints_a_slip_for_more_rights_than_their_own() -> None:
    holding = a_holder()
    local = holding.branch.parent
    assert local is not None
    by = head_of(local, role=LocalHead)
    assert print_slips(holding_ids=[holding.id], language="ru", by=by, at=clock.now())
    # Whoever holds a higher post elsewhere is signed in with it too.
    holding.refresh_from_db()
    assert local.parent is not None
    post = open_post(branch=local.parent, kind="regional_head", by=OPERATOR, at=LONG_AGO)
    appoint(post=post, user=holding.user, starts_on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO)
    # The printer's part of the tree hides that post, and it forbids the slip all the same.
    with acting_as(by):
        assert PostHolding.objects.filter(user=holding.user).count() == 1
        with pytest.raises(Forbidden):
            print_slips(holding_ids=[holding.id], language="ru", by=by, at=clock.now())


def test_a_slip_printed_elsewhere_is_replaced_and_its_number_not_drawn_again() -> None:
    # Of one who held a post in another region, and holds it no longer.
    there = a_holder()
    old = a_slip(there).slip
    root = Branch.objects.get(code="RU")
    region = a_branch(code="RU-AL", level=LevelOfTree.REGIONAL, parent=root)
    local = a_branch(code="RU-AL/local", level=LevelOfTree.LOCAL, parent=region)
    here = a_branch(code="RU-AL/1", parent=local)
    post = open_post(branch=here, kind="secretary", by=OPERATOR, at=LONG_AGO)
    there.refresh_from_db()
    PostHolding.objects.filter(id=there.id).update(ended_on=LONG_AGO.date())
    now_here = appoint(
        post=post, user=there.user, starts_on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO
    )
    by = head_of(here, role=LocalHead)
    with acting_as(by):
        print_slips(holding_ids=[now_here.id], language="ru", by=by, at=clock.now())
        assert not SignInSlip.objects.filter(number=old.number).exists()
    assert Client().get(f"/slip/{old.token}/").status_code == 404


def test_a_stranger_sees_no_slip_and_opens_one_by_what_is_printed_on_it() -> None:
    slip = a_slip(a_holder()).slip
    with acting_as(STRANGER):
        assert not SignInSlip.objects.exists()
        assert knows_token(slip.token, at=clock.now())
        use_slip_by_digits(number=slip.number, digits=slip.digits, address="a", at=clock.now())
        assert not knows_token(slip.token, at=clock.now())


def test_the_database_itself_hides_slips_of_other_branches() -> None:
    a_slip(a_holder())
    with acting_as(STRANGER), connection.cursor() as cursor:
        cursor.execute("select count(*) from sign_in_slip")
        assert cursor.fetchone() == (0,)


def test_the_list_prints_and_says_who_has_not_come_in() -> None:
    holding = a_holder()
    local = holding.branch.parent
    assert local is not None
    head = a_user_with_post(branch=local, kind="local_head")
    client = Client(headers={"accept-language": "en"})
    client.force_login(head)

    assert "No slip yet" in client.get("/sign-ins/").content.decode()
    page = client.post("/sign-ins/print/", {"holding": str(holding.id), "language": "en"})
    assert page.status_code == 200
    assert re.search(r"\d{4} \d{4}", page.content.decode())
    assert "A slip is printed" in client.get("/sign-ins/").content.decode()


def test_losing_the_last_post_ends_the_session_at_its_next_request() -> None:
    holding = a_holder()
    slip = a_slip(holding).slip
    client = Client()
    client.post(f"/slip/{slip.token}/")
    assert client.get("/branches/of/RU-AD/1").status_code == 200
    PostHolding.objects.filter(id=holding.id).update(ended_on=LONG_AGO.date())
    assert client.get("/branches/of/RU-AD/1")["Location"] == "/sign-in/?ended=1"


def test_a_user_switched_off_is_out_at_once() -> None:
    slip = a_slip(a_holder()).slip
    client = Client()
    client.post(f"/slip/{slip.token}/")
    User.objects.update(is_active=False)
    assert "/sign-in/" in client.get("/branches/of/RU-AD/1")["Location"]


def test_one_ends_one_s_own_sessions_and_nobody_else_s() -> None:
    user = a_user_with_post(branch=a_primary_branch())
    stranger = a_user_with_post(branch=user_branch(user))
    here, there, theirs = Client(), Client(), Client()
    here.force_login(user)
    there.force_login(user)
    theirs.force_login(stranger)
    assert here.session.session_key != there.session.session_key

    here.post("/security/devices/", {"device": theirs.session["device"]})
    assert theirs.get("/security/").status_code == 200
    here.post("/security/devices/", {"device": "others"})
    assert there.get("/security/").status_code == 302
    assert here.get("/security/").status_code == 200


def user_branch(user: User):  # type: ignore[no-untyped-def]  # a branch, for one test
    return PostHolding.objects.get(user=user).branch
