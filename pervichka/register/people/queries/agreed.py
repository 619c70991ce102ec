"""A text as a person read it: with the controller of that day, and the branch, named in it."""

from dataclasses import replace
from datetime import date

from django.utils import translation

from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.texts.queries import controller_of
from pervichka.register.texts.wording import ConsentText, filled, placeholders


def as_agreed(text: ConsentText, *, branch: Branch, on: date | None) -> ConsentText:
    """Names are filled in; with a dash where nobody was named then, or no day is known."""
    if not any(placeholders(wording) for wording in text.text.values()):
        return text
    controller = None if on is None else controller_of(branch, on=on)
    values = {
        "controller": "—" if controller is None else controller.name,
        "number": "—" if controller is None else controller.number,
        "address": "—" if controller is None else controller.address,
    }
    worded = {}
    for language, wording in text.text.items():
        with translation.override(language):
            worded[language] = filled(wording, {**values, "branch": branch_label(branch)})
    return replace(text, text=worded)
