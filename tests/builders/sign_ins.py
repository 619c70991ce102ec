"""Browsers for tests, signed in without the pages that ask."""

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.accounts.actions import begin_device
from pervichka.register.accounts.models import User
from pervichka.register.posts.queries import acting_user

PLAIN = Client.force_login


def sign_in_wholly(client: Client, user: User, backend: str | None = None) -> None:
    """With all that a post may demand: a device, and a second factor used."""
    PLAIN(client, user, backend)
    at = clock.now()
    device = begin_device(user=user, name="test", way="test", by=acting_user(user, at=at), at=at)
    request = HttpRequest()
    request.session = client.session
    request.session["device"] = str(device.id)
    record_authentication(request, user, "mfa")
    request.session.save()
