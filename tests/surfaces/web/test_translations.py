"""Every text of the product stands in the Russian catalogue, whole."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "pervichka" / "locale" / "ru" / "LC_MESSAGES" / "django.po"


def messages(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "make" / "messages.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_left_untranslated() -> None:
    found = messages("missing")

    assert found.stdout == ""
    assert found.returncode == 0, found.stderr


def test_what_is_taken_out_of_the_catalogue_is_missed(tmp_path: Path) -> None:
    """The check itself: against an empty catalogue, a text of every kind is reported."""
    program = (
        "import sys, pathlib; sys.argv = ['messages']; sys.path.insert(0, sys.argv[0]);"
        f"sys.path.insert(0, {str(ROOT / 'make')!r});"
        "import messages; messages.LOCALE = pathlib.Path('nowhere');"
        "sys.argv = ['messages', 'missing']; sys.exit(messages.main())"
    )

    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert found.returncode == 1
    for text in (
        "Where to help",  # a template
        "%(count)s primary branch is silent",  # a plural in code
        "{text} is not a month; write it like 2026-10",  # a refusal
        "bands must rise: {bound} is not above {before}",  # a refusal kept in a variable
    ):
        assert text in found.stdout


def test_no_translation_says_itself_twice() -> None:
    """As a merge of two catalogues leaves it: whole, and once too often."""
    with CATALOGUE.open("rb") as file:
        said = [text for message in read_po(file) for text in forms(message.string)]

    assert len(said) > 1000
    assert [text for text in said if is_doubled(text)] == []
    assert is_doubled("Никто не ждёт.Никто не ждёт.")


def forms(string: str | list[str] | tuple[str, ...] | None) -> Iterable[str]:
    return (string,) if isinstance(string, str) else string or ()


def is_doubled(text: str) -> bool:
    half = len(text) // 2
    return half > 4 and text[:half].strip() == text[half:].strip()
