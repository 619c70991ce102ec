"""What each of the demo's people is there to try, said beside their sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.posts.queries import SignInToTry

_LEVELS = {
    "federal": gettext_noop("Headquarters"),
    "regional": gettext_noop("Regions"),
    "local": gettext_noop("Local branches"),
    "primary": gettext_noop("Primary branches"),
}
# Those whose branch is chosen to show one thing; the others say what their post is for.
_OF_USER = {
    "demo-secretary": gettext_noop("Tick yesterday's meeting"),
    "demo-silent": gettext_noop("A silent branch: plan its next meeting"),
    "demo-excellent": gettext_noop("An excellent branch: see what makes it one"),
    "demo-region-2": gettext_noop("Another region: nothing of the first is seen here"),
}
_OF_ROLE = {
    "headquarters_editor": gettext_noop(
        "The whole country: where work goes on, where it is silent"
    ),
    "viewer": gettext_noop("The same country, with nothing to change"),
    "data_protection_officer": gettext_noop("Agree to a powerful grant, or refuse it"),
    "administrator": gettext_noop("Who holds what: grant a post, and see who has not come in"),
    "regional_head": gettext_noop("Find the silent branches"),
    "local_head": gettext_noop("Compare neighbours and help one of them"),
    "branch_secretary": gettext_noop("See what to do next, plan a meeting"),
}


@dataclass(frozen=True)
class ToTry:
    person: SignInToTry
    what: str


@dataclass(frozen=True)
class LevelToTry:
    """The sign-ins of one level, under its heading."""

    title: str
    people: Sequence[ToTry]


def levels_to_try(people: Sequence[SignInToTry]) -> list[LevelToTry]:
    """From headquarters down to primary branches, as the sign-ins come."""
    found: dict[str, list[ToTry]] = {}
    for person in people:
        what = _OF_USER.get(person.user_name) or _OF_ROLE.get(person.role)
        found.setdefault(person.level, []).append(ToTry(person, _(what) if what else ""))
    return [
        LevelToTry(_(_LEVELS[level]) if level in _LEVELS else level, here)
        for level, here in found.items()
    ]
