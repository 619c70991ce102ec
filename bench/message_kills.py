"""Twenty kills over 20,000 letters: nobody gets two, and at most one a kill is unknown.

    python -m pytest -n 0 -s bench/message_kills.py

A test by its form, since it needs a database of its own; too long to be one of them.
"""

import random

import pytest

from tests.surfaces.jobs.message_killing import kill_and_count

LETTERS, KILLS = 20_000, 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.enable_socket
@pytest.mark.timeout(1800)
def test_twenty_kills_over_20_000_letters(settings) -> None:
    chance = random.Random(20)  # noqa: S311 - moments to kill at
    counted = kill_and_count(settings, letters=LETTERS, kills=KILLS, chance=chance)
    print(counted, f"{LETTERS / counted.seconds:.0f} letters a second")
    assert counted.kills == KILLS
    assert counted.twice == 0
    assert counted.unknown <= KILLS
    assert counted.sent + counted.unknown == LETTERS
