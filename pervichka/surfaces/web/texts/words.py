"""Texts as pages show them: in each language, and what differs from the version before."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_noop, pgettext_lazy
from django.utils.translation import gettext as _

from pervichka.register.texts.wording import LANGUAGES, ConsentText

_BASES = {
    "consent": gettext_noop("Consent"),
    "membership": gettext_noop("Membership"),
    "contract": gettext_noop("Contract"),
    "legal_obligation": gettext_noop("Legal obligation"),
}
_CHANNELS = {
    "phone": pgettext_lazy("channel", "phone"),
    "email": pgettext_lazy("channel", "e-mail"),
    "post": pgettext_lazy("channel", "post"),
    "sms": pgettext_lazy("channel", "SMS"),
    "messenger": pgettext_lazy("channel", "messenger"),
}
_NAMES = {"ru": "Русский", "en": "English"}


@dataclass(frozen=True)
class Run:
    """Words that stayed (`kind` empty), came (`ins`) or went (`del`)."""

    kind: str
    words: str


@dataclass(frozen=True)
class InLanguage:
    """A text in one language; `changes` is empty for a first version."""

    code: str
    name: str
    aim: str
    text: str
    changes: Sequence[Run]
    changed: bool


def basis(code: str) -> str:
    return _(_BASES[code])


def channel(code: str) -> str:
    return str(_CHANNELS[code])


def channels(text: ConsentText) -> str:
    return ", ".join(map(channel, text.channels))


def in_both(aim: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a text is for, in words: with its language, the reader's own first."""
    own = (get_language() or LANGUAGES[0])[:2]
    return sorted(aim.items(), key=lambda said: said[0] != own)


def in_languages(text: ConsentText, before: ConsentText | None) -> list[InLanguage]:
    """Side by side, each with its changes since `before`."""
    found = []
    for language in LANGUAGES:
        wording = text.text[language]
        changes = [] if before is None else differences(before.text[language], wording)
        found.append(
            InLanguage(
                code=language,
                name=_NAMES[language],
                aim=text.aim[language],
                text=wording,
                changes=changes,
                changed=any(run.kind for run in changes),
            )
        )
    return found


def before(
    text: ConsentText, published: Mapping[tuple[str, int], ConsentText]
) -> ConsentText | None:
    """The version before it."""
    return published.get((text.code, text.version - 1))


def differences(old: str, new: str) -> list[Run]:
    """The two wordings word by word, as runs in the order of reading."""
    was, now = old.split(), new.split()
    runs = []
    matcher = difflib.SequenceMatcher(a=was, b=now, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("", " ".join(now[b_from:b_to])))
            continue
        if a_to > a_from:
            runs.append(Run("del", " ".join(was[a_from:a_to])))
        if b_to > b_from:
            runs.append(Run("ins", " ".join(now[b_from:b_to])))
    return runs
