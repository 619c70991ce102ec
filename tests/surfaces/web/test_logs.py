"""What the log keeps of a fault, and what it must not."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from pervichka.config.logs import logging as configured

SECRET = "Иванова +7 900 123-45-67"


def breaks(_request: HttpRequest, token: str) -> HttpResponse:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        message = f"a row of {SECRET} under {token}"
        raise RuntimeError(message) from error


urlpatterns = [path("i/<str:token>/", breaks)]


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the log's own formatter makes of records."""
    formatter = configured()["formatters"]["line"]
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    loggers = [logging.getLogger("django.request"), logging.getLogger(__name__)]
    for one in loggers:
        one.addHandler(handler)
    yield handler.stream
    for one in loggers:
        one.removeHandler(handler)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_a_fault_leaves_its_lines_of_code_and_no_words(written: StringIO) -> None:
    answer = Client(raise_request_exception=False).get("/i/ABCD-EFGH/?q=Иванова")

    said = written.getvalue()
    assert answer.status_code == 500
    for kept in ("request.failed", "method=GET", "i/<str:token>/", "in breaks"):
        assert kept in said
    assert said.index("builtins.ValueError") < said.index("builtins.RuntimeError")
    for hidden in (SECRET, "Иванова", "ABCD-EFGH"):
        assert hidden not in said


def test_what_our_own_code_says_stands_in_the_same_log(written: StringIO) -> None:
    structlog.get_logger(__name__).warning("worker.fault", job=3)

    assert "worker.fault" in written.getvalue()
    assert "job=3" in written.getvalue()


def test_what_merely_is_not_there_is_no_fault() -> None:
    assert configured()["loggers"]["django"]["level"] == "ERROR"
