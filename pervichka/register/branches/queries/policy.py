"""The rules of the jurisdiction that this installation is set to."""

from functools import cache

from django.conf import settings

from pervichka.register.branches.packs.policy import AppealPolicy, load_appeal_policy


@cache
def appeal_policy() -> AppealPolicy:
    """Terms and limits of appeals. Raises `Refused` where the pack's file is wrong."""
    return load_appeal_policy(settings.PACK)
