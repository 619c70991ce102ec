"""What an expression may name: the tables, their columns and types, and every kind of fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pervichka.standard.rulebook.expressions import Type

FACTS = "facts"

_TABLES: dict[str, dict[str, Type]] = {
    FACTS: {
        "kind": Type.TEXT,
        "branch": Type.TEXT,
        "person": Type.TEXT,
        "occurred_on": Type.DATE,
        "value": Type.NUMBER,
        "evidence": Type.EVIDENCE,
        "source": Type.TEXT,
        "source_id": Type.TEXT,
    },
    "people": {
        "branch": Type.TEXT,
        "affiliation": Type.TEXT,
        "affiliated_on": Type.DATE,
        "confirmed_on": Type.DATE,
        "consented": Type.BOOLEAN,
        "last_contact_on": Type.DATE,
        "first_action_on": Type.DATE,
    },
    "posts": {
        "branch": Type.TEXT,
        "post": Type.TEXT,
        "filled": Type.BOOLEAN,
        "term_ends_on": Type.DATE,
        "trained_on": Type.DATE,
        "last_active_on": Type.DATE,
    },
    "branches": {
        "branch": Type.TEXT,
        "level": Type.TEXT,
        "voters": Type.NUMBER,
        "precincts": Type.NUMBER,
    },
    "precincts": {"branch": Type.TEXT, "covered_by": Type.TEXT, "voters": Type.NUMBER},
    "sites": {
        "branch": Type.TEXT,
        "kind": Type.TEXT,
        "status": Type.TEXT,
        "due_on": Type.DATE,
        "last_inspected_on": Type.DATE,
    },
}

TABLES: Mapping[str, Mapping[str, Type]] = MappingProxyType(
    {name: MappingProxyType(columns) for name, columns in _TABLES.items()}
)
"""Columns and their types by table, in the order in which they are shown."""

BOUNDS = ("period_start", "period_end")
FUNCTIONS = ("coalesce", "abs", "least", "greatest")


def numeric_columns(table: str) -> tuple[str, ...]:
    """The columns that can be summed."""
    return tuple(name for name, type_ in TABLES[table].items() if type_ is Type.NUMBER)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A documented kind of fact.

    `room` is the folder of work that its facts are derived from; `derived` is false while that
    room is not built, and then a measure over the kind counts nothing. `with_person` says whether
    such a fact names a person. `title` is a short noun, `meaning` a sentence that also says what
    the fact's date is; both are by language.
    """

    name: str
    room: str
    with_person: bool
    derived: bool
    title: Mapping[str, str]
    meaning: Mapping[str, str]


def _kind(name: str, room: str, title: tuple[str, str], en: str, ru: str, **marks: bool) -> Kind:
    return Kind(
        name=name,
        room=room,
        with_person=marks.get("with_person", False),
        derived=marks.get("derived", False),
        title=MappingProxyType({"en": title[0], "ru": title[1]}),
        meaning=MappingProxyType({"en": en, "ru": ru}),
    )


MINUTES_DAYS = 10
"""Minutes published later than this many days after the meeting don't make it `meeting.minuted`."""

