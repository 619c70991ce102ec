"""Filling tables of millions of rows: indexes and foreign keys are seen to afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Those of primary keys and other constraints stay: foreign keys lean on them.
_INDEXES = """
select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
from pg_index where indrelid = any(%s::regclass[])
  and not exists (select from pg_constraint where conindid = indexrelid)
order by indexrelid
"""
# Of each foreign key the query that counts the rows that lead nowhere.
_ASTRAY = """
select conname, format(
  'select count(*) from %%s there where (%%s) is not null'
  ' and not exists (select from %%s known where %%s)',
  conrelid::regclass, string_agg(format('there.%%I', own.attname), ', '), confrelid::regclass,
  string_agg(format('known.%%I = there.%%I', other.attname, own.attname), ' and ')
)
from pg_constraint
cross join lateral unnest(conkey, confkey) as pair (own_number, other_number)
join pg_attribute own on own.attrelid = conrelid and own.attnum = own_number
join pg_attribute other on other.attrelid = confrelid and other.attnum = other_number
where contype = 'f' and conrelid = any(%s::regclass[])
group by pg_constraint.oid, conname, conrelid, confrelid
"""


@contextmanager
def indexed_afterwards(cursor: Any, *tables: str) -> Iterator[None]:
    """Without the tables' indexes inside; after it they are as they were, and the planner knows.

    `cursor` is of the tables' owner or an administrator, outside a transaction.
    """
    cursor.execute(_INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"drop index {name}")
    yield
    cursor.execute("set maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        cursor.execute(definition)
    for table in tables:
        cursor.execute(f"vacuum analyze {table}")


@contextmanager
def trusted(admin: Any, *tables: str) -> Iterator[None]:
    """Rows are taken as they come inside, and looked over at once when all are there.

    A foreign key checked row by row takes longer than everything else. Raises `AssertionError`
    where one leads nowhere.
    """
    admin.execute("set session_replication_role = replica")
    yield
    admin.execute("set session_replication_role = default")
    for name, query in admin.execute(_ASTRAY, [list(tables)]).fetchall():
        ((astray,),) = admin.execute(query).fetchall()
        if astray:
            raise AssertionError(name)
