"""A new version is proposed on the page: beside the text in force, and by two people."""

import pytest
from django.test import Client

from pervichka.register.branches.models import Branch
from pervichka.register.texts.models import PublishedText, TextDraft
from tests.builders.branches import a_primary_branch
from tests.builders.texts import a_published_text
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
PATH = "/texts/news/propose/"
RU, EN = "Согласен: {controller}, {address}.", "I agree: {controller}, {address}."
NEW_RU, NEW_EN = "Разрешаю: {controller}, {address}.", "I allow: {controller}, {address}."
GIVEN = {
    "aim-ru": "Новости",
    "aim-en": "News",
    "text-ru": NEW_RU,
    "text-en": NEW_EN,
    "channels": ["email"],
}


@pytest.fixture(autouse=True)
def text() -> None:
    a_primary_branch()
    a_published_text(ru=RU, en=EN)


def reader(kind: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=Branch.objects.get(code="RU"), kind=kind))
    return client


def test_the_form_begins_with_the_text_in_force_in_both_languages():
    page = reader("headquarters_editor").get(PATH).content.decode()
    for wording in (RU, EN):
        assert page.count(wording) == 2


def test_what_differs_is_shown_before_anything_is_proposed():
    page = reader("headquarters_editor").post(PATH, GIVEN).content.decode()
    assert "<del>Согласен:</del>" in page
    assert "<ins>Разрешаю:</ins>" in page
    assert "<del>agree:</del>" in page
    assert not TextDraft.objects.exists()


def test_one_proposes_and_another_publishes():
    editor, officer = reader("headquarters_editor"), reader("data_protection_officer")
    done = editor.post(PATH, GIVEN | {"step": "save"})
    assert done.headers["Location"] == "/texts/waiting/"
    assert not PublishedText.objects.filter(code="news", version=2).exists()
    waiting = editor.get("/texts/waiting/").content.decode()
    assert "You proposed it; another person decides" in waiting
    # The same from the same person is still one proposal; from another it is the second word.
    editor.post(PATH, GIVEN | {"step": "save"})
    assert TextDraft.objects.count() == 1
    agreed = officer.post(PATH, GIVEN | {"step": "save"})
    assert agreed.headers["Location"] == "/texts/news/2/"
    published = PublishedText.objects.get(code="news", version=2)
    assert published.text == {"ru": NEW_RU, "en": NEW_EN}
    assert published.proposed_by != published.published_by


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text-ru": "Разрешаю."}, "lacks {controller}"),
        ({"text-en": "I allow {controller} {name}."}, "{name} is not known"),
        ({"text-en": "I allow {controller}."}, "not the same in each language"),
        ({"text-en": ""}, "must be text, not empty"),
        ({"channels": []}, "at least one entry"),
        ({"text-ru": RU, "text-en": EN}, "Nothing differs from the text in force"),
    ],
)
def test_every_mistake_is_named_and_what_was_written_stays(change, said):
    refused = reader("headquarters_editor").post(PATH, GIVEN | change | {"step": "save"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert said in page
    assert GIVEN["aim-en"] in page
    assert not TextDraft.objects.exists()


def test_who_may_not_publish_may_not_propose():
    for kind in ("regional_head", "viewer", "control_commission"):
        assert reader(kind).get(PATH).status_code == 404
        assert reader(kind).post(PATH, GIVEN | {"step": "save"}).status_code == 404
    assert reader("headquarters_editor").get("/texts/nothing/propose/").status_code == 404
    assert not TextDraft.objects.exists()
