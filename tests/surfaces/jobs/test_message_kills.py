"""kill -9 of what sends: nobody gets a letter twice, and at most one a kill is unknown."""

import os
import random

import pytest

from tests.surfaces.jobs.message_killing import kill_and_count

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]

LONG = os.environ.get("PERVICHKA_LONG_KILLS")


@pytest.mark.parametrize(
    ("letters", "kills"),
    [
        (250, 3),
        pytest.param(
            20_000,
            20,
            marks=[
                pytest.mark.scale,
                pytest.mark.timeout(2_400),
                pytest.mark.skipif(not LONG, reason="PERVICHKA_LONG_KILLS is not set"),
            ],
        ),
    ],
)
@pytest.mark.timeout(180)
def test_nobody_gets_two(settings, letters: int, kills: int) -> None:
    chance = random.Random(letters)  # noqa: S311 - moments to kill at
    counted = kill_and_count(settings, letters=letters, kills=kills, chance=chance)
    print(counted)  # noqa: T201 - shown with -s
    assert counted.kills == kills
    assert counted.twice == 0
    assert counted.unknown <= kills
    assert counted.sent + counted.unknown == letters
    # What is unknown may have arrived, or not; all that is sent has.
    assert counted.sent <= counted.arrived <= letters
