"""The tree, built once; each request is undone after it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from pervichka.register.branches.acting import OPERATOR, acting_as
from tests.prepared_databases import another_database, django_at
from tests.surfaces.access_matrix.building import build, staying_signed_in
from tests.surfaces.access_matrix.rooms import Tree


@pytest.fixture(scope="package")
def tree(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tree]:
    with django_db_blocker.unblock(), another_database("_matrix") as name:
        with django_at(name), acting_as(OPERATOR):
            made = build(tmp_path_factory.mktemp("standards"))
        with django_at(name):
            yield made


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings: Settings) -> None:
    """Nothing is collected for tests."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def nobody_is_signed_out() -> Iterator[None]:
    with staying_signed_in():
        yield


@pytest.fixture(autouse=True)
def letters_can_be_sent(settings: Settings) -> None:
    """Without a mail server some pages aren't there."""
    settings.EMAIL_HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def passwords_cost_nothing(settings: Settings) -> None:
    """How slowly they are hashed is tested elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
