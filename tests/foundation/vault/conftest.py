"""Every test here has a vault of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def key_file(own_keys: Path) -> Path:
    """Where the keys of this test lie; the first is made."""
    return own_keys
