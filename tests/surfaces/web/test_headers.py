"""Every kind of answer bears the headers that keep a page to itself."""

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from pervichka.surfaces.web.access import listing
from tests.builders.branches import a_root
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(a_user_with_post(branch=a_root(), kind="headquarters_editor"))
    return client


def looked_over(response, status: int) -> None:
    assert response.status_code == status
    for name, value in EXPECTED.items():
        assert response.headers.get(name) == value, name
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/sign-in/", 200),
        ("/overview/", 302),
        ("/there/is/no/such/page/", 404),
        ("/api/v1/branches", 401),
        ("/api/v1/openapi.json", 200),
        ("/api/v1/docs", 200),
        ("/static/web/theme.css", 200),
        ("/static/web/missing.css", 404),
        ("/standard", 301),
    ],
)
def test_what_a_stranger_gets(path, status):
    response = Client().get(path)
    looked_over(response, status)
    response.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/access/", 200),
        ("/reach/?form=csv", 200),
        ("/reach/?form=xlsx", 200),
        ("/api/v1/branches", 200),
        ("/branches/of/nowhere", 404),
        ("/sign-out/", 405),
    ],
)
def test_what_a_signed_in_person_gets(signed_in, path, status):
    response = signed_in.get(path)
    looked_over(response, status)
    assert "no-store" in response.headers["Cache-Control"]


def test_a_form_without_its_token(signed_in):
    strict = Client(enforce_csrf_checks=True)
    looked_over(strict.post("/sign-in/"), 403)


def test_a_host_that_is_not_ours():
    looked_over(Client(raise_request_exception=False, HTTP_HOST="elsewhere.example").get("/"), 400)


def test_a_fault(signed_in, monkeypatch):
    def broken(_request: HttpRequest) -> None:
        raise RuntimeError

    monkeypatch.setattr(listing, "holdings_of", broken)
    looked_over(signed_in.get("/access/"), 500)


def test_over_https_alone(settings: Settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    looked_over(Client().get("/"), 301)
    secure = Client().get("/", secure=True)
    looked_over(secure, 200)
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")
