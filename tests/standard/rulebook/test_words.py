"""A measure is told in words that a branch secretary can read."""

import pytest

from pervichka.standard.rulebook.catalogue import TABLES
from pervichka.standard.rulebook.condition_words import ConditionWords, amount
from pervichka.standard.rulebook.document import Indicator
from pervichka.standard.rulebook.parser import parse, parse_file
from pervichka.standard.rulebook.shipped import BRANCH_WORK
from pervichka.standard.rulebook.vocabulary import VOCABULARIES
from pervichka.standard.rulebook.where import parse_where
from pervichka.standard.rulebook.words import indicator_in_words
from tests.standard.rulebook.documents import RIGHT
from tests.standard.rulebook.test_where import RIGHT as CONDITIONS

SHIPPED = {indicator.id: indicator for indicator in parse_file(BRANCH_WORK).indicators}
SMALL = {indicator.id: indicator for indicator in parse(RIGHT, file="small.yaml").indicators}

TOLD = [
    (
        SHIPPED["meets"],
        "ru",
        (
            "Первичные отделения, у которых число записей «собрание с кворумом» за 90 дней "
            "до конца периода — 1 или больше; разделить на: все действующие первичные отделения"
        ),
    ),
    (
        SHIPPED["meets"],
        "en",
        (
            "Primary branches for which the number of records “meeting with a quorum” in the last "
            "90 days is 1 or more, divided by: all living primary branches"
        ),
    ),
    (
        SHIPPED["activists"],
        "ru",
        (
            "Число разных людей в записях «приход на мероприятие» за 90 дней до конца периода, "
            "каждый встречается не менее 2 раз"
        ),
    ),
    (
        SHIPPED["records-confirmed"],
        "ru",
        (
            "Число людей, где «дата подтверждения» позже, чем конец периода − 12 месяцев; "
            "разделить на: число людей"
        ),
    ),
    (
        SHIPPED["posts-in-term"],
        "en",
        (
            "Number of posts, where the post is filled, and (“end of term” is not given, or "
            "“end of term” is not before the end of the period), divided by: number of posts, "
            "where the post is filled"
        ),
    ),
    (
        SMALL["voters"],
        "en",
        (
            "Sum of “voters” over precincts, where “living branch that covers it” is given, "
            "divided by: sum of “voters” over precincts"
        ),
    ),
    (
        SMALL["active"],
        "en",
        "Number of different people in records since the year began, found at least 2 times each",
    ),
]


@pytest.mark.parametrize(("indicator", "language", "formula"), TOLD)
def test_the_formula(indicator: Indicator, language: str, formula: str) -> None:
    assert indicator_in_words(indicator, language).formula == formula


def test_notes_and_scale() -> None:
    english = indicator_in_words(SMALL["answered"], "en")
    assert english.notes == (
        "Only what the system observed or a second party verified counts",
        "Per 1000",
    )
    assert english.scale == "0.2 is worth 0 points, 0.8 is worth 100"
    assert indicator_in_words(SHIPPED["came"], "ru").scale == "5 % — 0 баллов, 30 % — 100 баллов"
    assert indicator_in_words(SHIPPED["activists"], "ru").denominator is None


def test_a_language_without_words_is_told_in_english() -> None:
    assert indicator_in_words(SHIPPED["meets"], "tt") == indicator_in_words(SHIPPED["meets"], "en")
    assert indicator_in_words(SHIPPED["meets"], "ru-RU") == indicator_in_words(
        SHIPPED["meets"], "ru"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("text", [text for text, _ in CONDITIONS])
def test_every_form_of_a_condition_is_told(text: str, language: str) -> None:
    node = parse_where(text, table="facts", kinds=None)
    told = ConditionWords("facts", language).tell(node)
    assert told
    assert "{" not in told
    assert "None" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "kind in ('event.attended', 'x.letters') and not value = 1.5",
            (
                "«вид» — одно из: «приход на мероприятие», «x.letters», "
                "и неверно, что («значение» = 1,5)"
            ),
        ),
        (
            "evidence <> 'verified' or occurred_on < date '2026-05-09'",
            (
                "«подтверждённость» ≠ «подтверждено второй стороной», "
                "или «дата» раньше, чем 9 мая 2026 года"
            ),
        ),
        (
            "coalesce(value, 0) between -1 and 2 * (value - 1)",
            "первое указанное из: «значение», 0 — от −1 до 2 × («значение» − 1)",
        ),
    ],
)
def test_conditions_in_russian(text: str, told: str) -> None:
    assert ConditionWords("facts", "ru").tell(parse_where(text, table="facts", kinds=None)) == told


def test_vocabularies_are_whole() -> None:
    columns = {column for table in TABLES.values() for column in table}
    english = VOCABULARIES["en"]
    for words in VOCABULARIES.values():
        assert words.columns.keys() == columns
        assert words.rows.keys() == TABLES.keys()
        for part in ("phrases", "values", "levels", "periods", "evidence", "compare"):
            assert getattr(words, part).keys() == getattr(english, part).keys()


def test_russian_plurals() -> None:
    forms = ("день", "дня", "дней")
    told = [amount(count, forms) for count in (1, 2, 5, 11, 12, 21, 22, 90, 101)]
    assert told == [
        "1 день", "2 дня", "5 дней", "11 дней", "12 дней", "21 день", "22 дня", "90 дней",
        "101 день",
    ]  # fmt: skip
    assert [amount(count, ("day", "days", "days")) for count in (1, 21)] == ["1 day", "21 days"]
