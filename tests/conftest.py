"""What all tests share: a server and a database of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from pervichka.foundation import vault
from pervichka.register.branches.acting import OPERATOR, acting_as
from tests.prepared_databases import own_database, renew

# Tests never touch what lies in ./var; with DATABASE_URL set they use that server instead.
os.environ["PERVICHKA_HOME"] = str(Path(__file__).resolve().parent.parent / "var" / "tests")


@pytest.fixture(autouse=True)
def _whole_tree_in_sight() -> Iterator[None]:
    """A test sees the whole tree unless it says whose part of it is meant."""
    with acting_as(OPERATOR):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database of this run; in place of the one that Django would make as the application."""
    with (
        django_db_blocker.unblock(),
        own_database() as name,
        pytest.MonkeyPatch.context() as patch,
    ):

        def start_afresh(_case: TransactionTestCase) -> None:
            renew(name)

        # How Django clears up after a test that commits.
        patch.setattr(TransactionTestCase, "_fixture_teardown", start_afresh)
        # The template may be older than this folder of keys.
        vault.ensure_key()
        yield


@pytest.fixture
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of the test's own, for whoever adds, changes or loses keys."""
    file = tmp_path / "keys" / "vault"
    monkeypatch.setenv("PERVICHKA_VAULT_FILE", str(file))
    monkeypatch.delenv("PERVICHKA_VAULT_KEYS", raising=False)
    vault.ensure_key()
    return file


@pytest.fixture(autouse=True)
def forced_login_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` signs in with all that a post may demand: a device, and a second factor used.

    What is asked of those who lack one is tested where they sign in by themselves.
    """
    # Only once the settings are there can these be imported.
    from django.test import Client  # noqa: PLC0415 - see above

    from tests.builders.sign_ins import sign_in_wholly  # noqa: PLC0415 - see above

    monkeypatch.setattr(Client, "force_login", sign_in_wholly)
