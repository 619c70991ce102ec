"""A tree and as many people as are asked for, in the database of an empty installation."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

from bench.bulk import indexed_afterwards, trusted
from pervichka.foundation import postgres, vault
from pervichka.foundation.postgres.sessions import opened
from pervichka.register.branches.acting import OPERATOR, acting_as
from pervichka.register.branches.actions.loading import BranchRow, load_tree

REGIONS, LOCALS = 83, 30
REGION, LOCAL, PRIMARY = 10**13, 10**11, 10**6
PHONE = "+79001234567"

_TABLES = ("person", "contact_point", "affiliation")
_FAMILIES = "иванов петров сидоров кузнецов смирнов попов волков соколов лебедев козлов"
_ENDINGS = "|ский|енко|ников|цев|яков|ченков|ухин|ейко|авин|ошин|евский|ютин|ольский|ягин|урин"
_FIRSTS = "анна мария ольга елена ирина татьяна светлана иван петр павел олег дмитрий сергей юрий"
_MIDDLES = "ивановна петровна сергеевна олеговна павловна иванович петрович сергеевич олегович"
_PEOPLE = """
with homes as (
  select id, place, row_number() over (order by place) - 1 as n from branch where level = 'primary'
), drawn as (
  select i, homes.id as branch_id, homes.place, hashint8(i) & 2147483647 as a,
    hashint8(i + 1000000007) & 2147483647 as b
  from generate_series(0, %(people)s - 1) as i join homes on homes.n = i %% %(branches)s
), named as (
  select i, branch_id, place,
    (%(families)s::text[])[1 + a %% 10] || (%(endings)s::text[])[1 + a / 16 %% 16] as last_name,
    (%(firsts)s::text[])[1 + b %% 14] as first_name,
    (%(middles)s::text[])[1 + b / 16 %% 9] as patronymic, date '1940-01-01' + a %% 24000 as born_on
  from drawn
)
insert into person (id, branch_id, place, code, last_name, first_name, patronymic, name_key,
  born_on, address, known_since)
select ('01a20000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, branch_id, place,
  'b' || i, last_name, first_name, patronymic,
  last_name || '|' || first_name || '|' || patronymic, born_on, '', null
from named
"""
# Of the kind that no list opens: what is sealed here nobody sealed. It is searched all the same.
_CONTACTS = """
insert into contact_point (id, branch_id, place, person_id, kind, sealed, blind_index)
select id, branch_id, place, id, 'email', sha256(uuid_send(id)), sha256(code::bytea)
from person
"""
_AFFILIATIONS = """
insert into affiliation (id, branch_id, place, person_id, kind, valid_from, valid_to)
select id, branch_id, place, id,
  case hashtext(code) & 7 when 0 then 'member' when 1 then 'candidate' else 'supporter' end,
  date '2020-01-01' + (hashtext(code) & 1023), null
from person where hashtext(code) & 3 <> 3
"""
# The phone that is sought is given to people far apart, as a shared one would be.
_SHARED_PHONE = """
update contact_point set blind_index = %s
where person_id in (select id from person where code = any(%s))
"""


def populate(people: int, branches: int) -> None:
    """The tree through the application's own loader; people at once, and checked afterwards."""
    with acting_as(OPERATOR):
        at = datetime(2026, 11, 1, tzinfo=UTC)
        load_tree(branches=_tree(branches), precincts=[], links=[], by=OPERATOR, at=at)
    (blind, *_) = vault.blinds("phone", PHONE)
    holders = [f"b{number}" for number in range(5, people, max(1, people // 4))]
    given = {
        "people": people,
        "branches": branches,
        "families": _FAMILIES.split(),
        "endings": _ENDINGS.split("|"),
        "firsts": _FIRSTS.split(),
        "middles": _MIDDLES.split(),
    }
    owner = postgres.connect_info("owner")
    with (
        opened(postgres.connect_info("admin", owner.dbname)) as admin,
        indexed_afterwards(admin.cursor(), *_TABLES),
        trusted(admin, *_TABLES),
    ):
        admin.execute(_PEOPLE, given)
        admin.execute(_CONTACTS)
        admin.execute(_AFFILIATIONS)
        admin.execute(_SHARED_PHONE, [blind, holders])


def _tree(branches: int) -> Iterator[BranchRow]:
    def row(code: str, level: str, parent: UUID | None, place: int, end: int) -> BranchRow:
        return BranchRow(uuid4(), code, level, parent, place, end, code, "", 2000, None, None)

    root = row("RU", "federal", None, 0, REGION * (REGIONS + 1))
    yield root
    each = branches // (REGIONS * LOCALS) + 1
    left = branches
    for region in range(1, REGIONS + 1):
        start = region * REGION
        above = row(f"RU-{region}", "regional", root.id, start, start + REGION - 1)
        yield above
        for local in range(1, LOCALS + 1):
            place = start + local * LOCAL
            between = row(f"RU-{region}/L{local}", "local", above.id, place, place + LOCAL - 1)
            yield between
            for number in range(1, min(each, left) + 1):
                at = place + number * PRIMARY
                code = f"RU-{region}/{local}-{number}"
                yield row(code, "primary", between.id, at, at + PRIMARY - 1)
            left -= min(each, left)
