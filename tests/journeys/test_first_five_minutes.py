"""A regional head finds the silent branches; one of them meets; the head sees the number move."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from pervichka.foundation import clock
from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.reader import DESKTOP, PHONE, Reader
from tests.journeys.waiting import reload_until

pytestmark = JOURNEY

CAME, HEADS = 15, 16
# At the meeting half a year before, with which the organisation is built.
CAME_LONG_AGO = 12


@pytest.mark.parametrize(("language", "region"), [("ru", "RU-AD"), ("en", "RU-AL")])
def test_the_first_five_minutes(reader: Readers, site: Site, language: str, region: str) -> None:
    head = reader(language=language, width=DESKTOP)
    head.sign_in(site.organisation.head[region])
    silent_before = silent_branches(head)
    open_silent_branch(head)
    expect(meets(head)).to_contain_text(head.say("0 из 1", "0 of 1"))

    secretary = reader(language=language, width=PHONE)
    secretary.sign_in(site.organisation.head[f"{region}/3"])
    hold_a_meeting(secretary)

    reload_until(head.page, head.say("1 из 1", "1 of 1"), within=meets(head))
    see_what_was_not_counted_at_the_branch(head)
    see_what_counted_in_the_region(head)
    assert clicks_from_tile_to_attendance(head) <= 4
    head.open("/overview/")
    assert silent_branches(head) == silent_before - 1


def silent_branches(head: Reader) -> int:
    """The number in «Молчат N отделений»."""
    return int(re.findall(r"\d+", silent_link(head).inner_text())[0])


def silent_link(head: Reader) -> Locator:
    pattern = head.say(r"^Молч(ит|ат) \d+ отделени", r"^\d+ primary branch(es)? (is|are) silent")
    return head.page.get_by_role("link", name=re.compile(pattern)).first


def open_silent_branch(head: Reader) -> None:
    silent_link(head).click()
    number_three(head).click()
    expect(head.page.get_by_role("heading", level=1)).to_have_text(number_name(head))


def number_three(head: Reader) -> Locator:
    return head.page.get_by_role("link", name=number_name(head), exact=True).first


def meets(head: Reader) -> Locator:
    """The line of the indicator that counts branches which met."""
    title = head.say(
        "Первичные отделения, собравшиеся с кворумом", "Primary branches that met with a quorum"
    )
    return head.page.locator("#criteria").get_by_role("row", name=title)


def hold_a_meeting(secretary: Reader) -> None:
    """Plan it, tick who came, write what was decided, publish the minutes; all on a phone."""
    page, say = secretary.page, secretary.say
    page.locator("header summary", has_text=say("Разделы", "Sections")).click()
    page.get_by_role("link", name=say("Мероприятия", "Events"), exact=True).click()
    page.get_by_role("link", name=say("Запланировать", "Plan"), exact=True).first.click()
    plan(secretary, begun())
    page.get_by_role("link", name=say("Отметить пришедших", "Tick those who came")).click()
    boxes = page.get_by_role("group", name=say("Кто пришёл", "Who came"))
    for index in range(CAME):
        boxes.get_by_role("checkbox").nth(index).check()
    page.locator("#heads").fill(str(HEADS))
    page.get_by_role("button", name=say("Сохранить и перейти", "Save and go on")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(say("Что решили", "What was decided"))
    page.get_by_label(say("Повестка", "Agenda")).fill("О скамейках во дворе")
    first = page.get_by_role("group", name=say("Решение 1", "Decision 1"))
    first.get_by_label(say("Что решили", "What was decided")).fill("Поставить две скамейки")
    first.get_by_label(say("За", "For"), exact=True).fill(str(CAME))
    page.get_by_role("button", name=say("Сохранить и перейти", "Save and go on")).click()

    expect(page.get_by_role("main")).to_contain_text("Поставить две скамейки")
    page.get_by_role("button", name=say("Опубликовать протокол", "Publish the minutes")).click()
    published = say("Протокол опубликован.", "The minutes are published.")
    expect(page.get_by_role("status")).to_have_text(published)
    assert secretary.wrong() == []


def plan(secretary: Reader, starts: tuple[str, str]) -> None:
    """From the form to the event's page; `starts` is a day and an hour."""
    page, say = secretary.page, secretary.say
    page.get_by_label(say("День", "Day")).fill(starts[0])
    page.get_by_label(say("Начало", "Begins")).fill(starts[1])
    page.get_by_label(say("Где", "Where")).fill("Школа № 5")
    page.get_by_role("button", name=say("Дальше", "Continue")).click()
    expect(page.get_by_role("main")).to_contain_text("Школа № 5")
    page.get_by_role("button", name=say("Запланировать", "Plan it")).click()
    expect(page.get_by_role("status")).to_be_visible()


