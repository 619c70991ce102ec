"""What a watchdog asks is answered without sign-in, and says nothing but yes or no."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_server_whose_database_answers_is_well(address: str, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get(address)

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]
    assert Client().post(address).status_code == 405


@pytest.mark.django_db
def test_a_server_without_its_database_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("no route to 10.0.0.5")

    monkeypatch.setattr(connection, "cursor", gone)
    response = Client().get("/healthz")

    assert response.status_code == 503
    assert b"10.0.0.5" not in response.content
