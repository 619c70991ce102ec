"""A campaign's wording: what may stand in it, and the letter that one person gets."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pervichka.foundation.refusal import Reason

LANGUAGES = ("ru", "en")
PLACEHOLDERS = ("first_name", "branch")
SUBJECT_LENGTH, BODY_LENGTH, TITLE_LENGTH = 150, 10_000, 200
_BETWEEN = "\n\n— — —\n\n"
_WAY_OUT = {
    "ru": "Больше не хотите таких писем? Откажитесь одним нажатием: {address}",
    "en": "No more such letters? One click is enough: {address}",
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """Subject and body in one language."""

    subject: str
    body: str


Wording = Mapping[str, Words]
"""By language; one that is not written is not there."""


def faults(wording: Wording) -> list[Reason]:
    """What is wrong with it; each reason names its field as `column`."""
    found = []
    if not wording:
        found.append(
            Reason(message="write a subject and a text, in one language at least", column="body_ru")
        )
    for language, words in wording.items():
        found += _faults(language, words)
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """With every name in braces replaced."""
    return text.format_map({name: values[name] for name in PLACEHOLDERS})


def subject_of(wording: Wording, values: Mapping[str, str]) -> str:
    """The subject in the first language that is written."""
    words = next(iter(wording.values()))
    return " ".join(filled(words.subject, values).split())


def body_of(
    wording: Wording, values: Mapping[str, str], *, imprint: Mapping[str, str], way_out: str
) -> str:
    """All languages one under the other, then the imprint and the way out."""
    bodies = [filled(words.body, values).strip() for words in wording.values()]
    feet = []
    for language in wording:
        if imprint.get(language):
            feet.append(imprint[language])
        feet.append(_WAY_OUT[language].format(address=way_out))
    return _BETWEEN.join(bodies) + "\n\n-- \n" + "\n".join(feet) + "\n"


def wording_of(written: object) -> Wording:
    """Of whatever has `subject_ru`, `body_ru` … as a campaign has."""
    return {
        language: Words(
            subject=getattr(written, f"subject_{language}"),
            body=getattr(written, f"body_{language}"),
        )
        for language in LANGUAGES
        if getattr(written, f"subject_{language}") or getattr(written, f"body_{language}")
    }


def _faults(language: str, words: Words) -> list[Reason]:
    found = []
    parts: Sequence[tuple[str, str, int]] = (
        ("subject", words.subject, SUBJECT_LENGTH),
        ("body", words.body, BODY_LENGTH),
    )
    for part, text, limit in parts:
        column = f"{part}_{language}"
        if not text.strip():
            found.append(Reason(message="write both the subject and the text", column=column))
        if len(text) > limit:
            found.append(
                Reason(
                    message="{limit} characters are the most",
                    params={"limit": limit},
                    column=column,
                )
            )
        strange = _strange_names(text)
        if strange:
            found.append(
                Reason(
                    message="{names} can't stand in braces; write one of {allowed}",
                    params={"names": ", ".join(strange), "allowed": ", ".join(PLACEHOLDERS)},
                    column=column,
                )
            )
    if "\n" in words.subject or "\r" in words.subject:
        found.append(Reason(message="a subject is one line", column=f"subject_{language}"))
    return found


def _strange_names(text: str) -> list[str]:
    try:
        named = list(string.Formatter().parse(text))
    except ValueError:
        return ["{ }"]
    return [
        name or "{}"
        for _before, name, form, conversion in named
        if name is not None and (name not in PLACEHOLDERS or form or conversion)
    ]
