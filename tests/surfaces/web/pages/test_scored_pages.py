"""From the overview down to the records: what each page of a scored organisation says."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pervichka.foundation.journal.models import Entry
from pervichka.register.people.models import OpenedName, Person
from tests.surfaces.web.pages.conftest import OCTOBER, Country


def text_of(client: Client, address: str, status: int = 200) -> str:
    """The page's words in one line, markup left out."""
    response = client.get(address)
    assert response.status_code == status, response.status_code
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.replace("\u00a0", " ").split())


def test_headquarters_read_the_month_in_one_sentence(country: Country) -> None:
    english = country.reader(country.root, "headquarters_editor")
    russian = country.reader(country.root, "headquarters_editor", language="ru")

    assert "October: 1 of 3 primary branches met with a quorum (33 %). September: 0 %" in text_of(
        english, f"/overview/{OCTOBER}"
    )
    assert (
        "Октябрь: с кворумом собрались 1 из 3 первичных отделений (33 %). В сентябре — 0 %"
        in text_of(russian, f"/overview/{OCTOBER}")
    )


def test_the_sentences_number_is_the_one_its_evidence_opens_with(country: Country) -> None:
    reader = country.reader(country.root, "headquarters_editor")
    overview = reader.get(f"/overview/{OCTOBER}").content.decode()
    found = re.search(r'<h1>[^<]*<a href="([^"]+)">1 of 3 primary branches</a>', overview)
    assert found is not None

    assert "1 of 3" in text_of(reader, found[1].replace("&amp;", "&"))


def test_who_may_not_open_the_records_meets_no_way_to_them(country: Country) -> None:
    for address in ("/overview/", f"/branches/of/{country.root.code}"):
        indicator = "&indicator=meets&view=table"
        for query in (OCTOBER, OCTOBER + indicator):
            for kind, led in (("headquarters_editor", True), ("viewer", False)):
                page = country.reader(country.root, kind).get(f"{address}{query}")
                assert page.status_code == 200
                assert ('href="/evidence/' in page.content.decode()) is led


