"""The words for tables, columns and values in which a measure is told to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, kw_only=True)
class Rows:
    """How a table's rows are called: "number of …", "in …" (or "по …")."""

    counted: str
    among: str


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """One language's words; templates have {named} places."""

    rows: Mapping[str, Rows]
    columns: Mapping[str, str]
    conditions: Mapping[str, str]  # boolean columns, said as a condition
    values: Mapping[str, str]  # known values of text columns
    distinct: Mapping[str, str]  # "different …" by column
    levels: Mapping[str, str]  # "… branches"
    periods: Mapping[str, str]
    evidence: Mapping[str, str]
    compare: Mapping[str, str]
    compare_dates: Mapping[str, str]
    phrases: Mapping[str, str]
    days: tuple[str, str, str]  # forms after 1, 2, 5
    months: tuple[str, str, str]
    quotes: tuple[str, str]
    point: str

    def quoted(self, text: str) -> str:
        return f"{self.quotes[0]}{text}{self.quotes[1]}"


_EN = Vocabulary(
    rows={
        "facts": Rows(counted="records", among="records"),
        "people": Rows(counted="people", among="people in the register"),
        "posts": Rows(counted="posts", among="posts"),
        "branches": Rows(counted="living branches", among="living branches"),
        "precincts": Rows(counted="precincts", among="precincts"),
        "sites": Rows(counted="sites", among="sites"),
    },
    columns={
        "kind": "kind",
        "branch": "branch",
        "person": "person",
        "occurred_on": "date",
        "value": "value",
        "evidence": "evidence",
        "source": "source",
        "source_id": "number at the source",
        "affiliation": "affiliation",
        "affiliated_on": "date of affiliation",
        "confirmed_on": "date of confirmation",
        "consented": "consent",
        "last_contact_on": "date of last contact",
        "first_action_on": "date of first action",
        "post": "post",
        "filled": "filled",
        "term_ends_on": "end of term",
        "trained_on": "date of training",
        "last_active_on": "last active",
        "level": "level",
        "voters": "voters",
        "precincts": "precincts",
        "covered_by": "living branch that covers it",
        "status": "status",
        "due_on": "due date",
        "last_inspected_on": "date of last inspection",
    },
    conditions={"consented": "consent is live", "filled": "the post is filled"},
    values={
        "contact": "contact",
        "supporter": "supporter",
        "candidate": "candidate",
        "member": "member",
        "self_reported": "self-reported",
        "observed": "observed by the system",
        "verified": "verified by a second party",
        "federal": "federal",
        "regional": "regional",
        "local": "local",
        "primary": "primary",
    },
    distinct={"person": "different people", "branch": "different branches"},
    levels={
        "federal": "federal branches",
        "regional": "regional branches",
        "local": "local branches",
        "primary": "primary branches",
    },
    periods={
        "month": "in the month",
        "quarter": "since the quarter began",
        "year": "since the year began",
    },
    evidence={
        "observed": "only what the system observed or a second party verified counts",
        "verified": "only what a second party verified counts",
    },
    compare={
        "=": "=",
        "<>": "≠",
        "<": "is less than",
        "<=": "is at most",
        ">": "is more than",
        ">=": "is at least",
    },
    compare_dates={
        "=": "=",
        "<>": "≠",
        "<": "is before",
        "<=": "is not after",
        ">": "is after",
        ">=": "is not before",
    },
    phrases={
        "count": "number of {rows}",
        "distinct": "number of {values} in {rows}",
        "distinct_values": "different values of {column}",
        "sum": "sum of {column} over {rows}",
        "at_least": "found at least {times} each",
        "times": "{count} times",
        "where": "where {condition}",
        "window": "in the last {size}",
        "share": "{level} for which the {measure} is {least} or more",
        "share_all": "all living {level}",
        "per": "per {per}",
        "divided": "{numerator}, divided by: {denominator}",
        "percent": "{number}%",
        "scale": "{floor} is worth 0 points, {target} is worth 100",
        "and": ", and ",
        "or": ", or ",
        "not": "not ({condition})",
        "null": "{operand} is not given",
        "known": "{operand} is given",
        "in": "{operand} is one of: {options}",
        "not_in": "{operand} is none of: {options}",
        "between": "{operand} is from {low} to {high}",
        "true": "yes",
        "false": "no",
        "period_start": "the start of the period",
        "period_end": "the end of the period",
        "coalesce": "the first given of {arguments}",
        "abs": "size of {arguments}",
        "least": "least of {arguments}",
        "greatest": "greatest of {arguments}",
    },
    days=("day", "days", "days"),
    months=("month", "months", "months"),
    quotes=("“", "”"),
    point=".",
)

