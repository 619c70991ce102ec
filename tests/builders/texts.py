"""Texts and controllers for tests."""

from datetime import date
from pathlib import Path

from pervichka.register.branches.models import Branch
from pervichka.register.texts.actions import name_controller, propose_text
from pervichka.register.texts.models import Controller
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO

FILE = Path("text.yaml")


def a_document(
    *,
    code: str = "news",
    version: int = 1,
    purpose: str = "news",
    ru: str = "Я согласен получать новости от {controller}, {address}.",
    en: str = "I agree to receive news from {controller}, {address}.",
) -> str:
    """A sound document, so far as the wordings are."""
    return (
        f"code: {code}\nversion: {version}\nbasis: consent\npurpose: {purpose}\n"
        "channels: [email]\naim: {ru: Новости, en: News}\n"
        f"text:\n  ru: >-\n    {ru}\n  en: >-\n    {en}\n"
    )


def a_published_text(*, code: str = "news", version: int = 1, **said: str) -> None:
    propose_text(
        document=a_document(code=code, version=version, **said), file=FILE, by=OPERATOR, at=LONG_AGO
    )


def a_controller(
    *, branch: Branch, name: str = "ООО «Вымышленная партия»", since: date = date(2025, 1, 1)
) -> Controller:
    return name_controller(
        branch=branch,
        name=name,
        number="1027700000000",
        address="Москва, Вымышленная ул., 1",
        valid_from=since,
        by=OPERATOR,
        at=LONG_AGO,
    )
