"""The catalogue's tables as at a day, and what the role that reads them may not see."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from pervichka.foundation import postgres
from pervichka.foundation.tabular import write_rows
from pervichka.register.branches.actions.branches import close_branch, merge_branch, move_branch
from pervichka.register.branches.actions.listed import COLUMNS
from pervichka.register.branches.actions.precincts import import_precincts
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import (
    change_affiliation,
    record_confirmation,
    record_consent,
    withdraw_consent,
)
from pervichka.register.people.models import PersonAlias
from pervichka.register.posts.actions import appoint, end_term, open_post
from pervichka.standard.engine.tables import Tables
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.extract.tables import EVERYWHERE, Within, extract_tables
from pervichka.standard.facts.models import Fact
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import a_held_meeting
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
OCTOBER = date(2026, 10, 31)
Row = dict[str, Any]


def at(day: date = OCTOBER, within: Within = EVERYWHERE) -> Tables:
    name = str(connection.settings_dict["NAME"])
    return extract_tables(
        dbname=name, day=day, facts_since=date(2026, 1, 1), facts_until=day, within=within
    )


def branch(code: str) -> Branch:
    return Branch.objects.get(code=code)


def person(code: str, day: date = OCTOBER, within: Within = EVERYWHERE) -> Row | None:
    rows: list[Row] = at(day, within).people.to_pylist()
    return next((row for row in rows if row["person"] == code), None)


def codes(day: date = OCTOBER) -> list[str]:
    return list(at(day).branches.column("branch").to_pylist())


def test_a_branch_lives_from_its_opening_up_to_its_closing() -> None:
    local = a_primary_branch().parent
    a_branch(code="new", parent=local, opened_on=date(2026, 10, 31))
    close_branch(branch=branch("RU-AD/1"), on=date(2026, 10, 31), by=OPERATOR, at=NOW)

    assert codes() == ["RU", "RU-AD", "RU-AD/local", "new"]
    assert codes(date(2026, 10, 30)) == ["RU", "RU-AD", "RU-AD/local", "RU-AD/1"]
    assert "RU-AD/1" in at().places.column("branch").to_pylist()


def test_facts_of_a_closed_and_of_a_merged_branch_stay_where_they_happened() -> None:
    people = members(of=a_primary_branch(), number=3)
    a_branch(code="RU-AD/2", parent=branch("RU-AD/local"))
    a_held_meeting(branch=people[0].branch, came=people)
    rebuild_facts()
    merge_branch(branch=branch("RU-AD/1"), into=branch("RU-AD/2"), on=OCTOBER, by=OPERATOR, at=NOW)

    tables = at()
    assert set(tables.facts.column("branch").to_pylist()) == {"RU-AD/1"}
    places = dict(zip(*tables.places.to_pydict().values(), strict=True))
    successor = branch("RU-AD/2")
    assert successor.place < places["RU-AD/1"] <= successor.place_end
    assert set(tables.facts.column("evidence").to_pylist()) == {"self_reported", "observed"}


def test_facts_follow_a_move() -> None:
    people = members(of=a_primary_branch(), number=3)
    a_held_meeting(branch=people[0].branch, came=people)
    rebuild_facts()
    other = a_branch(code="RU-AL", level="regional", parent=branch("RU"))

    move_branch(branch=branch("RU-AD/local"), parent=other, by=OPERATOR, at=NOW)

    other.refresh_from_db()
    within = Within(other.place, other.place_end)
    assert at(within=within).facts.num_rows == Fact.objects.count() > 0


def test_an_affiliation_is_the_one_in_force_that_day() -> None:
    someone = a_person(branch=a_primary_branch(), affiliation="supporter", since=date(2026, 2, 1))
    change_affiliation(person=someone, kind="member", on=date(2026, 10, 31), by=OPERATOR, at=NOW)

    seen = {
        day: person(someone.code, day)
        for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 10, 30), OCTOBER)
    }

    assert seen[date(2026, 1, 31)] is None
    for day, kind, since in (
        (date(2026, 2, 1), "supporter", date(2026, 2, 1)),
        (date(2026, 10, 30), "supporter", date(2026, 2, 1)),
        (OCTOBER, "member", OCTOBER),
    ):
        row = seen[day]
        assert row is not None
        assert (row["affiliation"], row["affiliated_on"]) == (kind, since)


def test_a_person_without_dates_counts_always() -> None:
    someone = a_person(branch=a_primary_branch(), affiliation="contact")

    row = person(someone.code, date(2020, 1, 31))
    assert row is not None
    assert (row["affiliation"], row["affiliated_on"]) == ("contact", None)


def test_confirmations_and_consents_as_at_the_day() -> None:
    someone = a_person(branch=a_primary_branch())
    for day in (date(2026, 5, 1), date(2026, 11, 1)):
        record_confirmation(person=someone, on=day, by=OPERATOR, at=NOW)
    record_consent(person=someone, text_code="default", on=date(2026, 6, 1), by=OPERATOR, at=NOW)
    withdraw_consent(
        person=someone, text_code="default", on=date(2026, 10, 31), by=OPERATOR, at=NOW
    )

    for day, confirmed_on, consented in (
        (date(2026, 4, 30), None, False),
        (date(2026, 5, 31), date(2026, 5, 1), False),
        (date(2026, 6, 1), date(2026, 5, 1), True),
        (OCTOBER, date(2026, 5, 1), False),
    ):
        row = person(someone.code, day)
        assert row is not None
        assert (row["confirmed_on"], row["consented"]) == (confirmed_on, consented)


def test_what_a_person_did_anywhere_counts_also_where_a_subtree_alone_is_read() -> None:
    someone = a_person(branch=a_primary_branch())
    a_held_meeting(branch=branch("RU-AD/local"), came=[someone], head_count=1, confirmed_by=someone)
    rebuild_facts()

    home = branch("RU-AD/1")
    whole, alone = (
        person(someone.code),
        person(someone.code, within=Within(home.place, home.place_end)),
    )

    assert whole == alone
    assert whole is not None
    assert whole["last_contact_on"] == whole["first_action_on"] == date(2026, 10, 12)
    before = person(someone.code, date(2026, 10, 11))
    assert before is not None
    assert before["last_contact_on"] is None


def test_a_post_is_filled_from_the_first_day_of_a_holding_up_to_its_end() -> None:
    someone = a_person(branch=a_primary_branch())
    post = open_post(branch=someone.branch, kind="secretary", by=OPERATOR, at=NOW)
    held = appoint(
        post=post, person=someone, starts_on=date(2026, 3, 1),
        term_ends_on=date(2026, 9, 30), by=OPERATOR, at=NOW,
    )  # fmt: skip
    end_term(holding=held, on=OCTOBER, by=OPERATOR, at=NOW)

    for day, filled in (
        (date(2026, 2, 28), False), (date(2026, 3, 1), True),
        (date(2026, 10, 30), True), (OCTOBER, False),
    ):  # fmt: skip
        (row,) = at(day).posts.to_pylist()
        assert (row["branch"], row["post"], row["filled"]) == ("RU-AD/1", "secretary", filled)
        assert row["term_ends_on"] == (date(2026, 9, 30) if filled else None)


def test_a_precinct_is_its_branch_s_or_the_nearest_unit_s(tmp_path: Path) -> None:
    file = tmp_path / "precincts.csv"
    rows = [("RU-AD", "Север", 1, 10), ("RU-AD", "Север", 2, 20), ("RU-AD", "Юг", 3, 30)]
    write_rows(file, COLUMNS, rows)
    import_precincts(file=file, grow=True, valid_from=None, by=OPERATOR, at=NOW)
    for code in ("RU-AD/2", "RU-AD/3", "RU-AD/юг"):
        close_branch(branch=branch(code), on=OCTOBER, by=OPERATOR, at=NOW)
    write_rows(file, COLUMNS, [*rows[1:], ("RU-AD", "Запад", 4, 40)])
    import_precincts(file=file, grow=False, valid_from=date(2026, 11, 1), by=OPERATOR, at=NOW)

    def precincts(day: date) -> dict[str, tuple[str, str | None]]:
        return {
            row["precinct"]: (row["branch"], row["covered_by"])
            for row in at(day).precincts.to_pylist()
        }

    assert precincts(date(2026, 10, 30)) == {
        "RU-AD/1": ("RU-AD/1", "RU-AD/1"),
        "RU-AD/2": ("RU-AD/2", "RU-AD/2"),
        "RU-AD/3": ("RU-AD/3", "RU-AD/3"),
    }
    assert precincts(OCTOBER) == {
        "RU-AD/1": ("RU-AD/1", "RU-AD/1"),
        "RU-AD/2": ("RU-AD/север", None),
        "RU-AD/3": ("RU-AD", None),
    }
    assert set(precincts(date(2026, 11, 1))) == {"RU-AD/2", "RU-AD/3", "RU-AD/4"}
    counts = dict(
        zip(*at(OCTOBER).branches.select(["branch", "precincts"]).to_pydict().values(), strict=True)
    )
    assert counts["RU-AD/1"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "select last_name from person",
        "select born_on from person",
        "select address from person",
        "select * from person",
        "select sealed from contact_point",
        "select blind_index from contact_point",
        "select username from account",
        "select actor from journal_entry",
        "delete from fact",
    ],
)
def test_the_extracting_role_sees_nothing_that_names_a_person(query: str) -> None:
    url = postgres.connect_info("extract", str(connection.settings_dict["NAME"])).url
    with psycopg.connect(url) as session, pytest.raises(psycopg.Error) as refused:
        session.execute(query.encode())

    assert refused.value.sqlstate in {"42501", "42703", "25006"}


def test_a_person_known_by_two_codes_is_one() -> None:
    (someone,) = members(of=a_primary_branch(), number=1)
    PersonAlias.objects.create(
        code="old-number", person=someone, branch=someone.branch, place=someone.place
    )
    for number, code in enumerate([someone.code, "old-number"]):
        Fact.objects.create(
            branch=someone.branch,
            kind="event.attended",
            person=code,
            occurred_on=date(2026, 10, 3 + number),
            evidence=1,
            source="elsewhere",
            source_id=str(number),
        )

    assert set(at().facts.column("person").to_pylist()) == {someone.code}
    row = person(someone.code)
    assert row is not None
    assert (row["first_action_on"], row["last_contact_on"]) == (
        date(2026, 10, 3),
        date(2026, 10, 4),
    )
