"""kill -9 of what sends: nobody gets a letter twice, and at most one a kill is unknown.

A few kills here; the long run, 20 over 20,000 letters, is `bench/message_kills.py`.
"""

import random

import pytest

from tests.surfaces.jobs.message_killing import kill_and_count

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


@pytest.mark.timeout(180)
def test_a_few_kills(settings) -> None:
    chance = random.Random(7)  # noqa: S311 - moments to kill at
    counted = kill_and_count(settings, letters=250, kills=3, chance=chance)
    assert counted.kills == 3
    assert counted.twice == 0
    assert counted.unknown <= counted.kills
    assert counted.sent + counted.unknown == 250
    # What is unknown may have arrived, or not; all that is sent has.
    assert counted.sent <= counted.arrived <= 250
