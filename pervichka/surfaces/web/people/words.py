"""What is shown of a person, in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.people.queries import PersonPage
from pervichka.register.texts.queries import published_texts
from pervichka.surfaces.web.templatetags.pervichka import text_of

AFFILIATIONS = {
    "member": gettext_noop("Member"),
    "candidate": gettext_noop("Candidate for membership"),
    "supporter": gettext_noop("Supporter"),
    "contact": gettext_noop("Contact"),
}


def affiliation_title(kind: str) -> str:
    return _(AFFILIATIONS[kind])


def affiliation(page: PersonPage) -> str:
    """What the person is today."""
    bond = next((bond for bond in page.affiliations if bond.valid_to is None), None)
    return affiliation_title("contact" if bond is None else bond.kind)


def consents(page: PersonPage) -> list[str]:
    """What the person agrees to today, by its purpose."""
    texts = published_texts()
    return [
        text_of(texts[consent.text_code, consent.text_version].aim)
        for consent in page.consents
        if consent.withdrawn_on is None
    ]


def affiliation_options() -> list[tuple[str, str]]:
    """Choices of a filter, the closest bond first; none of them: everybody."""
    return [("", _("Everybody")), *((kind, _(word)) for kind, word in AFFILIATIONS.items())]
