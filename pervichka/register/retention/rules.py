"""The rules in force: the strictest, and in place of some of them those of the policy pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from pervichka.register.branches.packs.document import parsed
from pervichka.register.branches.packs.entries import Entries
from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.reader import folder_of
from pervichka.register.retention.kinds import Kind, kinds

STRICTEST = Path(__file__).with_name("rules.yaml")
FILE = "retention.yaml"
DELETE = "delete"
_ONE_OF = "{value} is not known; write one of {allowed}."


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Rows of a kind are kept for so long from a date on; then something happens to them."""

    kind: str
    kept: timedelta
    start: str
    then: str


def rules() -> Mapping[str, Rule]:
    """The rule of every kind. Raises `Refused` for a wrong pack and a kind without a rule."""
    return _rules(settings.PACK)


@cache
def _rules(pack: str) -> Mapping[str, Rule]:
    known = kinds()
    found = read_rules(STRICTEST, known)
    mistakes = Mistakes(STRICTEST)
    for code in sorted(set(known) - set(found)):
        mistakes.add("There is no rule for {kind}.", None, "rules", kind=code)
    mistakes.raise_if_any()
    own = folder_of(pack) / FILE
    return {**found, **read_rules(own, known)} if own.exists() else found


def read_rules(file: Path, known: Mapping[str, Kind]) -> dict[str, Rule]:
    """The rules of a file by kind. Raises `Refused` with every mistake and its line."""
    mistakes = Mistakes(file)
    entries = Entries(parsed(file.read_text(encoding="utf-8"), mistakes), mistakes)
    entries.check_keys(required=("rules",))
    found: dict[str, Rule] = {}
    for item in entries.items("rules"):
        item.check_keys(required=("kind", "days", "from", "then"))
        rule = Rule(
            kind=item.text("kind"),
            kept=timedelta(days=item.number("days", least=0)),
            start=item.text("from"),
            then=item.text("then"),
        )
        kind = known.get(rule.kind)
        if kind is None:
            item.wrong("kind", _ONE_OF, value=rule.kind, allowed=", ".join(sorted(known)))
            continue
        if rule.kind in found:
            item.wrong("kind", "An entry is there twice; keep one.")
        if rule.start not in kind.starts:
            item.wrong("from", _ONE_OF, value=rule.start, allowed=", ".join(kind.starts))
        if rule.then not in (allowed := tuple(kind.ends) or (DELETE,)):
            item.wrong("then", _ONE_OF, value=rule.then, allowed=", ".join(allowed))
        found[rule.kind] = rule
    mistakes.raise_if_any()
    return found
