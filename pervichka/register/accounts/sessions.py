"""Sessions, sealed: what lies in the table lets nobody in and tells nothing.

The cookie's key is not stored but its digest, so a stolen table holds no way in; what a session
carries (a code on its way, an address typed at sign-in) is sealed into its row. Who is signed in by
it stands beside, so that a person's sessions can be listed and ended.

Django loads `SessionStore` by the name of this module (SESSION_ENGINE).
"""

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pervichka.foundation import vault
from pervichka.register.accounts.models import Session

SEALED = vault.Cell("session", "sealed")


def digest_of(key: str) -> str:
    """What a session's key is stored as: it is 165 random bits, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's sessions over the vault. A value that no key opens is no session."""

    def load(self) -> dict[str, Any]:
        """What the session carries; nothing, and no key, where it isn't there or has ended."""
        key = self.session_key
        digest = digest_of(key or "")
        # The database's own clock: whoever ends a session writes by it as well.
        row = Session.objects.filter(digest=digest, expires_at__gt=Now()).first()
        if row is not None:
            try:
                text = SEALED.open(digest.encode(), row.sealed)
            except vault.Unopenable:
                row = None
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.serializer().loads(text.encode("latin-1"))
        return found

    def exists(self, session_key: str | None) -> bool:
        return Session.objects.filter(digest=digest_of(session_key or "")).exists()

    def create(self) -> None:
        """Begin one under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's, left out of its stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """Raises CreateError where the key is taken, UpdateError where the session was ended."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # as above
        digest = digest_of(self.session_key)
        text = self.serializer().dumps(data).decode("latin-1")
        values = {
            "sealed": SEALED.seal(digest.encode(), text),
            "user_id": data.get(SESSION_KEY),
            "expires_at": self.get_expiry_date(),
        }
        if not must_create:
            if not Session.objects.filter(digest=digest).update(**values):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session.objects.create(digest=digest, **values)
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lte=Now()).delete()
