"""A passkey is made on a device, and then signs in alone; the device is Chromium's virtual one."""

from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.organisation import PASSWORD
from tests.journeys.reader import Reader

pytestmark = JOURNEY


def with_a_device(someone: Reader) -> None:
    """A device that keeps passkeys and recognises its owner, without anyone's finger."""
    debugger = someone.context.new_cdp_session(someone.page)
    debugger.send("WebAuthn.enable", {"enableUI": False})
    debugger.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_made_once_it_signs_in_alone(reader: Readers, site: Site) -> None:
    someone = reader()
    with_a_device(someone)
    # A passkey is for a name: of an address in figures there is none.
    here = site.address.replace("127.0.0.1", "localhost")
    page = someone.page
    page.goto(f"{here}/sign-in/")
    someone.fill_in("with-a-passkey", PASSWORD)
    page.goto(f"{here}/security/passkey/")
    page.get_by_label("Как его назвать").fill("мой телефон")
    page.get_by_role("button", name="Создать ключ доступа").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Запасные коды")
    page.goto(f"{here}/security/")
    assert "мой телефон" in someone.main()
    page.get_by_role("button", name="Выйти").click()

    page.goto(f"{here}/sign-in/passkey/")
    page.get_by_role("button", name="Войти по ключу доступа").click()
    expect(page.locator(".acting strong")).to_be_visible()

    # With the password the second step asks for it.
    page.get_by_role("button", name="Выйти").click()
    page.goto(f"{here}/sign-in/")
    page.get_by_label("Имя пользователя или телефон").fill("with-a-passkey")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    assert "/sign-in/second/" in page.url
    page.get_by_role("button", name="Войти по ключу доступа").click()
    expect(page.locator(".acting strong")).to_be_visible()
