"""Every page, in both languages, on a phone and on a desktop: in order for everyone's eyes."""

import functools
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

import pervichka
from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.reader import DESKTOP, PHONE, Reader
from tests.journeys.visits import BESIDES, NO_PAGES, VISITS, Visit

pytestmark = JOURNEY

CATALOGUE = Path(pervichka.__file__).parent / "locale" / "ru" / "LC_MESSAGES" / "django.po"
# Latin words that Russian pages say on purpose: formats, keys, the pattern of a personal code.
AT_HOME_IN_RUSSIAN = {"CSV", "XLSX", "JPEG", "PNG", "PDF", "Ctrl", "ABCD-EFGH", "JKMN-PQRS"}
# What was written by hand, and in one language: titles of events.
WRITTEN = {"Общее собрание", "General meeting", "Субботник"}
# Each text of the page as a reader sees it, without what says that it is in another language.
TEXTS = """() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const own = parent.closest('[lang]') === document.documentElement;
        if (own && !parent.closest('script, noscript, [translate=no], .token, .address')) {
            found.push(walker.currentNode.textContent.trim());
        }
    }
    return found.filter(text => text);
}"""


def test_no_page_is_left_out() -> None:
    assert set(VISITS) | set(NO_PAGES) == page_names()
    assert not set(VISITS) & set(NO_PAGES)


def page_names() -> set[str]:
    pages = next(
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and one.app_name == "web"
    )
    return set(names_below(pages))


def names_below(resolver: URLResolver) -> list[str]:
    names: list[str] = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            names += names_below(one)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one} has no name"
            names.append(one.name)
    return names


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_is_sound(reader: Readers, site: Site, language: str, width: int) -> None:
    """axe finds nothing, nothing is wider than the screen, blocked or left untranslated."""
    visits = [visit for some in VISITS.values() for visit in some] + list(BESIDES)
    by_reader: dict[str, Reader] = {}
    found: list[str] = []
    for visit in visits:
        if visit.of not in by_reader:
            by_reader[visit.of] = reader(language=language, width=width, of=visit.of)
        someone = by_reader[visit.of]
        told = arrive(someone, visit, site) or [*someone.wrong(), *untranslated(someone)]
        found += [f"{visit.path} of {visit.of or 'a stranger'}: {one}" for one in told]
    assert not found, "\n".join(found)


def test_what_is_wrong_with_a_page_is_seen(browser: Browser, site: Site) -> None:
    """The looking-over itself: a page with every fault, from a server that forbids them."""
    bad = """<!doctype html><html lang="ru"><head><title>Плохая</title></head><body>
        <main><h1 style="color: red">Where to help</h1><img src="/static/web/mark.svg">
        <table width="2000"><tr><td>Широко</td></tr></table></main></body></html>"""
    policy = {"Content-Security-Policy": "default-src 'self'"}
    someone = Reader(browser, site.address, width=PHONE)
    page = someone.page
    page.route("**/bad/", lambda it: it.fulfill(body=bad, content_type="text/html", headers=policy))
    page.goto("/bad/")

    found = " ".join(someone.wrong())
    assert "px wider than the screen" in found
    assert "image-alt" in found
    assert untranslated(someone) == ["'Where to help' is not Russian"]
    someone.context.close()
    assert any("the policy forbade style-src" in line for line in someone.heard), someone.heard


def arrive(someone: Reader, visit: Visit, site: Site) -> list[str]:
    """Go there; what was wrong with the answer, if anything."""
    someone.expect(visit.status)
    page = someone.page
    answer = page.goto(visit.address(site.organisation))
    status = 0 if answer is None else answer.status
    if visit.then is not None and status == 200:
        status = visit.then(page)
    return [] if status == visit.status else [f"{status} in place of {visit.status}"]


def untranslated(someone: Reader) -> list[str]:
    page = someone.page
    language = page.locator("html").get_attribute("lang")
    if language != someone.language:
        return [f"says that it is in {language}"]
    texts = set(page.evaluate(TEXTS)) - WRITTEN
    if someone.language == "ru":
        return [f"{text!r} is not Russian" for text in texts if latin_words(text)]
    russian = russian_texts()
    return [f"{text!r} is not English" for text in texts if text in russian]


def latin_words(text: str) -> set[str]:
    said = re.sub(r"\bRU-[A-Z]+\b", "", text)  # Codes of regions are the same in every language.
    return set(re.findall(r"[A-Za-z]{3,}(?:-\w+)?", said)) - AT_HOME_IN_RUSSIAN


@functools.cache
def russian_texts() -> set[str]:
    """What the catalogue says in Russian, whole texts."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    texts: set[str] = set()
    for message in catalogue:
        said = message.string
        texts |= {said} if isinstance(said, str) else set(said)
    return texts - {""}
