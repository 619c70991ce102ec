"""Journeys: what people do in a real browser, against the real server and its worker."""

import pytest

# One organisation serves them all, so they go one after another in one worker of a run.
JOURNEY = [
    pytest.mark.journey,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.timeout(240),
]
