"""The columns of a list of people, and how an organisation maps its own to them."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pervichka.foundation.refusal import Reason, Refused

COLUMNS = (
    "external_id",
    "last_name",
    "first_name",
    "patronymic",
    "born_on",
    "phone",
    "email",
    "address",
    "branch",
    "affiliation",
    "affiliated_on",
    "confirmed_on",
    "consent_text",
    "consented_on",
)
NAMES = ("last_name", "first_name", "patronymic")


def read_mapping(path: Path) -> Mapping[str, str]:
    """The file's columns by ours: `{"Фамилия": "last_name", …}`. Raises `Refused`.

    A line may also be written the other way round (`last_name: Фамилия`), and all of it may stand
    under `columns:`.
    """
    entries = _load(path)
    if set(entries) == {"columns"} and isinstance(entries["columns"], dict):
        entries = entries["columns"]
    mapping: dict[str, str] = {}
    reasons: list[Reason] = []
    for key, value in entries.items():
        theirs, ours = (key, value) if value in COLUMNS else (value, key)
        if ours not in COLUMNS or not isinstance(theirs, str):
            reasons.append(_unknown(path, key, value))
        elif theirs in mapping or ours in mapping.values():
            message = "the column {column} is mapped twice"
            reasons.append(Reason(message=message, params={"column": repr(key)}, file=path.name))
        else:
            mapping[theirs] = ours
    if reasons:
        raise Refused(*reasons)
    return mapping


def _load(path: Path) -> dict[object, object]:
    try:
        entries = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = None if mark is None else mark.line + 1
        message, params = "this is not YAML: {problem}", {"problem": error.problem}
        raise Refused(Reason(message=message, params=params, file=path.name, line=line)) from error
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        message, params = "the file can't be read: {error}", {"error": error}
        raise Refused(Reason(message=message, params=params, file=path.name)) from error
    if not isinstance(entries, dict) or not entries:
        message = "write a line for each column, such as Фамилия: last_name"
        raise Refused(Reason(message=message, file=path.name))
    return entries


def _unknown(path: Path, key: object, value: object) -> Reason:
    return Reason(
        message="{entry} names none of our columns; they are {allowed}",
        params={"entry": f"{key}: {value}", "allowed": ", ".join(COLUMNS)},
        file=path.name,
    )
