"""Deadlines and limits of a jurisdiction, from `policy.yaml` beside its pack.

Where a pack has no such file, or says nothing of a rule, the strictest holds.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.packs.reader import folder_of

FILE = "policy.yaml"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, kw_only=True)
class AppealPolicy:
    """Terms of appeals, in days of the calendar, and how small a group may be shown.

    A term that would end on a day off ends on the working day `before` or `after` it.
    """

    register_within: int = 1
    answer_within: int = 15
    extend_by: int = 0
    letter_within: int = 15
    ends_on_day_off: str = BEFORE
    silence: int = 60
    smallest_group: int = 20


def load_appeal_policy(source: str | Path) -> AppealPolicy:
    """The rules of the pack for appeals. Raises `Refused` with every mistake."""
    file = folder_of(source) / FILE
    if not file.exists():
        return AppealPolicy()
    try:
        document = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
    except (YAMLError, UnicodeDecodeError):
        raise _refused(file, None, "The file is not YAML.") from None
    if not isinstance(document, dict) or not isinstance(document.get("appeals", {}), dict):
        raise _refused(file, "appeals", "The field must hold fields of its own.")
    said = document.get("appeals", {})
    reasons = [*_wrong(file, said)]
    if reasons:
        raise Refused(*reasons)
    return AppealPolicy(**said)


def _wrong(file: Path, said: dict[str, Any]) -> list[Reason]:
    allowed = {each.name: each.type for each in fields(AppealPolicy)}
    reasons = []
    for name, value in said.items():
        if name not in allowed:
            reasons.append(_reason(file, name, "Unknown field; the allowed ones: {allowed}.",
                                   allowed=", ".join(allowed)))  # fmt: skip
        elif name == "ends_on_day_off":
            if value not in {BEFORE, AFTER}:
                reasons.append(_reason(file, name, "It is one of: before, after."))
        elif not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 3650:
            reasons.append(_reason(file, name, "It must be a whole number from 0 to 3650."))
    return reasons


def _refused(file: Path, field: str | None, message: str) -> Refused:
    return Refused(_reason(file, field, message))


def _reason(file: Path, field: str | None, message: str, **params: object) -> Reason:
    return Reason(message=message, params=params, file=str(file), column=field)
