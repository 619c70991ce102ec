"""Compiles the catalogues of messages: every .po in the package into the .mo beside it.

Django's own command needs the gettext tools; this needs Python alone. What is marked fuzzy is left
out, as gettext does.
"""

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "pervichka"
_MAGIC = 0x950412DE
# What gettext puts between a context and its message, and between plural forms.
_CONTEXT, _PLURAL = "\x04", "\0"


class Malformed(Exception):
    """A catalogue can't be read; the message names its line."""


def main() -> int:
    for catalogue in sorted(PACKAGE.rglob("*.po")):
        try:
            messages = dict(entries(catalogue.read_text(encoding="utf-8")))
        except Malformed as error:
            print(f"{catalogue}:{error}", file=sys.stderr)
            return 1
        catalogue.with_suffix(".mo").write_bytes(compiled(messages))
    return 0


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Each message with its translation; the header is the translation of nothing."""
    for block in _blocks(text):
        if not block.get("fuzzy") and (translation := _translation(block)):
            yield _key(block), translation


def _blocks(text: str) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    field = ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if not line.strip():
            if "msgid" in block:
                yield block
            block, field = {}, ""
        elif line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                block["fuzzy"] = "yes"
        elif line.startswith('"') and field:
            block[field] += _string(line, number)
        elif line.startswith("msg") and '"' in line:
            field, _, value = line.partition(" ")
            block[field] = _string(value, number)
        else:
            raise Malformed(f"{number}: neither a message nor a comment: {line!r}")


def _string(text: str, number: int) -> str:
    try:
        value = ast.literal_eval(text.strip())
    except (SyntaxError, ValueError) as error:
        raise Malformed(f"{number}: not a string: {text!r}") from error
    return str(value)


def _key(block: dict[str, str]) -> str:
    key = block["msgid"]
    if "msgid_plural" in block:
        key += _PLURAL + block["msgid_plural"]
    return block["msgctxt"] + _CONTEXT + key if "msgctxt" in block else key


def _translation(block: dict[str, str]) -> str:
    if "msgid_plural" not in block:
        return block.get("msgstr", "")
    forms = [
        block[f"msgstr[{index}]"] for index in range(len(block)) if f"msgstr[{index}]" in block
    ]
    return _PLURAL.join(forms) if all(forms) else ""


def compiled(messages: dict[str, str]) -> bytes:
    """The .mo file: a table of messages sorted by bytes, a table of translations, the strings."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    keys_at = 7 * 4
    values_at = keys_at + 8 * len(pairs)
    at = values_at + 8 * len(pairs)
    tables: list[list[tuple[int, int]]] = [[], []]
    strings = b""
    for column, table in enumerate(tables):
        for pair in pairs:
            table.append((len(pair[column]), at + len(strings)))
            strings += pair[column] + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(pairs), keys_at, values_at, 0, at)
    numbers = [number for table in tables for pair in table for number in pair]
    return header + struct.pack(f"<{len(numbers)}I", *numbers) + strings


if __name__ == "__main__":
    raise SystemExit(main())
