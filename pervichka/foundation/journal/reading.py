"""Reading rows one after the other, as an index has them in order.

What a scope holds is known to the database only when a query runs, so it plans for a handful of
rows. For an actor who sees millions that plan is to gather all of them and to sort: for each block
that is sealed, and for each branch whose newest entry is sought, over again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_ALONG_AN_INDEX = "set local enable_bitmapscan = off; set local enable_seqscan = off"
_AS_USUAL = "set local enable_bitmapscan = default; set local enable_seqscan = default"


@contextmanager
def along_an_index() -> Iterator[None]:
    """A transaction whose queries go along an index row by row, and gather nothing first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ALONG_AN_INDEX)
        yield
        # It may be a part of a transaction that goes on.
        cursor.execute(_AS_USUAL)
