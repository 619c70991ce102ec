"""The catalogue's tables as at a period's end, out of PostgreSQL as Arrow.

Everything is read in one repeatable-read transaction by the role `extract`, which sees codes,
dates and counts and nothing that names a person.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.compute as pc

from pervichka.foundation import postgres
from pervichka.foundation.postgres.scope import EVERYTHING, Scope, demanded, token
from pervichka.register.branches.queries import snapshot as branches
from pervichka.register.people.queries import snapshot as people
from pervichka.register.posts.queries import snapshot as posts
from pervichka.standard.engine import tables as schemas
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import EVIDENCE_ORDER

# What a person does of their own accord; the first of them is their first act.
ACTS = ("event.attended", "course.passed")
# When a person and their branch were in touch.
CONTACTS = (*ACTS, "event.accepted", "survey.answered", "confirmation.answered")

# Whoever is known by several codes is one person, under the register's own code.
FACTS = """
select fact.kind, branch.code as branch, coalesce(person.code, fact.person) as person,
  fact.occurred_on, fact.value, fact.evidence, fact.source, fact.source_id
from fact join branch on branch.id = fact.branch_id
left join person_alias alias on alias.code = fact.person
left join person on person.id = alias.person_id
where fact.occurred_on >= {first} and fact.occurred_on <= {last}
  and fact.place between {start} and {end} and {of_kinds}
"""
TOUCHES = """
with known as (
  select code, code as known_as from person where place between {start} and {end}
  union all
  select person.code, alias.code from person_alias alias join person on person.id = alias.person_id
  where person.place between {start} and {end}
)
select known.code as person,
  min(fact.occurred_on) filter (where fact.kind in ({acts}) and fact.evidence > 0)
    as first_action_on,
  max(fact.occurred_on) as last_contact_on
from known join fact on fact.person = known.known_as
where fact.kind in ({contacts}) and fact.occurred_on <= {day}
group by known.code
"""


@dataclass(frozen=True)
class Within:
    """A subtree to read, by its interval; the whole tree unless told."""

    start: int = -(2**63)
    end: int = 2**63 - 1


EVERYWHERE = Within()
ALL = frozenset({"branches", "facts", "people", "posts", "precincts", "sites"})


def extract_tables(
    *,
    dbname: str,
    day: date,
    facts_since: date,
    facts_until: date | None = None,
    within: Within = EVERYWHERE,
    only: Collection[str] = ALL,
    kinds: Collection[str] | None = None,
) -> Tables:
    """Everything an engine needs for the period that ends on `day`.

    Facts are those dated `facts_since … facts_until` (`day`, if none); the rest is as at `day`.
    Facts are those that happened in the subtree; of its people, what they did anywhere counts.
    Of the tables those not in `only` come empty, but the places, and of the branches that at the
    start of the interval; with `kinds`, facts are of these kinds alone.
    """
    with adbc.connect(postgres.connect_info("extract", dbname).url) as connection:
        cursor = connection.cursor()
        cursor.execute("set transaction isolation level repeatable read, read only")
        asking = demanded()
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])

        def enter(scope: Scope) -> None:
            # The role refuses to read without a scope, rather than find nothing in silence.
            cursor.execute(f"select scope_enter('{token(scope, backend)}')")

        enter(asking)
        if within == EVERYWHERE:
            # Right after an import the planner knows no sizes yet, and row by row a nation's
            # precincts against its branches would take minutes.
            cursor.execute("set local enable_nestloop = off")

        # Rows are counted for the branch at the top; those below matter where branches are rows.
        counted = within if "branches" in only else replace(within, end=within.start)

        def read(sql: str, within: Within = within) -> pa.Table:
            cursor.execute(
                sql.format(
                    day=_date(day),
                    first=_date(facts_since),
                    last=_date(facts_until or day),
                    start=within.start,
                    end=within.end,
                    acts=_texts(ACTS),
                    contacts=_texts(CONTACTS),
                    of_kinds="true" if kinds is None else f"fact.kind = any({_array(kinds)})",
                )
            )
            return cursor.fetch_arrow_table()

        def touches() -> pa.Table:
            # What people did elsewhere counts for their branch: days and codes, no more than that.
            enter(EVERYTHING)
            found = read(TOUCHES)
            enter(asking)
            return found

        def wanted(name: str, schema: pa.Schema, rows: Callable[[], pa.Table]) -> pa.Table:
            return rows().cast(schema) if name in only else schema.empty_table()

        return Tables(
            branches=read(branches.BRANCHES, counted).cast(schemas.BRANCHES),
            places=read(branches.PLACES).cast(schemas.PLACES),
            facts=wanted("facts", schemas.FACTS, lambda: _with_evidence(read(FACTS))),
            people=wanted(
                "people", schemas.PEOPLE, lambda: _with_touches(read(people.PEOPLE), touches())
            ),
            posts=wanted("posts", schemas.POSTS, lambda: read(posts.POSTS)),
            precincts=wanted("precincts", schemas.PRECINCTS, lambda: read(branches.PRECINCTS)),
            sites=schemas.SITES.empty_table(),
        )


def _with_evidence(facts: pa.Table) -> pa.Table:
    names = pa.array([name.value for name in EVIDENCE_ORDER])
    column = facts.schema.get_field_index("evidence")
    return facts.set_column(column, "evidence", pc.take(names, facts.column("evidence")))


def _with_touches(people_: pa.Table, touches: pa.Table) -> pa.Table:
    joined = people_.join(touches, keys="person", join_type="left outer")
    ordered = joined.sort_by([("branch", "ascending"), ("person", "ascending")])
    return ordered.select(schemas.PEOPLE.names).cast(schemas.PEOPLE)


def _date(day: date) -> str:
    return f"date '{day.isoformat()}'"


def _texts(values: Iterable[str]) -> str:
    quoted = (value.replace("'", "''") for value in values)
    return ", ".join(f"'{value}'" for value in quoted)


def _array(values: Iterable[str]) -> str:
    return f"array[{_texts(sorted(values))}]::text[]"
