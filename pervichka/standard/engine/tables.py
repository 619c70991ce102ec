"""What the engine is fed: the catalogue's tables as Arrow, as at one period's end."""

from dataclasses import dataclass

import pyarrow as pa

BRANCHES = pa.schema([
    ("branch", pa.string()), ("level", pa.string()), ("voters", pa.int64()),
    ("precincts", pa.int64()), ("place", pa.int64()), ("place_end", pa.int64()),
])  # fmt: skip
PLACES = pa.schema([("branch", pa.string()), ("place", pa.int64())])
FACTS = pa.schema([
    ("kind", pa.string()), ("branch", pa.string()), ("person", pa.string()),
    ("occurred_on", pa.date32()), ("value", pa.int64()), ("evidence", pa.string()),
    ("source", pa.string()), ("source_id", pa.string()),
])  # fmt: skip
PEOPLE = pa.schema([
    ("branch", pa.string()), ("affiliation", pa.string()), ("affiliated_on", pa.date32()),
    ("confirmed_on", pa.date32()), ("consented", pa.bool_()),
    ("last_contact_on", pa.date32()), ("first_action_on", pa.date32()), ("person", pa.string()),
])  # fmt: skip
POSTS = pa.schema([
    ("branch", pa.string()), ("post", pa.string()), ("filled", pa.bool_()),
    ("term_ends_on", pa.date32()), ("trained_on", pa.date32()), ("last_active_on", pa.date32()),
])  # fmt: skip
PRECINCTS = pa.schema([
    ("branch", pa.string()), ("covered_by", pa.string()), ("voters", pa.int64()),
    ("precinct", pa.string()),
])  # fmt: skip
SITES = pa.schema([
    ("branch", pa.string()), ("kind", pa.string()), ("status", pa.string()),
    ("due_on", pa.date32()), ("last_inspected_on", pa.date32()), ("site", pa.string()),
])  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tables:
    """One period's input; each table has its schema above.

    `branches` holds the living only, with their preorder intervals; `places` every branch there
    ever was, so that facts of a closed one count for those above it. Fact values are integer
    thousandths. `people.person`, `precincts.precinct` and `sites.site` name a row when it is
    explained; an expression can't mention them.
    """

    branches: pa.Table
    places: pa.Table
    facts: pa.Table
    people: pa.Table
    posts: pa.Table
    precincts: pa.Table
    sites: pa.Table
