"""What the planner knows of the tables."""

from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.sessions import opened


def refresh_statistics(dbname: str) -> None:
    """Let the planner count the rows of every table now.

    The server does so by itself, but a minute or more after much was loaded; until then it plans
    for empty tables, and a page can take a hundred times as long.
    """
    with opened(connect_info("owner", dbname)) as session:
        session.execute("analyze")
