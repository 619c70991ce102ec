"""Waiting for the worker, as a reader does: by asking for the page again."""

import time

from playwright.sync_api import Locator, Page

_PATIENCE = 90.0


def reload_until(page: Page, text: str, *, within: Locator) -> None:
    """Ask for the page anew until that part of it holds the text."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        page.reload()
        said = " ".join(within.all_inner_texts())
        if text in " ".join(said.split()):
            return
        assert time.monotonic() < deadline, f"{text!r} is not in {said!r}"
