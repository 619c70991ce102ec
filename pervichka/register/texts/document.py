"""A text as a YAML document, one version a file: read whole, or refused with every mistake.

code: newsletter
version: 1                    # one more than the version before; a published one never changes
basis: consent
purpose: news
channels: [email]
aim: {ru: Новости отделения, en: News of the branch}
text:
  ru: Я согласен получать новости от {controller}, {address}…
  en: I agree to receive news from {controller}, {address}…
"""

import hashlib
import json
from pathlib import Path

from pervichka.register.branches.packs.document import parsed
from pervichka.register.branches.packs.entries import Entries
from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.texts.models import Basis
from pervichka.register.texts.wording import (
    CHANNELS,
    LANGUAGES,
    PLACEHOLDERS,
    ConsentText,
    placeholders,
)

SHIPPED = Path(__file__).parent / "shipped"
_FIELDS = ("code", "version", "basis", "purpose", "channels", "aim", "text")
_MOST_BYTES = 64 * 1024
_ONE_OF = "{value} is not known; write one of {allowed}."


def read_document(file: Path) -> str:
    """The file's text. Raises `Refused`."""
    mistakes = Mistakes(file)
    try:
        if file.stat().st_size > _MOST_BYTES:
            mistakes.add("The file is too long for a text: 64 KiB are the most.", None, None)
        else:
            return file.read_text(encoding="utf-8")
    except OSError:
        mistakes.add("The file cannot be read.", None, None)
    except UnicodeDecodeError:
        mistakes.add("The file is not UTF-8 text.", None, None)
    mistakes.raise_if_any()
    raise AssertionError("every failed reading is a mistake")


def parse_document(document: str, *, file: Path) -> ConsentText:
    """What the document says. Raises `Refused` with every mistake, its line and its field."""
    mistakes = Mistakes(file)
    entries = Entries(parsed(document, mistakes), mistakes)
    entries.check_keys(required=_FIELDS)
    text = ConsentText(
        code=entries.code("code"),
        version=entries.number("version"),
        basis=_one_of(entries, "basis", Basis.values),
        purpose=_name(entries, "purpose"),
        channels=_channels(entries),
        aim=entries.texts("aim", LANGUAGES),
        text=entries.texts("text", LANGUAGES),
    )
    _check_placeholders(entries, text)
    mistakes.raise_if_any()
    return text


def fingerprint(text: ConsentText) -> str:
    """Equal for texts that say the same, however their documents are laid out."""
    said = [
        text.code,
        text.version,
        text.basis,
        text.purpose,
        sorted(text.channels),
        dict(text.aim),
        dict(text.text),
    ]
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _one_of(entries: Entries, key: str, allowed: list[str]) -> str:
    value = entries.text(key)
    if value and value not in allowed:
        entries.wrong(key, _ONE_OF, value=value, allowed=", ".join(allowed))
    return value


def _name(entries: Entries, key: str) -> str:
    value = entries.text(key)
    if value and not (value.isascii() and value.isidentifier() and value.islower()):
        message = "{value} is not a name; write small Latin letters, digits and underscores."
        entries.wrong(key, message, value=value)
    return value


def _channels(entries: Entries) -> tuple[str, ...]:
    values = entries.codes("channels")
    for value in values:
        if value not in CHANNELS:
            entries.wrong("channels", _ONE_OF, value=value, allowed=", ".join(CHANNELS))
    return values


def _check_placeholders(entries: Entries, text: ConsentText) -> None:
    """Whoever consents must read to whom; and what is read must be the same in each language."""
    inner = entries.inner("text")
    found: dict[str, set[str]] = {}
    for language, wording in text.text.items():
        try:
            found[language] = placeholders(wording)
        except ValueError:
            message = "A brace in the text must be a name such as {example}."
            inner.wrong(language, message, example="{controller}")
            return
        for name in sorted(found[language] - set(PLACEHOLDERS)):
            allowed = ", ".join("{" + known + "}" for known in PLACEHOLDERS)
            inner.wrong(language, _ONE_OF, value="{" + name + "}", allowed=allowed)
        if wording and text.basis == Basis.CONSENT and "controller" not in found[language]:
            message = "The text does not say to whom consent is given: it lacks {name}."
            inner.wrong(language, message, name="{controller}")
    if len({frozenset(names) for names in found.values()}) > 1:
        inner.wrong("en", "The names in braces are not the same in each language.")
