"""What everyone may read, and what every page sends along."""

import re

import pytest
from django.test import Client

from pervichka.standard.scores.actions.publishing import publish_standard
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO
from tests.surfaces.web.pages.conftest import STANDARD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/standard/", "/no-such-page/"])
def test_a_page_may_load_nothing_but_this_servers_own_files(address: str) -> None:
    response = Client().get(address)
    page = response.content.decode()

    assert response["Content-Security-Policy"].startswith("default-src 'self';")
    assert response["X-Frame-Options"] == "DENY"
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", page)


@pytest.mark.parametrize(
    "address", ["/overview/", "/branches/of/RU", "/evidence/meets/of/RU", "/reach/", "/requests/1/"]
)
def test_strangers_are_asked_to_sign_in(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")


def test_without_a_standard_the_page_says_how_to_publish_one() -> None:
    page = Client(headers={"accept-language": "en"}).get("/standard/").content.decode()

    assert "No standard is published yet" in page


def test_the_standard_is_said_in_words_from_its_document() -> None:
    publish_standard(file=STANDARD, by=OPERATOR, at=LONG_AGO)
    page = Client(headers={"accept-language": "ru"}).get("/standard/").content.decode()

    assert "Стандарт работы отделений" in page
    assert "Первичные отделения, у которых есть: «Собрание отделения состоялось с кворумом»" in page
    assert "за последние 90 дней периода" in page
    assert "Поставляется как образец" in page
    assert "0 баллов при 50\u00a0%, 100 баллов при 95\u00a0%" in page
    assert Client().get("/standard/branch-work/2026.1/").status_code == 200
    assert Client().get("/standard/branch-work/1999.1/").status_code == 404
