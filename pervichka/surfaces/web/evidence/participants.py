"""A participant's code on its way through an address, which says it to nobody."""

from cryptography.exceptions import InvalidTag

from pervichka.register.access.actor import Actor
from pervichka.register.accounts.keys import seal, unseal


def sealed_participant(code: object, actor: Actor) -> str:
    """The code, sealed for this reader alone: another's browser gets nothing out of it."""
    return seal(_purpose(actor), str(code))


def opened_participant(sealed: str, actor: Actor) -> str | None:
    """The code again; None for what was not sealed for this reader."""
    try:
        return unseal(_purpose(actor), sealed)
    except (ValueError, InvalidTag):
        return None


def _purpose(actor: Actor) -> str:
    return f"participant {actor.code}"
