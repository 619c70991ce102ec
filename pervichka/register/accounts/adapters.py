"""What the sign-in library asks of us: no addresses in its tables, no secret of its in clear."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from pervichka.register.accounts.lookup import user_signing_in
from pervichka.register.accounts.sealed_factors import opened, sealed


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody signs up by themselves, and no mail or message of the library's is ever sent."""

    def is_open_for_signup(self, request: object) -> bool:
        return False

    def get_user_by_phone(self, phone: str) -> AbstractBaseUser | None:
        return user_signing_in(phone)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        return None

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:  # noqa: FBT001 - the library's signature
        """Phones stand with the person, encrypted, and are changed there."""
        raise NotImplementedError

    def send_mail(self, *_args: Any, **_kwargs: Any) -> None:
        raise NotImplementedError

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """The journal says it; there is no address to write to."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Our pages say what happened in words of their own."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Secrets of apps and recovery codes lie sealed in the vault; a passkey knows no name."""

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": str(app_settings.TOTP_ISSUER)}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What a device keeps and shows beside the passkey: the opaque user name alone."""
        name = user.get_username()
        return {"id": user.pk.hex.encode(), "name": name, "display_name": name}
