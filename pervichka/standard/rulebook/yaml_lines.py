"""YAML as plain nodes that know their lines; only the simple part of YAML is let through.

No anchors, aliases, tags or directives: a page of aliases can grow to gigabytes, and a tag can
change what a value is. Scalars stay text here; what they mean is asked for by the reader.

Reading goes on past every mistake that it can, so that one of them hides no other: what is refused
as YAML stands as its plain value, and of a text that breaks off the part before that is kept.
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
    NodeEvent,
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
    """A list; not `whole` where the text broke off within it."""

    items: tuple["YamlNode", ...]
    line: int
    whole: bool = True


@dataclass(frozen=True)
class Keys:
    """A mapping; of a key written twice the first stands (the second has been reported).

    Not `whole` where the text broke off within it, so that nobody asks for what came after.
    """

    entries: dict[str, "YamlNode"]
    lines: dict[str, int]
    line: int
    whole: bool = True

    def without(self, *names: str) -> "Keys":
        return Keys(
            {key: value for key, value in self.entries.items() if key not in names},
            {key: line for key, line in self.lines.items() if key not in names},
            self.line,
            self.whole,
        )


YamlNode = Scalar | Items | Keys


class _Event(Protocol):
    start_mark: Any
    anchor: str | None


def read_yaml(text: str, *, file: str) -> tuple[list[YamlNode], list[Reason]]:
    """The roots of the text's documents, and what is wrong with it as YAML.

    More than one document is itself a mistake; no root is left where nothing could be read. Lines
    count from 1.
    """
    if len(text) > MAX_CHARACTERS:
        message = "the document has {length} characters; {limit} is the most"
        params = {"length": len(text), "limit": MAX_CHARACTERS}
        return [], [Reason(message=message, params=params, file=file)]
    reading = _Reading(file, text)
    roots = reading.documents()
    if not roots and not reading.reasons:
        message = "the document is empty; see the first lines of a shipped standard"
        reading.reasons.append(Reason(message=message, file=file, line=1))
    return roots, reading.reasons


class _Reading:
    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._events = self._until_it_breaks_off(text)
        self._broken_off = False
        self._deep_enough = False
        self.reasons: list[Reason] = []

    def _until_it_breaks_off(self, text: str) -> Iterator[object]:
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = None if mark is None else mark.line + 1
            self._break_off(line, str(error.problem or error.context))
        except (YAMLError, ValueError) as error:
            # A letter that YAML forbids has no mark, only a sentence whose first line says what.
            self._break_off(None, str(error).partition("\n")[0])

    def _break_off(self, line: int | None, problem: str) -> None:
        self._broken_off = True
        message = "the document can't be read as YAML: {problem}"
        if "\\t" in problem:
            message += "; indent with spaces, not tabs"
        params = {"problem": problem}
        self.reasons.append(Reason(message=message, params=params, file=self._file, line=line))

    def documents(self) -> list[YamlNode]:
        roots: list[YamlNode] = []
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if roots:
                    self._report(event, "one file holds one document; remove '---'")
                if event.version or event.tags:
                    self._report(event, "directives (%…) are not allowed; remove the line")
            elif isinstance(event, NodeEvent):
                roots.append(self._node(event, 1))
        return roots

    def _report(self, event: object, message: str, **params: object) -> None:
        line = cast("_Event", event).start_mark.line + 1
        self.reasons.append(Reason(message=message, params=params, file=self._file, line=line))

    def _node(self, event: object, depth: int) -> YamlNode:
        line = cast("_Event", event).start_mark.line + 1
        if isinstance(event, AliasEvent) or cast("_Event", event).anchor:
            self._report(event, "anchors (&) and aliases (*) are not allowed; write it out")
        if depth > MAX_DEPTH and not self._deep_enough:
            self._deep_enough = True
            self._report(event, "the document nests deeper than {limit} levels", limit=MAX_DEPTH)
        if getattr(event, "tag", None) is not None:
            self._report(event, "tags (!) are not allowed; remove the tag")
        if isinstance(event, SequenceStartEvent | MappingStartEvent):
            if depth > MAX_DEPTH:
                self._pass_over()
                return Scalar("", plain=True, line=line)
            return (
                self._items(depth, line)
                if isinstance(event, SequenceStartEvent)
                else self._keys(depth, line)
            )
        return self._scalar(event, line)

    def _scalar(self, event: object, line: int) -> Scalar:
        if not isinstance(event, ScalarEvent):
            return Scalar("", plain=True, line=line)
        value = str(event.value)
        kept = "".join(letter for letter in value if not _is_control(letter))
        if kept != value:
            self._report(event, "the text holds a control character; remove it")
        return Scalar(kept, event.style is None, line)

    def _pass_over(self) -> None:
        """Go on behind the end of the list or mapping that has just begun."""
        open_ = 1
        for event in self._events:
            open_ += isinstance(event, SequenceStartEvent | MappingStartEvent)
            open_ -= isinstance(event, _CLOSING)
            if not open_:
                return

    def _items(self, depth: int, line: int) -> Items:
        items: list[YamlNode] = []
        for event in self._events:
            if isinstance(event, _CLOSING):
                return Items(tuple(items), line)
            items.append(self._node(event, depth + 1))
        return Items(tuple(items), line, whole=False)

    def _keys(self, depth: int, line: int) -> Keys:
        entries: dict[str, YamlNode] = {}
        lines: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, _CLOSING):
                return Keys(entries, lines, line)
            key = self._node(event, depth + 1)
            following = next(self._events, None)
            if following is None:
                break
            value = self._node(following, depth + 1)
            if not isinstance(key, Scalar):
                self._report(event, "a key must be a word, not a list or a mapping")
                continue
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
        return Keys(entries, lines, line, whole=False)


def _is_control(letter: str) -> bool:
    # An escaped half of a UTF-16 pair is no letter either, and can't be stored or shown.
    return (letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff"
