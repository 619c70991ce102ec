"""Secrets of second factors lie in the vault, and follow its keys when they are rotated."""

import base64
import hmac
import importlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import connection

from pervichka.foundation import vault
from pervichka.foundation.home import secret as home_secret
from pervichka.register.accounts.actions import (
    add_app,
    create_user,
    factors_by_version,
    reseal_factors,
    use_code,
)
from pervichka.register.accounts.models import User
from pervichka.register.accounts.queries import recovery_codes_of
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 10, tzinfo=UTC)


def code_at(secret: str, at: datetime) -> str:
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def with_app() -> tuple[User, str]:
    user = create_user(name="vera", by=OPERATOR, at=LONG_AGO)
    secret = generate_totp_secret()
    add_app(user=user, secret=secret, code=code_at(secret, AT), by=OPERATOR, at=AT)
    return user, secret


def stored() -> str:
    return json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_what_is_stored_opens_with_the_vault_s_key_alone(own_keys: Path) -> None:
    _, secret = with_app()
    assert secret not in stored()
    assert factors_by_version() == {1: 2}


def test_rotating_the_keys_seals_them_anew_and_they_still_open(own_keys: Path) -> None:
    user, secret = with_app()
    before, codes = stored(), recovery_codes_of(user)
    vault.add_key()

    assert reseal_factors(by=OPERATOR, at=AT) == 2
    assert factors_by_version() == {2: 2}
    assert stored() != before
    assert reseal_factors(by=OPERATOR, at=AT) == 0
    assert recovery_codes_of(user) == codes
    use_code(user=user, code=code_at(secret, LATER), at=LATER)


def test_those_from_before_the_vault_are_moved_into_it(own_keys: Path) -> None:
    user, secret = with_app()
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    nonce = bytes(12)
    body = AESGCM(hmac.digest(home_secret("sign-in"), b"second-factor", "sha256")).encrypt(
        nonce, secret.encode(), b"second-factor"
    )
    app.data["secret"] = "sealed1:" + base64.urlsafe_b64encode(nonce + body).decode()
    app.save()

    migration = importlib.import_module(
        "pervichka.register.accounts.migrations.0004_seal_factors_in_the_vault"
    )
    with connection.schema_editor() as editor:
        migration.reseal(apps, editor)
    assert factors_by_version() == {1: 2}
    use_code(user=user, code=code_at(secret, LATER), at=LATER)