KINDS: tuple[Kind, ...] = (
    _kind(
        "appeal.answered_on_time",
        "casework",
        ("appeal answered on time", "обращение, на которое ответили в срок"),
        "An appeal was answered by its deadline; dated on the deadline",
        "На обращение ответили в срок; дата — последний день срока",
    ),
    _kind(
        "appeal.due",
        "casework",
        ("appeal due for an answer", "обращение, по которому истёк срок ответа"),
        "The deadline of an answer to an appeal fell on this day",
        "В этот день истёк срок ответа на обращение",
    ),
    _kind(
        "campaign.answered",
        "messaging",
        ("answer to a letter", "ответ на письмо"),
        "A person answered a letter of a campaign by e-mail; dated on the day of the answer",
        "Человек ответил на письмо рассылки; дата — день ответа",
        with_person=True,
        derived=True,
    ),
    _kind(
        "campaign.in_order",
        "messaging",
        ("campaign in order", "рассылка по правилам"),
        "A campaign went out with its imprint and outside every silence period; dated as it is",
        "Рассылка ушла с выходными данными и вне дней тишины; дата — день первого письма",
        derived=True,
    ),
    _kind(
        "campaign.sent",
        "messaging",
        ("campaign by e-mail", "рассылка по электронной почте"),
        "A campaign by e-mail went out, to however many; dated on the day of its first letter",
        "Рассылка по электронной почте ушла, скольким бы ни было; дата — день первого письма",
        derived=True,
    ),
    _kind(
        "confirmation.answered",
        "people",
        ("answer to a confirmation request", "ответ на запрос о подтверждении"),
        "A person answered, whatever the answer, whether to go on hearing from the branch; "
        "dated on the day when the answer was due",
        "Человек ответил (как угодно), хочет ли получать приглашения; дата — срок ответа",
        with_person=True,
    ),
    _kind(
        "confirmation.due",
        "people",
        ("confirmation request", "запрос о подтверждении"),
        "A person was to answer by this day whether to go on hearing from the branch",
        "К этому дню человек должен был ответить, хочет ли получать приглашения",
        with_person=True,
    ),
    _kind(
        "course.passed",
        "training",
        ("course passed", "пройденный курс"),
        "A person passed a course on this day",
        "В этот день человек прошёл курс",
        with_person=True,
    ),
    _kind(
        "event.accepted",
        "events",
        ("invitation accepted", "принятое приглашение"),
        "An invited person said they would come; dated on the day of the event",
        "Приглашённый ответил «Приду»; дата — день мероприятия",
        with_person=True,
        derived=True,
    ),
    _kind(
        "event.attended",
        "events",
        ("attendance", "приход на мероприятие"),
        "A person came to a meeting or an event; dated on its day",
        "Человек пришёл на собрание или мероприятие; дата — день мероприятия",
        with_person=True,
        derived=True,
    ),
    _kind(
        "event.held",
        "events",
        ("event held", "проведённое мероприятие"),
        "An event other than a meeting of the branch took place; dated on its day",
        "Мероприятие (не собрание отделения) состоялось; дата — его день",
        derived=True,
    ),
    _kind(
        "event.invited",
        "events",
        ("invitation", "приглашение"),
        "A person was invited to a meeting or an event; dated on its day",
        "Человека пригласили на собрание или мероприятие; дата — день мероприятия",
        with_person=True,
        derived=True,
    ),
    _kind(
        "event.planned",
        "events",
        ("event planned", "назначенное мероприятие"),
        "A meeting or an event was planned for this day, whether or not it took place",
        "На этот день было назначено собрание или мероприятие, состоялось оно или нет",
        derived=True,
    ),
    _kind(
        "meeting.held",
        "events",
        ("meeting held", "проведённое собрание"),
        "A meeting of the branch took place, with or without a quorum; dated on its day",
        "Собрание отделения состоялось, с кворумом или без; дата — день собрания",
        derived=True,
    ),
    _kind(
        "meeting.minuted",
        "events",
        ("minutes published on time", "протокол, опубликованный в срок"),
        f"The minutes of a meeting were published within {MINUTES_DAYS} days; "
        "dated on the day of the meeting",
        f"Протокол собрания опубликован не позже чем через {MINUTES_DAYS} дней; "
        "дата — день собрания",
        derived=True,
    ),
    _kind(
        "meeting.quorate",
        "events",
        ("meeting with a quorum", "собрание с кворумом"),
        "A meeting of the branch took place with a quorum; dated on its day",
        "Собрание отделения состоялось с кворумом; дата — день собрания",
        derived=True,
    ),
    _kind(
        "survey.answered",
        "surveys",
        ("answer to a survey", "ответ на опрос"),
        "A survey was answered on this day",
        "В этот день получен ответ на опрос",
    ),
)
"""Every documented kind, by name. Kinds of other systems begin with `x.` and are registered."""

KIND_NAMES = frozenset(kind.name for kind in KINDS)
