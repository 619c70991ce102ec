"""Sentences that more than one page says."""

from django.utils.translation import ngettext

from pervichka.surfaces.web.templatetags.pervichka import number


def silent_sentence(count: int) -> str:
    """12 primary branches are silent."""
    return ngettext(
        "%(count)s primary branch is silent", "%(count)s primary branches are silent", count
    ) % {"count": number(count)}
