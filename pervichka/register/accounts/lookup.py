"""Who a typed name or phone number belongs to. Phones are looked up here and nowhere else."""

from pervichka.register.accounts.models import User
from pervichka.register.people.models import ContactKind
from pervichka.register.people.queries import people_by_contact


def user_signing_in(text: str) -> User | None:
    """The user of that name or phone; none where a phone leads to several users or to nobody."""
    text = text.strip()
    named = User.objects.filter(name=text).first()
    if named is not None:
        return named
    holders = people_by_contact(kind=ContactKind.PHONE, value=text)
    found = list(User.objects.filter(person_id__in=holders)[:2])
    return found[0] if len(found) == 1 else None
