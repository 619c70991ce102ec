"""One organisation, one server with its worker, and browsers, for all journeys of a run."""

import contextlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright
from pytest_django import DjangoDbBlocker

from pervichka.register.branches.acting import OPERATOR, acting_as
from tests.journeys.organisation import Organisation, build
from tests.journeys.reader import DESKTOP, Reader
from tests.journeys.served import served
from tests.prepared_databases import another_database, django_at

_MAKE = Path(__file__).resolve().parents[2] / "make"


@dataclass(frozen=True)
class Site:
    """A server that answers at `address`, and the organisation in its database."""

    address: str
    organisation: Organisation
    # Cookies of those who have signed in, so that a table of pages need not do it each time.
    signed_in: dict[str, StorageState] = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    with django_db_blocker.unblock(), another_database("_journeys") as name:
        with django_at(name), acting_as(OPERATOR):
            organisation = build(tmp_path_factory.mktemp("organisation"))
        with served(name) as address:
            yield Site(address, organisation)


# No wider than a module: while Playwright runs, Django takes this thread for an asynchronous one.
@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    executable = _find_browser()
    arguments = ["--disable-gpu", "--disable-background-networking"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


Readers = Callable[..., Reader]


@pytest.fixture
def reader(site: Site, browser: Browser) -> Iterator[Readers]:
    """Makes readers: `reader(language="en", width=PHONE, of="RU-AD/3")`.

    `of`: signed in as whoever holds the post of that branch; else nobody yet. What the browser
    complained of fails the test when it ends.
    """
    with contextlib.ExitStack() as stack:

        def make(*, language: str = "ru", width: int = DESKTOP, of: str = "") -> Reader:
            cookies = _cookies(site, browser, of) if of else None
            made = Reader(browser, site.address, language=language, width=width, signed_in=cookies)
            return stack.enter_context(made)

        yield make


def _cookies(site: Site, browser: Browser, code: str) -> StorageState:
    if code not in site.signed_in:
        with Reader(browser, site.address) as someone:
            someone.sign_in(site.organisation.head[code])
            site.signed_in[code] = someone.context.storage_state()
    return site.signed_in[code]


def _find_browser() -> str:
    """As `make test` finds it. Without one journeys are skipped, but not where CI is set."""
    spec = importlib.util.spec_from_file_location("browser", _MAKE / "browser.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    executable: str | None = found.find()
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(found.HOW_TO_GET_IT)
    return executable
