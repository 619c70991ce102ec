"""Conditions of a standard are said in sentences, without signs of arithmetic."""

from pathlib import Path

import pytest
from django.utils import translation

from pervichka.standard.rulebook import shipped
from pervichka.standard.rulebook.document import Indicator
from pervichka.standard.rulebook.parser import parse, parse_file
from pervichka.standard.rulebook.where import parse_where
from pervichka.surfaces.web.standards.conditions import in_words
from pervichka.surfaces.web.standards.words import formula
from tests.standard.rulebook.documents import RIGHT

SHIPPED = parse_file(Path(shipped.__file__).parent / "branch-work.yaml")
SAID = [
    (
        "people", "confirmed_on > period_end - interval '12 months'",
        "день последнего подтверждения — позже чем за 12 месяцев до последнего дня периода",
    ),
    (
        "people", "first_action_on <= affiliated_on + interval '90 days'",
        "день первого дела — не позже чем через 90 дней после дня постановки на учёт",
    ),
    (
        "people", "first_action_on between affiliated_on and affiliated_on + interval '90 days'",
        (
            "день первого дела — не раньше дня постановки на учёт и не позже чем через 90 дней "
            "после дня постановки на учёт"
        ),
    ),
    ("people", "date '2026-01-31' < confirmed_on",
     "день последнего подтверждения — позже 31 января 2026 г."),
    ("people", "period_end - interval '1 month' <= confirmed_on",
     "день последнего подтверждения — не раньше чем за 1 месяц до последнего дня периода"),
    ("people", "period_end - last_contact_on <= 180",
     "дней от дня последнего контакта до последнего дня периода — не больше 180 дней"),
    ("people", "affiliation <> 'contact'", "статус — не «контакт»"),
    ("people", "affiliation not in ('contact', 'member')",
     "статус — ни одно из: «контакт», «член»"),
    ("people", "not (affiliation = 'contact')", "статус — не «контакт»"),
    ("people", "consented = false", "согласия нет или оно отозвано"),
    (
        "posts", "filled and (term_ends_on is null or term_ends_on >= period_end)",
        (
            "должность занята и (конец срока полномочий неизвестен или конец срока полномочий — "
            "не раньше последнего дня периода)"
        ),
    ),
    ("posts", "not filled", "должность свободна"),
    ("precincts", "covered_by is not null", "на участке действует отделение"),
    ("branches", "voters > 500 and level <> 'federal'",
     "избирателей — больше 500 и уровень — не «центральный исполком»"),
    ("facts", "kind = 'event.attended' and evidence <> 'self_reported'",
     "«Человек пришёл на собрание или мероприятие» и подтверждённость — не «со слов отделения»"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "where", "words"), SAID, ids=lambda value: value[:30])
def test_a_condition_is_a_sentence(table: str, where: str, words: str) -> None:
    with translation.override("ru"):
        assert in_words(parse_where(where, table=table, kinds=None)) == words


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("indicator", SHIPPED.indicators, ids=lambda one: one.id)
def test_the_shipped_standard_reads_without_formulas(indicator: Indicator, language: str) -> None:
    with translation.override(language):
        said = formula(indicator)
    for text in (said.numerator, said.denominator or ""):
        assert not set(text) & set("<>=≤≥≠×−_"), text


def test_what_nothing_records_yet_is_shown_as_such() -> None:
    answered, meets, *_ = parse(RIGHT, file="standard.yaml").indicators
    with translation.override("en"):
        assert "Nothing that is kept here records this yet, so it counts nothing" in (
            formula(answered).notes
        )
        assert not any("records this yet" in note for note in formula(meets).notes)
