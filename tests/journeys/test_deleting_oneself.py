"""A resident deletes herself on her own phone, by a link that her secretary shows her."""

import pytest

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.reader import PHONE

pytestmark = JOURNEY


@pytest.mark.parametrize("language", ["ru", "en"])
def test_she_sees_what_is_held_and_goes(reader: Readers, site: Site, language: str) -> None:
    secretary = reader(language=language, of="RU-AD/1")
    page = secretary.open(f"/people/{site.organisation.resident[language]}/")
    name = page.get_by_role("heading", level=1).inner_text()
    page.locator('form[action$="/link/"] button').click()
    link = page.locator("main .address").inner_text()
    assert secretary.wrong() == []

    herself = reader(language=language, width=PHONE)
    hers = herself.open("/" + link.partition("/")[2])
    hers.get_by_role("main").get_by_role("button").click()
    assert name.split()[0] in hers.get_by_role("main").inner_text()
    assert herself.wrong() == []

    hers.locator('main a[href$="/delete/"]').click()
    hers.get_by_role(
        "button", name=herself.say("Да, удалить мои данные", "Yes, delete my data")
    ).click()
    act = hers.get_by_role("main").inner_text()
    assert herself.say("Акт об удалении", "Act of erasure") in act
    assert name.split()[0] not in act
    assert herself.wrong() == []
