"""Out of a letter without an account, in both languages; a look alone changes nothing."""

import pytest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.people.models import Consent
from pervichka.work.messaging.models import Delivery
from pervichka.work.messaging.tokens import LINK, token_of
from tests.builders.messaging import a_planned_campaign


@pytest.mark.parametrize(("language", "aim"), [("en", "Hearing"), ("ru", "Связь с отделением")])
def test_one_click(branch, secretary, language: str, aim: str) -> None:
    a_planned_campaign(branch=branch, at=clock.now())
    delivery = Delivery.objects.earliest("id")
    address = f"/m/{token_of(delivery.id, LINK)}/"
    reader = Client(headers={"accept-language": language}, enforce_csrf_checks=True)
    page = reader.get(address)
    assert aim in page.text
    assert page["Cache-Control"] == "no-store"
    assert Consent.objects.get(person=delivery.person).refused_channels == []
    # As a mail program asks: from elsewhere, with neither a cookie nor a form's token.
    answer = reader.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Consent.objects.get(person=delivery.person).refused_channels == ["email"]
    others = Consent.objects.exclude(person=delivery.person)
    assert [one.refused_channels for one in others] == [[]]


def test_what_nobody_holds_opens_nothing(branch) -> None:
    assert Client().get("/m/nobody-has-this-token/").status_code == 404
    assert Client().post("/m/nobody-has-this-token/").status_code == 404
