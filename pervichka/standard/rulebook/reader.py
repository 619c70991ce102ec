"""Reads typed values out of YAML nodes, and keeps every mistake with its line."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from pervichka.foundation.refusal import Reason
from pervichka.standard.rulebook.yaml_lines import Items, Keys, Scalar, YamlNode

Choice = TypeVar("Choice", bound=str)

_NUMBER = re.compile(r"[-+]?(0|[1-9]\d*|(?=\.\d))(\.\d*)?([eE][-+]?\d{1,3})?", re.ASCII)
_LOOKS_NUMERIC = re.compile(r"[-+]?(\.?\d[\d._]*([eE][-+]?\d+)?|0[xob][\da-fA-F_]+|\.inf|\.nan)",
                            re.ASCII | re.IGNORECASE)  # fmt: skip
_LOOKS_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_WORDS = frozenset(
    {"yes", "no", "on", "off", "true", "false", "null", "y", "n", "~"}
)  # what some YAML readers take for true, false or nothing
_SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
MAX_TEXT = 4000
MAX_SLUG = 80
LARGEST = 1e12


def listed(values: Collection[str]) -> str:
    """Allowed values as they are shown in a refusal."""
    return ", ".join(values)


class Reader:
    """One document's reading. Every method yields none after reporting a mistake."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.reasons: list[Reason] = []

    def report(self, line: int, message: str, **params: object) -> None:
        self.reasons.append(Reason(message=message, params=params, file=self.file, line=line))

    def keys(
        self, node: YamlNode, what: str, required: Sequence[str], optional: Sequence[str] = ()
    ) -> Mapping[str, YamlNode] | None:
        """The entries of a mapping that has every required key; unknown ones are left out."""
        if not isinstance(node, Keys):
            allowed = [*required, *optional]
            message = "{what} must be a mapping with the keys: {allowed}"
            self.report(node.line, message, what=what, allowed=listed(allowed))
            return None
        for key, line in node.lines.items():
            if key not in required and key not in optional:
                self.report(
                    line,
                    "{what} has no key {key}; allowed: {allowed}",
                    what=what,
                    key=repr(key),
                    allowed=listed([*required, *optional]),
                )
        for key in required if node.whole else ():
            if key not in node.entries:
                self.report(node.line, "{what} lacks the key {key}", what=what, key=repr(key))
        return {
            key: value for key, value in node.entries.items() if key in required or key in optional
        }

    def items(self, node: YamlNode, what: str) -> tuple[YamlNode, ...]:
        """A list with at least one item; empty after a mistake."""
        if not isinstance(node, Items):
            self.report(node.line, "{what} must be a list", what=what)
            return ()
        if not node.items and node.whole:
            self.report(node.line, "{what} is empty; list at least one", what=what)
        return node.items

    def text(self, node: YamlNode, what: str) -> str | None:
        """Text that no YAML reader can take for a number, a date or a truth value."""
        if not isinstance(node, Scalar):
            self.report(node.line, "{what} must be text", what=what)
            return None
        text = node.text.strip()
        if not text:
            self.report(node.line, "{what} is empty", what=what)
            return None
        if node.plain and (looks := _looks_like(node.text)):
            message = "{what} must be text, but {text} reads as {looks}; put it in quotes"
            self.report(node.line, message, what=what, text=node.text, looks=looks)
            return None
        if len(text) > MAX_TEXT:
            message = "{what} has {length} characters; {limit} is the most"
            self.report(node.line, message, what=what, length=len(text), limit=MAX_TEXT)
            return None
        return text

    def texts(self, node: YamlNode, what: str) -> dict[str, str]:
        """Text by language; empty after a mistake."""
        if not isinstance(node, Keys) or (node.whole and not node.entries):
            message = "{what} must be text by language, as {{en: Title, ru: Название}}"
            self.report(node.line, message, what=what)
            return {}
        found: dict[str, str] = {}
        last = None
        for language, value in node.entries.items():
            if _LANGUAGE.fullmatch(language):
                last = language
                text = self.text(value, f"{what} ({language})")
                if text is not None:
                    found[language] = text
            elif last is not None and value == Scalar("", plain=True, line=value.line):
                # An unquoted comma ends a value inside {…}: `{ru: Отделения, где был сбор}`.
                # What a person reads as one sentence stays one sentence.
                if last in found:
                    found[last] += ", " + language
            else:
                message = "{what}: {language} is not a language code; write en, ru or the like"
                self.report(node.lines[language], message, what=what, language=repr(language))
        return found

    def slug(self, node: YamlNode, what: str) -> str | None:
        """A short name of small Latin letters, digits and hyphens."""
        text = self.text(node, what)
        if text is not None and (_SLUG.fullmatch(text) is None or len(text) > MAX_SLUG):
            message = (
                "{what} {text} must be small Latin letters, digits and hyphens, "
                "such as branch-work, at most {limit}"
            )
            self.report(node.line, message, what=what, text=repr(text), limit=MAX_SLUG)
            return None
        return text

    def version(self, node: YamlNode) -> str | None:
        text = self.text(node, "version")
        if text is not None and (_VERSION.fullmatch(text) is None or len(text) > MAX_SLUG):
            message = 'version {text} must be Latin letters, digits, points and hyphens: "2026.1"'
            self.report(node.line, message, text=repr(text))
            return None
        return text

    def choice(self, node: YamlNode, what: str, allowed: Sequence[Choice]) -> Choice | None:
        """One of a few words."""
        if isinstance(node, Scalar):
            for value in allowed:
                if value == node.text:
                    return value
        shown = repr(node.text) if isinstance(node, Scalar) else "a list or a mapping"
        message = "{what} can't be {found}; allowed: {allowed}"
        self.report(node.line, message, what=what, found=shown, allowed=listed(allowed))
        return None

    def date(self, node: YamlNode, what: str) -> date | None:
        """A day between 1900 and 2199, so that no window before it leaves the calendar."""
        found = None
        if isinstance(node, Scalar) and _LOOKS_DATE.fullmatch(node.text):
            try:
                found = date.fromisoformat(node.text)
            except ValueError:
                found = None
        if found is None or not 1900 <= found.year <= 2199:
            self.report(node.line, "{what} must be a date, such as 2026-01-31", what=what)
            return None
        return found

    def number(self, node: YamlNode, what: str) -> float | None:
        """A decimal number, as the nearest double."""
        message = "{what} must be a number, such as 5 or 0.8"
        if not isinstance(node, Scalar) or _NUMBER.fullmatch(node.text) is None:
            self.report(node.line, message, what=what)
            return None
        if not node.plain:
            message = "{what} must be a number, such as 5 or 0.8, without quotes"
            self.report(node.line, message, what=what)
            return None
        number = float(node.text)
        if not math.isfinite(number) or abs(number) > LARGEST:
            self.report(node.line, "{what} is too large", what=what)
            return None
        return number

    def positive(self, node: YamlNode, what: str) -> float | None:
        number = self.number(node, what)
        if number is not None and number <= 0:
            self.report(node.line, "{what} must be above 0", what=what)
            return None
        return number


def _looks_like(text: str) -> str | None:
    """What a plain scalar reads as, if not as text."""
    if text.lower() in _WORDS:
        return "yes, no or nothing"
    if _LOOKS_DATE.fullmatch(text):
        return "a date"
    return "a number" if _LOOKS_NUMERIC.fullmatch(text) else None