def begun() -> tuple[str, str]:
    """Some minutes ago, but today."""
    now = timezone.localtime(clock.now())
    starts = max(now - timedelta(minutes=10), now.replace(hour=0, minute=0))
    return f"{starts:%Y-%m-%d}", f"{starts:%H:%M}"


def see_what_was_not_counted_at_the_branch(head: Reader) -> None:
    """Ticks that nobody confirmed make no activist: all who came stand there, and why."""
    page, say = head.page, head.say
    title = say("Активисты отделения", "Activists of the branch")
    page.get_by_role("link", name=title, exact=True).click()
    missed = CAME + CAME_LONG_AGO
    heading = say(f"Учтено 0, не учтено {missed}: почему", f"Counted 0, not counted {missed}: why")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("link", name=re.compile(say("^Не учтено", "^Not counted"))).click()
    rows = page.locator("#records tbody tr")
    too_early = rows.filter(has_text=say("вне срока", "lies outside"))
    too_weak = say("а нужно хотя бы", "it has to be at least")
    expect(rows.filter(has_text=too_weak)).to_have_count(missed)
    expect(too_early).to_have_count(CAME_LONG_AGO)
    page.locator(".ds-breadcrumbs a").last.click()


def see_what_counted_in_the_region(head: Reader) -> None:
    """In the region the branch is among those counted; one that stays silent is not."""
    page, say = head.page, head.say
    page.locator(".ds-breadcrumbs a").first.click()
    meets(head).get_by_role("link").click()
    pattern = say(r"^Учтено \d+, не учтено \d+: почему$", r"^Counted \d+, not counted \d+: why$")
    expect(page.get_by_role("heading", name=re.compile(pattern))).to_be_visible()
    expect(number_three(head)).to_be_visible()
    page.get_by_role("link", name=re.compile(say("^Не учтено", "^Not counted"))).click()
    reason = say("Почему не учтено", "Why it does not count")
    expect(page.get_by_role("columnheader", name=reason)).to_be_visible()
    lacking = page.locator("#records tbody tr").filter(
        has_text=say("есть 0, а нужно 1", "found 0, needed 1")
    )
    silent = say("Первичное отделение № 5", "Primary branch No. 5")
    expect(lacking.filter(has_text=silent)).to_have_count(1)
    expect(lacking.filter(has_text=number_name(head))).to_have_count(0)


def clicks_from_tile_to_attendance(head: Reader) -> int:
    """Each click after the tile, down to the list of who came and how that is known."""
    page, say = head.page, head.say
    head.open("/overview/")
    page.locator(".tile").first.click()
    came = say("Пришедшие на одного приглашённого", "People who came per person invited")
    steps = [
        page.locator("#children").get_by_role("link", name=number_name(head), exact=True),
        page.get_by_role("link", name=came, exact=True),
        page.locator("#records tbody a[href*='/events/']").first,
    ]
    for step in steps:
        step.click()
    expect(attendance(page, say("Подтверждённость", "How well it is known"))).to_be_visible()
    expect(page.locator("#records tbody tr")).to_have_count(CAME)
    return len(steps)


def attendance(page: Page, column: str) -> Locator:
    return page.locator("#records").get_by_role("columnheader", name=column)


def number_name(head: Reader) -> str:
    return head.say("Первичное отделение № 3", "Primary branch No. 3")
