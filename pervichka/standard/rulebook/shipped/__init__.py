"""Standards that come with the system, and the cases that prove them."""

from pathlib import Path

FOLDER = Path(__file__).parent
BRANCH_WORK = FOLDER / "branch-work.yaml"
CASES = FOLDER / "cases"
