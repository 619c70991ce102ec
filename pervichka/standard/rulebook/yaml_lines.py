"""YAML as plain nodes that know their lines; only the simple part of YAML is let through.

No anchors, aliases, tags or directives: a page of aliases can grow to gigabytes, and a tag can
change what a value is. Scalars stay text here; what they mean is asked for by the reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pervichka.foundation.refusal import Reason

MAX_CHARACTERS = 256 * 1024
MAX_DEPTH = 16
_CLOSING = (MappingEndEvent, SequenceEndEvent)


@dataclass(frozen=True)
class Scalar:
    """One value as written; `plain` where it has no quotes."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple["YamlNode", ...]
    line: int


@dataclass(frozen=True)
class Keys:
    """A mapping; of a key written twice the first stands (the second has been reported)."""

    entries: dict[str, "YamlNode"]
    lines: dict[str, int]
    line: int


YamlNode = Scalar | Items | Keys


class _Broken(Exception):
    """The text is not YAML of the simple kind; nothing after this place can be read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class _Event(Protocol):
    start_mark: Any
    anchor: str | None


def read_yaml(text: str, *, file: str) -> tuple[YamlNode | None, list[Reason]]:
    """The document's root and what is wrong with it as YAML; no root where it can't be read.

    Lines count from 1. Duplicate keys are reported and reading goes on.
    """
    if len(text) > MAX_CHARACTERS:
        message = "the document has {length} characters; {limit} is the most"
        params = {"length": len(text), "limit": MAX_CHARACTERS}
        return None, [Reason(message=message, params=params, file=file)]
    reading = _Reading(file)
    try:
        root = reading.document(iter(YAML(typ="safe", pure=True).parse(text)))
    except _Broken as broken:
        return None, [*reading.reasons, broken.reason]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        return None, [
            *reading.reasons,
            _unreadable(file, line, str(error.problem or error.context)),
        ]
    except (YAMLError, ValueError) as error:
        # A letter that YAML forbids has no mark, only a sentence whose first line says what.
        return None, [*reading.reasons, _unreadable(file, None, str(error).partition("\n")[0])]
    return root, reading.reasons


def _unreadable(file: str, line: int | None, problem: str) -> Reason:
    message = "the document can't be read as YAML: {problem}"
    if "\\t" in problem:
        message += "; indent with spaces, not tabs"
    return Reason(message=message, params={"problem": problem}, file=file, line=line)


class _Reading:
    def __init__(self, file: str) -> None:
        self._file = file
        self.reasons: list[Reason] = []

    def document(self, events: Iterator[object]) -> YamlNode:
        root: YamlNode | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise self._broken(event, "one file holds one document; remove '---'")
                if event.version or event.tags:
                    raise self._broken(event, "directives (%…) are not allowed; remove the line")
            elif isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
                root = self._node(event, events, 1)
        if root is None:
            message = "the document is empty; see the first lines of a shipped standard"
            raise _Broken(Reason(message=message, file=self._file, line=1))
        return root

    def _broken(self, event: object, message: str) -> _Broken:
        line = cast("_Event", event).start_mark.line + 1
        return _Broken(Reason(message=message, file=self._file, line=line))

    def _node(self, event: object, events: Iterator[object], depth: int) -> YamlNode:
        if isinstance(event, AliasEvent) or cast("_Event", event).anchor:
            raise self._broken(event, "anchors (&) and aliases (*) are not allowed; write it out")
        if depth > MAX_DEPTH:
            raise self._broken(event, f"the document nests deeper than {MAX_DEPTH} levels")
        if getattr(event, "tag", None) is not None:
            raise self._broken(event, "tags (!) are not allowed; remove the tag")
        line = cast("_Event", event).start_mark.line + 1
        if isinstance(event, SequenceStartEvent):
            return self._items(events, depth, line)
        if isinstance(event, MappingStartEvent):
            return self._keys(events, depth, line)
        scalar = cast("ScalarEvent", event)
        value = str(scalar.value)
        # An escaped half of a UTF-16 pair is no letter either, and can't be stored or shown.
        if any(
            (letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff"
            for letter in value
        ):
            raise self._broken(event, "the text holds a control character; remove it")
        return Scalar(value, scalar.style is None, line)

    def _items(self, events: Iterator[object], depth: int, line: int) -> Items:
        items = []
        for event in events:
            if isinstance(event, _CLOSING):
                break
            items.append(self._node(event, events, depth + 1))
        return Items(tuple(items), line)

    def _keys(self, events: Iterator[object], depth: int, line: int) -> Keys:
        entries: dict[str, YamlNode] = {}
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, _CLOSING):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                raise self._broken(event, "a key must be a word, not a list or a mapping")
            value = self._node(next(events), events, depth + 1)
            if isinstance(value, Scalar) and value.plain and not value.text:
                value = Scalar("", plain=True, line=key.line)  # else the next line would be blamed
            if key.text in entries:
                message = "the key {key} is written twice (first on line {first}); remove one"
                params = {"key": repr(key.text), "first": lines[key.text]}
                self.reasons.append(
                    Reason(message=message, params=params, file=self._file, line=key.line)
                )
                continue
            entries[key.text], lines[key.text] = value, key.line
        return Keys(entries, lines, line)