_RU = Vocabulary(
    rows={
        "facts": Rows(counted="записей", among="записях"),
        "people": Rows(counted="людей", among="списке людей"),
        "posts": Rows(counted="должностей", among="списке должностей"),
        "branches": Rows(counted="действующих отделений", among="списке отделений"),
        "precincts": Rows(counted="участков", among="списке участков"),
        "sites": Rows(counted="объектов", among="списке объектов"),
    },
    columns={
        "kind": "вид",
        "branch": "отделение",
        "person": "человек",
        "occurred_on": "дата",
        "value": "значение",
        "evidence": "подтверждённость",
        "source": "источник",
        "source_id": "номер в источнике",
        "affiliation": "принадлежность",
        "affiliated_on": "дата вступления",
        "confirmed_on": "дата подтверждения",
        "consented": "согласие",
        "last_contact_on": "дата последнего разговора",
        "first_action_on": "дата первого дела",
        "post": "должность",
        "filled": "занята",
        "term_ends_on": "конец срока полномочий",
        "trained_on": "дата обучения",
        "last_active_on": "дата последней работы в сервисах",
        "level": "уровень отделения",
        "voters": "избиратели",
        "precincts": "участки",
        "covered_by": "действующее отделение на участке",
        "status": "состояние",
        "due_on": "срок",
        "last_inspected_on": "дата последнего осмотра",
    },
    conditions={"consented": "согласие действует", "filled": "должность занята"},
    values={
        "contact": "контакт",
        "supporter": "сторонник",
        "candidate": "кандидат в члены",
        "member": "член",
        "self_reported": "со слов отделения",
        "observed": "зафиксировано системой",
        "verified": "подтверждено второй стороной",
        "federal": "федеральный",
        "regional": "региональный",
        "local": "местный",
        "primary": "первичный",
    },
    distinct={"person": "разных людей", "branch": "разных отделений"},
    levels={
        "federal": "федеральные отделения",
        "regional": "региональные отделения",
        "local": "местные отделения",
        "primary": "первичные отделения",
    },
    periods={"month": "за месяц", "quarter": "с начала квартала", "year": "с начала года"},
    evidence={
        "observed": "учитывается только зафиксированное системой "
        "или подтверждённое второй стороной",
        "verified": "учитывается только подтверждённое второй стороной",
    },
    compare={
        "=": "=",
        "<>": "≠",
        "<": "меньше, чем",
        "<=": "не больше, чем",
        ">": "больше, чем",
        ">=": "не меньше, чем",
    },
    compare_dates={
        "=": "=",
        "<>": "≠",
        "<": "раньше, чем",
        "<=": "не позже, чем",
        ">": "позже, чем",
        ">=": "не раньше, чем",
    },
    phrases={
        "count": "число {rows}",
        "distinct": "число {values} в {rows}",
        "distinct_values": "разных значений {column}",
        "sum": "сумма значений {column} в {rows}",
        "at_least": "каждый встречается не менее {times}",
        "times": "{count} раз",
        "where": "где {condition}",
        "window": "за {size} до конца периода",
        "share": "{level}, у которых {measure} — {least} или больше",
        "share_all": "все действующие {level}",
        "per": "на {per}",
        "divided": "{numerator}; разделить на: {denominator}",
        "percent": "{number} %",
        "scale": "{floor} — 0 баллов, {target} — 100 баллов",
        "and": ", и ",
        "or": ", или ",
        "not": "неверно, что ({condition})",
        "null": "{operand}: не указано",
        "known": "{operand}: указано",
        "in": "{operand} — одно из: {options}",
        "not_in": "{operand} — ничто из: {options}",
        "between": "{operand} — от {low} до {high}",
        "true": "да",
        "false": "нет",
        "period_start": "начало периода",
        "period_end": "конец периода",
        "coalesce": "первое указанное из: {arguments}",
        "abs": "абсолютная величина {arguments}",
        "least": "наименьшее из: {arguments}",
        "greatest": "наибольшее из: {arguments}",
    },
    days=("день", "дня", "дней"),
    months=("месяц", "месяца", "месяцев"),
    quotes=("«", "»"),
    point=",",
)

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType({"en": _EN, "ru": _RU})


def vocabulary(language: str) -> Vocabulary:
    """The words of a language (`ru`, `ru-RU`), or English where there are none."""
    return VOCABULARIES.get(language.partition("-")[0], VOCABULARIES[DEFAULT_LANGUAGE])


def kind_language(language: str) -> str:
    """The language in which kinds of facts are titled, for a reader of `language`."""
    short = language.partition("-")[0]
    return short if short in VOCABULARIES else DEFAULT_LANGUAGE
