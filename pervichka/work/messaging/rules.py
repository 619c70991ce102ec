"""When and how often people are written to: the strictest, or as the policy pack says."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from pervichka.register.branches.packs.document import parsed
from pervichka.register.branches.packs.entries import Entries
from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.reader import folder_of

STRICTEST = Path(__file__).with_name("rules.yaml")
FILE = "messages.yaml"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """`quiet_from … quiet_to` may span midnight; equal times: no hour is quiet."""

    quiet_from: time
    quiet_to: time
    most_in_a_week: int
    second_person_over: int
    grown_up: int

    def is_quiet(self, moment: datetime, zone: str) -> bool:
        """Whether people there are not to be written to at that moment."""
        there = moment.astimezone(ZoneInfo(zone)).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= there < self.quiet_to
        return there >= self.quiet_from or there < self.quiet_to


def rules() -> Rules:
    """The rules in force. Raises `Refused` for a wrong pack."""
    return _rules(settings.PACK)


@cache
def _rules(pack: str) -> Rules:
    own = folder_of(pack) / FILE
    return read_rules(own if own.exists() else STRICTEST)


def read_rules(file: Path) -> Rules:
    """The rules of a file. Raises `Refused` with every mistake and its line."""
    mistakes = Mistakes(file)
    entries = Entries(parsed(file.read_text(encoding="utf-8"), mistakes), mistakes)
    entries.check_keys(required=("quiet", "most_in_a_week", "second_person_over", "grown_up"))
    quiet = entries.inner("quiet")
    quiet.check_keys(required=("from", "to"))
    found = Rules(
        quiet_from=_time(quiet, "from"),
        quiet_to=_time(quiet, "to"),
        most_in_a_week=entries.number("most_in_a_week", least=0),
        second_person_over=entries.number("second_person_over", least=0),
        grown_up=entries.number("grown_up", least=0),
    )
    mistakes.raise_if_any()
    return found


def _time(entries: Entries, key: str) -> time:
    try:
        return time.fromisoformat(entries.text(key))
    except ValueError:
        entries.wrong(key, 'The field must be a time, such as "21:00".')
        return time.min
