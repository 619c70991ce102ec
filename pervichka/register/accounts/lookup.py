"""Who a typed name, phone number or e-mail address belongs to. Looked up here and nowhere else."""

from pervichka.register.accounts.models import User
from pervichka.register.people.models import ContactKind
from pervichka.register.people.queries import people_by_contact


def user_signing_in(text: str) -> User | None:
    """The user of that name or phone; none where a phone leads to several users or to nobody."""
    text = text.strip()
    named = User.objects.filter(name=text).first()
    if named is not None:
        return named
    return _only(ContactKind.PHONE, text)


def user_of_email(text: str) -> User | None:
    """The user of that e-mail address; none where it leads to several users or to nobody."""
    return _only(ContactKind.EMAIL, text)


def _only(kind: str, text: str) -> User | None:
    holders = people_by_contact(kind=kind, value=text)
    found = list(User.objects.filter(person_id__in=holders)[:2])
    return found[0] if len(found) == 1 else None
