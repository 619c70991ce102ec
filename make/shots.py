"""Pictures of every page, in both languages, on a phone and on a desktop, each looked over by axe.

    python make/shots.py                          starts a demo of its own and takes them from it
    python make/shots.py --address http://…       takes them from a demo that is running
    python make/shots.py --only overview          those pages alone whose name holds the word

The pictures lie in var/shots/. Exit 1 if axe finds anything, a page is wider than its screen, or
the browser complains of anything (a blocked style, a missing file).
"""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import browser
from pages import VISITS, Visit
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "var" / "shots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": 390, "desktop": 1440}
LANGUAGES = ("ru", "en")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DEMO_SECONDS = 600
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Walk:
    """One language at one width: what was found wrong, page by page."""

    language: str
    screen: str
    only: str
    address: str
    found: list[str] = field(default_factory=list)
    taken: int = 0

    def run(self, chromium: Browser) -> None:
        roles = sorted({visit.role for visit in VISITS if self.only in visit.name})
        for role in roles:
            size = {"width": WIDTHS[self.screen], "height": 900}
            context = chromium.new_context(viewport=size, locale=f"{self.language}-RU")  # type: ignore[arg-type]  # a plain dict is a size
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.on("console", self.heard)
            if role:
                self.sign_in(page, role)
            for visit in VISITS:
                if visit.role == role and self.only in visit.name:
                    self.visit(page, visit)
            context.close()

    def sign_in(self, page: Page, role: str) -> None:
        page.goto(self.address)
        page.locator(f'[data-role="{role}"] button').first.click()
        page.wait_for_load_state()

    def heard(self, message: ConsoleMessage) -> None:
        # Pages that show what is missing or wrong answer so on purpose.
        meant = ("404 (Not Found)", "422 (Unprocessable")
        if message.type in {"error", "warning"} and not any(map(message.text.__contains__, meant)):
            self.found.append(f"{self.language} {self.screen} console: {message.text[:300]}")

    def visit(self, page: Page, visit: Visit) -> None:
        page.goto(self.address + visit.path)
        for selector in visit.clicks:
            link = page.locator(selector).first
            if not link.count():
                self.found.append(f"{visit.name}: there is no {selector} on {page.url}")
                return
            link.click()
            page.wait_for_load_state()
        page.screenshot(
            path=SHOTS / f"{visit.name}.{self.language}.{self.screen}.png", full_page=True
        )
        self.taken += 1
        self.look_over(page, visit)

    def look_over(self, page: Page, visit: Visit) -> None:
        where = f"{visit.name} {self.language} {self.screen}"
        excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if excess > 0:
            self.found.append(f"{where}: {excess} px wider than the screen")
        # Given to the page by the debugger, since the page itself may run nothing inline.
        page.evaluate(AXE.read_text())
        answer: dict[str, Any] = page.evaluate(
            "tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS
        )
        for violation in answer["violations"]:
            node = violation["nodes"][0]
            self.found.append(
                f"{where}: {violation['id']} ×{len(violation['nodes'])}: {node['html'][:160]} "
                f"{node.get('failureSummary', '')[:200]!r}"
            )


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """A demo in a folder of its own, kept between runs; its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PERVICHKA_HOME": str(ROOT / "var" / "shots-demo")}
    command = [str(ROOT / ".venv" / "bin" / "pervichka"), "demo", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + DEMO_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("The demo ended by itself; see above.")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 - an address of this machine
            return
        time.sleep(1)
    raise SystemExit(f"The demo did not answer within {DEMO_SECONDS} s.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address")
    parser.add_argument("--only", default="")
    parser.add_argument("--language", choices=LANGUAGES)
    given = parser.parse_args()
    executable = browser.find()
    if executable is None:
        sys.exit(browser.HOW_TO_GET_IT)
    SHOTS.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    taken = 0
    source = contextlib.nullcontext(given.address) if given.address else demo()
    with source as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        for language in [given.language] if given.language else LANGUAGES:
            for screen in WIDTHS:
                walk = Walk(language, screen, given.only, address.rstrip("/"))
                walk.run(chromium)
                found += walk.found
                taken += walk.taken
        chromium.close()
    for line in found:
        print(line)
    print(f"{taken} pictures in {SHOTS.relative_to(ROOT)}, {len(found)} things to mend")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
