"""The rules of what is shown and exported: data of the organisation, strict ones ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pervichka.foundation.refusal import refuse
from pervichka.register.people.queries import EXPORT_COLUMNS

_SHIPPED = Path(__file__).with_name("policy.yaml")
_NUMBERS = (
    "most_raised",
    "rows_without_second_person",
    "days_to_decide",
    "days_kept",
    "most_on_a_call_list",
)


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What an export may be for: its title by language, and the columns that this needs."""

    code: str
    title: Mapping[str, str]
    columns: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """See `policy.yaml` for what each is."""

    by_level: Mapping[str, int]
    most_raised: int
    rows_without_second_person: int
    days_to_decide: timedelta
    days_kept: timedelta
    most_on_a_call_list: int
    purposes: Mapping[str, Purpose]

    def rows_a_day(self, level: str) -> int:
        """For a post at that level; the strictest is for whoever has none or an unknown one."""
        return self.by_level.get(level, min(self.by_level.values()))


@cache
def policy() -> Policy:
    """The policy in force. Raises `Refused` where the organisation's own file is wrong."""
    entries = _read(_SHIPPED)
    if settings.DISCLOSURE_POLICY:
        entries |= _read(Path(settings.DISCLOSURE_POLICY))
    levels = entries["rows_a_day"]
    if not isinstance(levels, dict) or not levels:
        raise _wrong("rows_a_day")
    for name, number in [*levels.items(), *((name, entries[name]) for name in _NUMBERS)]:
        if type(number) is not int or number < 0:
            raise _wrong(name)
    return Policy(
        by_level=MappingProxyType(levels),
        most_raised=entries["most_raised"],
        rows_without_second_person=entries["rows_without_second_person"],
        days_to_decide=timedelta(days=entries["days_to_decide"]),
        days_kept=timedelta(days=entries["days_kept"]),
        most_on_a_call_list=entries["most_on_a_call_list"],
        purposes=MappingProxyType(
            {code: _purpose(code, entry) for code, entry in entries["purposes"].items()}
        ),
    )


def _purpose(code: str, entry: Any) -> Purpose:
    try:
        title, columns = dict(entry["title"]), tuple(entry["columns"])
    except (KeyError, TypeError, ValueError) as error:
        raise _wrong(code) from error
    if "en" not in title or not columns or not set(columns) <= set(EXPORT_COLUMNS):
        raise _wrong(code)
    return Purpose(code=code, title=MappingProxyType(title), columns=columns)


def _read(file: Path) -> dict[str, Any]:
    try:
        entries = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise refuse("{file} can't be read as a policy of exports", file=file.name) from error
    if not isinstance(entries, dict):
        raise refuse("{file} can't be read as a policy of exports", file=file.name)
    return entries


def _wrong(name: str) -> Exception:
    return refuse("{name} is wrong in the policy of exports", name=name)