def test_the_overviews_contents_stand_in_their_order(country: Country) -> None:
    said = text_of(
        country.reader(country.root, "headquarters_editor", language="ru"), f"/overview/{OCTOBER}"
    )

    order = [
        "Октябрь: с кворумом собрались",
        "Где помочь",
        "Что изменилось",
        "Ждёт решения",
        "Плитки",
        "Соответствует стандарту",
        "Отчётов никто не писал. Откуда цифры?",
    ]
    places = [said.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_what_changed_and_the_trend_are_said_in_the_sentences_own_numbers(
    country: Country,
) -> None:
    said = text_of(country.reader(country.root, "headquarters_editor"), f"/overview/{OCTOBER}")

    assert "+37 points now 33 %, was 0 %" in said
    assert "Share that met with a quorum. September 2026: 0 %. October 2026: 33 %." in said


def test_a_regional_head_finds_the_silent_branches(country: Country) -> None:
    head = country.reader(country.region, "regional_head", language="ru")

    assert "Молчит 1 отделение" in text_of(head, f"/overview/{OCTOBER}")
    listed = text_of(head, f"/branches/silent/RU-AD{OCTOBER}")
    assert "Primary 2" in listed
    assert "Primary 1 " not in listed


def test_a_tile_leads_to_attendance_records_in_two_more_clicks(country: Country) -> None:
    reader = country.reader(country.root, "headquarters_editor")
    overview = reader.get(f"/overview/{OCTOBER}").content.decode()
    tile = re.search(r'<a class="tile[^"]*" href="([^"]*RU-AD[^"]*)"', overview)
    assert tile is not None
    branch = reader.get(tile[1].replace("&amp;", "&")).content.decode()
    indicator = re.search(r'href="(/evidence/came/of/[^"]*)"', branch)
    assert indicator is not None

    records = text_of(reader, indicator[1].replace("&amp;", "&"))

    assert "A person came to a meeting or an event" in records
    assert "participant 1" in records


def test_evidence_says_what_counts_what_does_not_and_why(country: Country) -> None:
    head = country.reader(country.region, "regional_head")

    said = text_of(head, f"/evidence/meets/of/RU-AD/1{OCTOBER}")
    missed = text_of(head, f"/evidence/activists-per-precinct/of/RU-AD{OCTOBER}&side=missed")

    assert "Counted 1, nothing left out" in said
    assert "What counts Primary branches that have: “A meeting of the branch took place" in said
    assert "not counted 4: why fewer times than needed: 4 records" in missed
    assert "found 1, needed 2" in missed


def test_a_branch_says_its_state_its_steps_and_its_counts(country: Country) -> None:
    said = text_of(country.reader(country.active, "secretary", language="ru"), "/home/", status=302)
    assert said == ""
    page = text_of(
        country.reader(country.active, "secretary", language="ru"),
        f"/branches/of/RU-AD/1{OCTOBER}",
    )

    assert re.search(r"Октябрь: \d+ балл(а|ов)? из 100\. В сентябре — \d+", page)
    for part in (
        "Что сделать дальше",
        "1 из 1",
        "Динамика и похожие отделения",
        "Попросить помощи",
    ):
        assert part in page
    assert "Провести мероприятие и отметить пришедших по коду (осталось: 1)" in page


def test_a_branch_begins_its_next_thing_here_and_nobody_begins_it_from_above(
    country: Country,
) -> None:
    address = f"/branches/of/RU-AD/2{OCTOBER}"
    own = text_of(country.reader(country.silent, "secretary"), address)
    above = text_of(country.reader(country.region, "regional_head"), address)

    for action in ("Plan a meeting", "Ask for help"):
        assert action in own
        assert action not in above


def test_a_branch_is_told_whom_it_is_ahead_of_and_never_that_it_is_last(country: Country) -> None:
    reader = country.reader(country.root, "headquarters_editor")
    ahead = text_of(reader, f"/branches/of/RU-AD/1{OCTOBER}")
    behind = text_of(reader, f"/branches/of/RU-AD/2{OCTOBER}")

    assert "Better than 100 % of similar branches" in ahead
    assert "Better than" not in behind
    assert "Similar branches: 2 primary branches" in behind


def test_names_of_participants_open_in_their_own_branch_alone(country: Country) -> None:
    own = country.reader(country.active, "secretary")
    above = country.reader(country.local, "local_head")
    address = f"/evidence/activists/of/RU-AD/1{OCTOBER}&side=missed"

    assert "Иванова" in text_of(own, address)
    assert "Иванова" not in text_of(above, address)
    assert "participant 1" in text_of(above, address)


def test_above_the_branch_a_name_opens_with_a_reason(country: Country) -> None:
    above = country.reader(country.local, "local_head")
    address = f"/evidence/activists/of/RU-AD/1{OCTOBER}&side=missed"
    records = above.get(address).content.decode()
    assert Person.objects.first().code not in records
    opens = re.search(r'href="(/evidence/activists/name/[^"]*)">participant 2<', records)
    assert opens is not None
    question = opens[1].replace("&amp;", "&")
    assert "Иванова" not in text_of(above, question)
    # What one reader was given opens nothing to another.
    other = country.reader(country.region, "regional_head")
    assert other.get(question).status_code == 404

    page = above.post(question, {"quick": "record"}, follow=True).content.decode()
    assert "Иванова" in page
    assert OpenedName.objects.get().reason == "record"
    again = above.get(address).content.decode()
    assert again.count("Иванова") == records.count(">participant 2<")
    assert "participant 2<" not in again
    assert Entry.objects.filter(action="look.records").count() == 1


def test_whoever_sees_nobody_is_offered_no_name(country: Country) -> None:
    reader = country.reader(country.root, "headquarters_editor")
    records = reader.get(f"/evidence/activists/of/RU-AD/1{OCTOBER}&side=missed").content.decode()
    assert "participant 1" in records
    assert "/name/" not in records


@pytest.mark.parametrize(
    "address",
    [
        "/branches/of/RU-AL/1",
        "/branches/silent/RU-AL",
        "/branches/help/RU-AL/1",
        "/evidence/meets/of/RU-AL/1",
        "/evidence/meets/mistake/RU-AL/1",
        "/branches/of/there-is-none",
    ],
)
def test_what_lies_out_of_sight_is_answered_like_what_is_not(
    country: Country, address: str
) -> None:
    head = country.reader(country.region, "regional_head")

    assert head.get(address + OCTOBER).status_code == 404


def test_lists_ask_no_more_questions_for_more_rows(country: Country) -> None:
    reader = country.reader(country.root, "headquarters_editor")
    for address, most in [
        (f"/overview/{OCTOBER}&view=table", 24),
        (f"/branches/of/RU-AD{OCTOBER}", 26),
        (f"/branches/silent/RU{OCTOBER}", 14),
        ("/reach/", 8),
    ]:
        reader.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert reader.get(address).status_code == 200
        asked = [query["sql"] for query in queries if query["sql"] not in {"BEGIN", "COMMIT"}]
        assert len(asked) <= most, (address, asked)
