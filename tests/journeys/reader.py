"""Someone at a browser: their language, their screen, and what the browser complained of."""

from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState

from pervichka.foundation import clock
from tests.journeys.organisation import PASSWORD, app_code

PHONE, DESKTOP = 390, 1440
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PATIENCE = 15_000.0
# The browser tells a page's own listener of each thing that the policy forbade.
_TELL_OF_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event =>
    console.error(`the policy forbade ${event.violatedDirective} ${event.blockedURI}`))"""

_RUN_AXE = """async tags => {
    const {violations} = await axe.run({runOnly: tags, resultTypes: ['violations']});
    return violations.map(({id, nodes}) => [id, `×${nodes.length}:`, nodes[0].html.slice(0, 200)]);
}"""


class Reader:
    """One browser with cookies of its own; `page` is the tab in front of them.

    Leaving the `with` block fails if the console said anything bad meanwhile.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        language: str = "ru",
        width: int = DESKTOP,
        signed_in: StorageState | None = None,
    ) -> None:
        self.language = language
        self.heard: list[str] = []
        self._expected: set[int] = set()
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            locale={"ru": "ru-RU", "en": "en-GB"}[language],
            storage_state=signed_in,
        )
        self.context.set_default_timeout(_PATIENCE)
        self.context.add_init_script(_TELL_OF_VIOLATIONS)
        # Given to the page by the debugger, since the page itself may run nothing inline.
        self.context.add_init_script(path=AXE)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(f"{self.page.url}: {error}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.context.close()
        if error is None:
            assert not self.heard, "\n".join(self.heard)

    def say(self, ru: str, en: str) -> str:
        """The text in this reader's language."""
        return ru if self.language == "ru" else en

    def open(self, path: str, status: int = 200) -> Page:
        """Go to the address; the answer must have that status."""
        if status >= 400:
            self.expect(status)
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def expect(self, status: int) -> None:
        """From now on an answer with that status is nothing to complain of."""
        self._expected.add(status)

    def sign_in(self, name: str, password: str = PASSWORD) -> Page:
        """By the form, from the front page."""
        self.open("/")
        self.page.get_by_role("link", name=self.say("Войти", "Sign in")).first.click()
        self.fill_in(name, password)
        return self.page

    def fill_in(self, name: str, password: str) -> None:
        self.page.get_by_label(self.say("Имя пользователя или телефон", "User name or phone")).fill(
            name
        )
        self.page.get_by_label(self.say("Пароль", "Password")).fill(password)
        self.page.get_by_role("main").get_by_role("button").click()
        self.page.wait_for_load_state()
        self._show_codes()

    def _show_codes(self) -> None:
        """The second step, if there is one: a code is good once, so the next may be awaited."""
        while "/sign-in/second/" in self.page.url:
            self.expect(422)
            for ahead in (0, 1):
                if "/sign-in/second/" in self.page.url:
                    self.page.locator("#code").fill(app_code(clock.now(), ahead))
                    self.page.get_by_role("main").get_by_role("button").click()
                    self.page.wait_for_load_state()

    def main(self) -> str:
        """The words of the page between its header and its footer, in one line."""
        return " ".join(self.page.get_by_role("main").inner_text().split())

    def heading(self) -> str:
        return " ".join(self.page.get_by_role("heading", level=1).inner_text().split())

    def wrong(self) -> list[str]:
        """What axe finds on the page as it stands, and whether it is wider than the screen."""
        found = []
        excess = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if excess > 0:
            found.append(f"{excess} px wider than the screen")
        violations: list[list[str]] = self.page.evaluate(_RUN_AXE, TAGS)
        return found + [" ".join(one) for one in violations]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(f"status of {status} " in message.text for status in self._expected):
            self.heard.append(f"{self.page.url}: {message.text[:300]}")
