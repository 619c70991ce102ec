"""Who answers for the made-up organisation's data, and a text in two versions; a third waits."""

from datetime import datetime
from pathlib import Path

from pervichka.register.access.actor import Actor
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.queries.units import visible_to
from pervichka.register.posts.queries import acting_user
from pervichka.register.texts.actions import name_controller, propose_text

_OFFICER = "demo-officer"
_FILE = Path("news.yaml")
_DOCUMENT = """code: news
version: {version}
basis: consent
purpose: news
channels: [{channels}]
aim: {{ru: Новости отделения, en: News of the branch}}
text:
  ru: >-
    Я согласен (согласна) получать новости отделения «{{branch}}»{ru}. Мои данные обрабатывает
    {{controller}}, ОГРН {{number}}, {{address}}. Согласие можно отозвать в любой момент.
  en: >-
    I agree to receive news of the branch “{{branch}}”{en}. My data are processed by {{controller}},
    registration number {{number}}, {{address}}. I can withdraw this consent at any time.
"""
_VERSIONS = (
    ("email", "", ""),
    ("email, sms", " по электронной почте и в СМС", " by e-mail and text message"),
    (
        "email, sms, messenger",
        " по электронной почте, в СМС и мессенджере",
        " by e-mail, text message and messenger",
    ),
)


def load_texts(*, root: str, by: Actor, at: datetime) -> None:
    """Of the whole organisation; what waits was proposed by its data protection officer."""
    name_controller(
        branch=visible_to(by).get(code=root),
        name="Вымышленная общероссийская организация",
        number="0000000000000",
        address="г. Примерный, Выдуманная ул., д. 1",
        valid_from=at.date().replace(month=1, day=1),
        by=by,
        at=at,
    )
    for number, (channels, ru, en) in enumerate(_VERSIONS, 1):
        last = number == len(_VERSIONS)
        officer = user_named(_OFFICER)
        if last and officer is None:
            return
        propose_text(
            document=_DOCUMENT.format(version=number, channels=channels, ru=ru, en=en),
            file=_FILE,
            by=acting_user(officer, at=at) if last and officer else by,
            at=at,
        )
