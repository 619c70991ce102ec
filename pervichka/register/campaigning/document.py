"""A calendar of silence as a YAML document, such as `silence.yaml` beside a territory pack.

covers: {from: 2026-01-01, to: 2026-12-31}   # what lies outside is unknown, and refused
periods:                                     # whole local days, both included
  - {first: 2026-09-17, last: 2026-09-20, what: {ru: Выборы, en: Elections}}
  - {first: 2026-04-11, last: 2026-04-12, region: RU-AD, what: {ru: …, en: …}}
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.packs.document import parsed
from pervichka.register.branches.packs.entries import Entries
from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.reader import folder_of
from pervichka.register.branches.packs.territory import Texts

FILE = "silence.yaml"
_LANGUAGES = ("ru", "en")
_NO_DAY = date.min
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Period:
    first: date
    last: date
    region: str
    what: Texts


@dataclass(frozen=True, kw_only=True)
class Calendar:
    covers_from: date
    covers_to: date
    periods: Sequence[Period]


def document_of(pack: str) -> tuple[str, Path]:
    """The calendar beside a pack. Raises `Refused` where it has none."""
    return read_calendar(folder_of(pack) / FILE)


def read_calendar(file: Path) -> tuple[str, Path]:
    """The file's text, and the file again. Raises `Refused`."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Refused(Reason(message="The file is too long.", file=str(file)))
        return file.read_text(encoding="utf-8"), file
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(Reason(message="The file cannot be read.", file=str(file))) from error


def fingerprint(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def parse_calendar(document: str, *, file: Path) -> Calendar:
    """What the document says. Raises `Refused` with every mistake, its line and its field."""
    mistakes = Mistakes(file)
    entries = Entries(parsed(document, mistakes), mistakes)
    entries.check_keys(required=("covers", "periods"))
    covers = entries.inner("covers")
    covers.check_keys(required=("from", "to"))
    since, until = _days(covers, "from", "to")
    periods = []
    for item in entries.items("periods"):
        item.check_keys(required=("first", "last", "what"), optional=("region",))
        first, last = _days(item, "first", "last")
        if first and last and (first < since or last > until):
            item.wrong("first", "The period lies outside what the calendar covers.")
        region = item.text("region") if "region" in item else ""
        what = item.texts("what", _LANGUAGES)
        periods.append(Period(first=first, last=last, region=region, what=what))
    mistakes.raise_if_any()
    return Calendar(covers_from=since, covers_to=until, periods=periods)


def _days(entries: Entries, first: str, last: str) -> tuple[date, date]:
    begins, ends = entries.day(first) or _NO_DAY, entries.day(last) or _NO_DAY
    if _NO_DAY not in {begins, ends} and ends < begins:
        entries.wrong(last, "The last day lies before the first.")
    return begins, ends
