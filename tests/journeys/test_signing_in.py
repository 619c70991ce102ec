"""Signing in and out, and the post one acts in."""

from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.organisation import PASSWORD
from tests.journeys.reader import Reader

pytestmark = JOURNEY


def test_in_and_out(reader: Readers, site: Site) -> None:
    head = reader()
    page = head.open("/reach/")
    assert page.url.endswith("/sign-in/?next=/reach/")

    head.fill_in(site.organisation.head["RU-AD"], PASSWORD)
    assert page.url.endswith("/reach/")
    page.get_by_role("button", name="Выйти").click()

    expect(page.get_by_role("link", name="Войти").first).to_be_visible()
    head.open("/overview/")
    assert "/sign-in/" in page.url


def test_a_wrong_name_and_a_wrong_password_look_alike(reader: Readers, site: Site) -> None:
    someone = reader()
    someone.expect(422)
    answers = []
    for name, password in (
        (site.organisation.head["RU-AD"], "not the password"),
        ("nobody-of-that-name", PASSWORD),
    ):
        someone.open("/sign-in/")
        someone.fill_in(name, password)
        answers.append(someone.main())
        expect(someone.page.get_by_label("Имя пользователя или телефон")).to_have_value(name)
        expect(someone.page.get_by_label("Пароль")).to_have_value("")

    assert answers[0] == answers[1]
    assert "Войти не получилось" in answers[0]


def test_one_chooses_the_post_to_act_in(reader: Readers) -> None:
    someone = reader()
    page = someone.sign_in("two-posts")
    acting = page.locator(".acting strong")
    first = acting.inner_text()
    own = someone.heading()

    page.get_by_role("link", name="Сменить должность").click()
    page.get_by_role("button", name="Действовать").click()

    expect(acting).not_to_have_text(first)
    assert someone.heading() != own


def test_without_a_post_one_is_told_what_to_do(reader: Readers) -> None:
    someone = reader()
    someone.sign_in("no-post")

    assert "У вас нет должности" in someone.main()
    sections = someone.page.get_by_role("navigation", name="Разделы")
    assert sections.get_by_role("link").all_inner_texts() == ["Стандарт"]


def test_another_branchs_page_is_no_page(reader: Readers) -> None:
    secretary = reader(of="RU-AD/1")

    assert missing(secretary, "/branches/of/RU-AD/2") == missing(secretary, "/no/such/page/")
    assert missing(secretary, "/branches/of/RU-AD/2") == missing(secretary, "/branches/of/RU-AD/99")
    secretary.open("/branches/of/RU-AD/1")


def missing(someone: Reader, path: str) -> str:
    someone.open(path, status=404)
    return " ".join(someone.page.locator("body").inner_text().split())
