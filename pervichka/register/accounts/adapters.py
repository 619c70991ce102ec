"""What the sign-in library asks of us: no addresses in its tables, no secret of its in clear."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from pervichka.register.accounts.keys import seal, unseal
from pervichka.register.accounts.lookup import user_signing_in

_PURPOSE = "second-factor"


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
    """Secrets of apps and recovery codes lie sealed."""

    def encrypt(self, text: str) -> str:
        return seal(_PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_PURPOSE, encrypted_text)
