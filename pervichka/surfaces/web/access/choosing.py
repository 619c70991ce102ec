"""Who gets a post: a user by name, or a person found by a name, a phone number or an e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.accounts.queries import user_named
from pervichka.register.people.queries import PersonLine, search_people
from pervichka.surfaces.web.refusals import reason_texts

_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A user's name or a person; or `several` to choose from; or what is wrong."""

    user_name: str = ""
    person: PersonLine | None = None
    several: Sequence[PersonLine] = ()
    problem: str = ""


def choose(actor: Actor, text: str, person: str) -> Chosen:
    """`text` is what was typed; `person` the id of the one picked from several, if any.

    Whoever sees nobody's name chooses by user name alone.
    """
    if user_named(text) is not None:
        return Chosen(user_name=text)
    if not may_search(actor):
        return Chosen(problem=_("There is no user of this name"))
    try:
        found = search_people(text, actor=actor, most=_MOST)
    except Refused as refused:
        return Chosen(problem=" ".join(reason_texts(refused)))
    picked = [one for one in found if str(one.id) == person]
    if picked or len(found) == 1:
        return Chosen(person=(picked or found)[0])
    if found:
        return Chosen(several=found, problem=_("Several people are found: choose one of them"))
    return Chosen(problem=_("Nobody is found: neither a user nor a person of this name"))


def may_search(actor: Actor) -> bool:
    return Permission.SEE_PEOPLE in actor.permissions
