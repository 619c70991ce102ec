"""Standards that come with the system, and the cases that prove them.

A version never changes once it shipped: somebody has published it. The next lies beside it.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
BRANCH_WORK = FOLDER / "branch-work-2026.2.yaml"
VERSIONS = (FOLDER / "branch-work.yaml", BRANCH_WORK)
"""Of the same standard, the oldest first."""
CASES = FOLDER / "cases"
