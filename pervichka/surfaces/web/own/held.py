"""All that is held of one person, gathered from every room: for the page and for the copy."""

from typing import Any

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.people.queries import own_data
from pervichka.register.posts.queries import own_posts, who_entered, who_looked_at
from pervichka.surfaces.web.own import words
from pervichka.work.events.queries import own_events
from pervichka.work.messaging.queries import own_letters


def shown(actor: Actor) -> dict[str, Any]:
    """What the page shows, in the reader's words."""
    data = own_data(actor)
    assert data is not None  # noqa: S101 - for the types alone: asked of one who is there
    return {
        "data": data,
        "person": data.person,
        "affiliations": words.affiliations(data),
        "events": [words.event(one) for one in own_events(actor)],
        "letters": own_letters(actor),
        "looks": [words.look(one) for one in who_looked_at(actor)],
        "sources": words.sources(data, who_entered(actor)),
        "posts": own_posts(actor, at=clock.now()),
    }


def document(actor: Actor) -> dict[str, Any]:
    """The same as plain values with names of our own: dates as ISO 8601, texts in Russian."""
    data = own_data(actor)
    assert data is not None  # noqa: S101 - as above
    person = data.person
    return {
        "person": {
            "last_name": person.last_name,
            "first_name": person.first_name,
            "patronymic": person.patronymic,
            "born_on": _day(person.born_on),
            "address": person.address,
            "codes": list(data.codes),
            "branch": {"code": person.branch.code, "name": person.branch.name},
        },
        "contacts": [
            {"kind": one.kind, "value": one.value, "confirmed": not one.unconfirmed}
            for one in data.contacts
        ],
        "affiliations": [
            {"kind": one.kind, "from": _day(one.valid_from), "to": _day(one.valid_to)}
            for one in data.affiliations
        ],
        "confirmed_on": [_day(one) for one in data.confirmed],
        "letters": [
            {"at": one.at.isoformat(), "from": one.branch, "subject": one.subject}
            for one in own_letters(actor)
        ],
        "consents": [
            {
                "text": one.text_code,
                "version": one.version,
                "words": {} if one.text is None else dict(one.text.text),
                "given_on": _day(one.given_on),
                "withdrawn_on": _day(one.withdrawn_on),
                "said_by": "others" if one.asserted else "you",
            }
            for one in data.consents
        ],
        "events": [
            {
                "title": one.title,
                "starts_at": one.starts_at.isoformat(),
                "branch": one.branch,
                "invited": one.invited,
                "answer": one.answer,
                "came": one.came,
            }
            for one in own_events(actor)
        ],
        "came_in_by": list(data.sources),
        "looks": [
            {
                "at": one.at.isoformat(),
                "action": one.action,
                "post": one.post,
                "branch": one.branch,
                "reason": one.reason,
            }
            for one in who_looked_at(actor)
        ],
    }


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
