"""Who a typed name or phone number belongs to. Phones are looked up here and nowhere else."""

from django.db.models import QuerySet

from pervichka.register.accounts.models import User
from pervichka.register.people.contact_values import phone_number
from pervichka.register.people.models import ContactKind, ContactPoint, Person


def user_signing_in(text: str) -> User | None:
    """The user of that name or phone; none where a phone leads to several users or to nobody."""
    text = text.strip()
    named = User.objects.filter(name=text).first()
    if named is not None:
        return named
    phone = phone_number(text)
    if phone is None:
        return None
    found = list(User.objects.filter(person__in=_persons_with_phone(phone))[:2])
    return found[0] if len(found) == 1 else None


def _persons_with_phone(phone: str) -> QuerySet[Person]:
    points = ContactPoint.objects.filter(kind=ContactKind.PHONE, value=phone)
    return Person.objects.filter(id__in=points.values("person_id"))
