"""What participants do on their own phones, and how a meeting becomes verified by it."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from pervichka.foundation import clock
from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers
from tests.journeys.reader import PHONE, Reader
from tests.journeys.test_first_five_minutes import plan
from tests.journeys.waiting import reload_until

pytestmark = JOURNEY

BRANCH = "RU-AD/6"
CODED, CONFIRMING, TICKED = 3, 5, 12
CONFIRMED = "подтверждено второй стороной"
OBSERVED = "зафиксировано системой"


def test_a_meeting_confirmed_by_its_participants(reader: Readers) -> None:
    secretary = reader(of=BRANCH)
    secretary.open("/events/plan/")
    plan(secretary, soon())
    address = secretary.page.url
    tokens = invite(secretary)

    someone = reader(width=PHONE)
    answer(someone, tokens[CODED])
    secretary.page.goto(address)
    check_in(someone, code_on_screen(secretary))
    secretary.page.goto(address)
    expect(secretary.page.locator("#records tbody tr")).to_contain_text(OBSERVED)

    tick(secretary)
    secretary.page.goto(address)
    assert CONFIRMED not in secretary.main()
    another = reader(width=PHONE)
    confirm(another, tokens[CONFIRMING])

    secretary.page.reload()
    assert f"Подтверждённость: {CONFIRMED}" in secretary.main()
    head = reader(of="RU-AD")
    page = head.open(f"/evidence/came/of/{BRANCH}")
    reload_until(page, CONFIRMED, within=page.locator("#records tbody"))
    expect(page.locator("#records tbody tr")).to_have_count(TICKED + 1)


def soon() -> tuple[str, str]:
    """In half an hour, but today."""
    now = timezone.localtime(clock.now())
    starts = min(now + timedelta(minutes=30), now.replace(hour=23, minute=59))
    return f"{starts:%Y-%m-%d}", f"{starts:%H:%M}"


def invite(secretary: Reader) -> list[str]:
    """The codes of the personal links, as their slips show them this once."""
    page = secretary.page
    page.get_by_role("link", name="Пригласить").click()
    page.get_by_role("button", name="Пригласить и показать ссылки").click()
    expect(page.locator(".slip").first).to_be_visible()
    return page.locator(".slip .token").all_inner_texts()


def answer(someone: Reader, token: str) -> None:
    """From the slip of paper, in small letters and without hyphens."""
    page = someone.open("/i/")
    page.get_by_label("Код", exact=True).fill(token.replace("-", "").lower())
    page.get_by_role("button", name="Открыть").click()
    page.get_by_role("button", name="Приду").click()
    expect(page.get_by_role("status")).to_contain_text("Спасибо, ваш ответ записан")
    expect(page.get_by_role("button", name="Приду")).to_have_attribute("aria-pressed", "true")


def code_on_screen(secretary: Reader) -> str:
    page = secretary.page
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Придут\s*1"))
    page.get_by_role("link", name="Код на экране").click()
    page.get_by_role("button", name="Открыть отметку").click()
    return page.locator(".code").inner_text()


def check_in(someone: Reader, code: str) -> None:
    page = someone.page
    page.reload()
    wrong = "".join(str(9 - int(digit)) for digit in code if digit.isdigit())
    someone.expect(422)
    page.get_by_label("Шесть цифр с экрана").fill(wrong)
    page.get_by_role("button", name="Отметиться").click()
    expect(page.get_by_role("alert")).to_be_visible()

    page.get_by_label("Шесть цифр с экрана").fill(code)
    page.get_by_role("button", name="Отметиться").click()
    expect(page.get_by_role("status")).to_contain_text("Вы отмечены")


def tick(secretary: Reader) -> None:
    """All but the one who checked in by themself, who stands in the list already."""
    page = secretary.page
    page.get_by_role("link", name="Отметить пришедших").click()
    expect(page.locator(".box-fixed")).to_have_count(1)
    boxes = page.get_by_role("group", name="Кто пришёл").get_by_role("checkbox")
    for index in range(TICKED):
        boxes.nth(index).check()
    page.locator("#heads").fill(str(TICKED + 2))
    page.get_by_role("button", name="Сохранить и перейти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Что решили")


def confirm(another: Reader, token: str) -> None:
    page = another.open(f"/i/{token}/")
    expect(page.get_by_role("heading", name="Верно ли посчитали пришедших?")).to_be_visible()
    page.get_by_role("button", name="Да, число верное").click()
    expect(page.get_by_role("status")).to_contain_text("Число пришедших подтверждено")
