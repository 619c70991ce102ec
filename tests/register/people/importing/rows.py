"""What the lists of these tests have in common."""

from datetime import UTC, datetime

from pervichka.register.people.actions.importing import PeopleEffect

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
ANNA = {"last_name": "Иванова", "first_name": "Анна", "patronymic": "Петровна"}


def counts(effect: PeopleEffect) -> tuple[int, int, int, int]:
    return effect.new, effect.updated, effect.duplicate, effect.refused
