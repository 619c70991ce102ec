"""The fields of one YAML mapping, read by kind; what is wrong is noted with its line and path."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.territory import Texts

CODE = re.compile(r"[a-z][a-z0-9-]*")


class Entries:
    """One mapping of the document. A wrong field is noted and reads as empty, so reading goes on.

    A missing field reads as empty too and is noted by `check_keys` alone.
    """

    def __init__(self, fields: CommentedMap, mistakes: Mistakes, path: str = "") -> None:
        self._fields = fields
        self._mistakes = mistakes
        self._path = path

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def line(self, key: str) -> int | None:
        """The line of a field, from 1; of the whole mapping if the field is not there."""
        if key in self._fields:
            return int(self._fields.lc.key(key)[0]) + 1
        return None if self._fields.lc.line is None else int(self._fields.lc.line) + 1

    def path(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, message: str, **params: object) -> None:
        self._mistakes.add(message, self.line(key), self.path(key), **params)

    def check_keys(self, *, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        for key in required:
            if key not in self._fields:
                self.wrong(key, "The field is missing.")
        for key in self._fields:
            if key not in (*required, *optional):
                allowed = ", ".join((*required, *optional))
                self.wrong(key, "Unknown field; the allowed ones: {allowed}.", allowed=allowed)

    def text(self, key: str) -> str:
        value = self._fields.get(key, "")
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in self._fields:
            self.wrong(key, "The field must be text, not empty.")
        return ""

    def code(self, key: str) -> str:
        """A short name for programs: small Latin letters, digits and hyphens."""
        value = self.text(key)
        if value and not CODE.fullmatch(value):
            self._wrong_code(key, value)
        return value

    def number(self, key: str, *, least: int = 1) -> int:
        """A whole number, `least` or more."""
        value = self._fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return int(value)
        if key in self._fields:
            self.wrong(key, "The field must be a whole number, at least {least}.", least=least)
        return 0

    def day(self, key: str) -> date | None:
        """A day as YYYY-MM-DD; none where it is wrong or missing."""
        value = self._fields.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if key in self._fields:
            self.wrong(key, "The field must be a day, such as 2026-01-31.")
        return None

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of different codes, at least one."""
        values = self._fields.get(key)
        if not isinstance(values, CommentedSeq) or not values:
            self.wrong(key, "The field must be a list with at least one entry.")
            return ()
        codes = [str(value) for value in values]
        for code in codes:
            if not CODE.fullmatch(code):
                self._wrong_code(key, code)
        if len(set(codes)) < len(codes):
            self.wrong(key, "An entry is there twice; keep one.")
        return tuple(codes)

    def texts(self, key: str, languages: Sequence[str]) -> Texts:
        """A text in every language of the pack, and in no other."""
        if key not in self._fields:
            return {}
        inner = self.inner(key)
        inner.check_keys(required=languages)
        return {language: inner.text(language) for language in languages}

    def inner(self, key: str) -> "Entries":
        """The fields under a field."""
        value = self._fields.get(key)
        if isinstance(value, CommentedMap):
            return Entries(value, self._mistakes, self.path(key))
        if key in self._fields:
            self.wrong(key, "The field must hold fields of its own, such as “code: …”.")
        return self._empty(key)

    def items(self, key: str) -> list["Entries"]:
        """The mappings of a list, each under its own path: levels[1], levels[2] …"""
        values = self._fields.get(key)
        if not isinstance(values, CommentedSeq):
            self.wrong(key, "The field must be a list.")
            return []
        items = []
        for number, value in enumerate(values, 1):
            path = f"{self.path(key)}[{number}]"
            if isinstance(value, CommentedMap):
                items.append(Entries(value, self._mistakes, path))
            else:
                line = int(values.lc.item(number - 1)[0]) + 1
                self._mistakes.add("The entry must hold fields of its own.", line, path)
        return items

    def check_unique_codes(self, items: Sequence["Entries"]) -> None:
        first: dict[object, int | None] = {}
        for item in items:
            if "code" not in item:
                continue
            code = item.text("code")
            line = item.line("code")
            if code in first:
                message = "{code} is the code of line {first} already; it must be unique."
                item.wrong("code", message, code=code, first=first[code])
            first.setdefault(code, line)

    def _wrong_code(self, key: str, value: str) -> None:
        message = "{value} is not a code; write small Latin letters, digits and hyphens."
        self.wrong(key, message, value=value)

    def _empty(self, key: str) -> "Entries":
        # A stand-in so that reading goes on; whatever it would note has been noted above it.
        return Entries(CommentedMap(), Mistakes.unheard(), self.path(key))
