"""Every action that the software writes has a sentence in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import pervichka
from pervichka.register.branches.second_person import Decision
from pervichka.register.people.actions.looking import LISTS
from pervichka.register.retention.kinds import kinds
from pervichka.register.retention.rules import DELETE
from pervichka.surfaces.web.journal.words import SENTENCES, sentence
from pervichka.work.casework.models import StepKind

ROOT = Path(pervichka.__file__).parent
_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# What an action's name begins with where the rest is chosen, and the rests there are.
CHOSEN = {
    "appeal.": StepKind.values,
    "export.": ("asked", "approved", "refused"),
    "grant.": Decision.values,
    "look.": LISTS,
    "retention.": sorted({then for one in kinds().values() for then in (one.ends or [DELETE])}),
}
# What looks like an action and is a table.
_LABELS = {"branches.branch", "people.person", "facts.fact"}
# Calls that hand an action on to the journal as their second value.
_HAND_ON = {"write_down", "_write_down", "_look"}


def _actions(source: str) -> Iterator[str]:
    """Every action that a module names: written out, put together, or handed on by a variable."""
    tree = ast.parse(source)
    given = [value for node in ast.walk(tree) for value in _given(node)]
    for value in given:
        match value:
            case ast.Constant(value=str(action)):
                yield action
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), _]):
                yield from (f"{start}{rest}" for rest in CHOSEN[start])
    if any(not isinstance(value, ast.Constant | ast.JoinedStr) for value in given):
        texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        yield from (text for text in texts if isinstance(text, str) and _looks_like_one(text))


def _given(node: ast.AST) -> list[ast.expr]:
    """What a call gives the journal for an action, if it is one that does."""
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in _HAND_ON:
        return node.args[1:2]
    if name not in {"append", "entry"}:
        return []
    return [one.value for one in node.keywords if one.arg == "action"]


def _looks_like_one(text: str) -> bool:
    return _ACTION.fullmatch(text) is not None and text not in _LABELS


def actions() -> set[str]:
    return {
        action
        for room in ("register", "work", "standard", "surfaces")
        for file in (ROOT / room).rglob("*.py")
        for action in _actions(file.read_text(encoding="utf-8"))
    }


def test_every_action_has_a_sentence():
    assert actions() - SENTENCES.keys() == set()


def test_no_sentence_is_left_over():
    assert SENTENCES.keys() - actions() == set()


@pytest.mark.parametrize("action", sorted(SENTENCES))
def test_it_is_said_in_both_languages(action):
    with translation.override("en"):
        english = sentence(action)
    with translation.override("ru"):
        russian = sentence(action)
    assert re.search("[A-Za-z]", english)
    assert re.search("[А-Яа-я]", russian)
