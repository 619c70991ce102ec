"""Everything the command line says has its Russian."""

import gettext
import inspect
import re
from pathlib import Path

import typer
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pervichka.surfaces import cli
from pervichka.surfaces.cli import application, health
from pervichka.surfaces.cli.__main__ import app

HERE = Path(cli.__file__).parent
CATALOGUE = HERE / "locale" / "ru" / "LC_MESSAGES" / "cli.po"
# Sentences and headings given to what translates them, on the same line or the next.
_TOLD = re.compile(
    r"\b(?:tr|run\.say|run\.tell|run\.rows|run\.busy|refuse)\(\s*\"((?:[^\"\\]|\\.)+)\"(?!\s*\")"
)


def russian() -> dict[str, str]:
    with CATALOGUE.open("rb") as stream:
        found = read_po(stream, locale="ru")
    return {str(message.id): str(message.string) for message in found if message.id}


def test_every_page_of_the_manual_is_translated() -> None:
    known = russian()
    pages = [
        inspect.cleandoc(command.callback.__doc__ or "")
        for group in [app, *(one.typer_instance for one in app.registered_groups)]
        if isinstance(group, typer.Typer)
        for command in group.registered_commands
        if command.callback is not None
    ]
    assert len(pages) > 25
    assert [page.splitlines()[0] for page in pages if not known.get(page)] == []
    assert known.get(application.ABOUT)


def test_every_text_is_translated() -> None:
    known = russian()
    missing = {
        f"{file.name}: {text}"
        for file in sorted(HERE.rglob("*.py"))
        for text in _TOLD.findall(file.read_text(encoding="utf-8"))
        if not known.get(text)
    }
    assert missing == set()
    assert all(known.get(name) for name, _ in health.LOOKS)


def test_translations_keep_the_names_to_be_filled() -> None:
    for english, text in russian().items():
        named = re.findall(r"\{(\w+)", english)
        assert sorted(named) == sorted(re.findall(r"\{(\w+)", text)), english


def test_the_catalogue_compiles_to_what_the_command_reads(tmp_path: Path) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, (folder / "cli.mo").open("wb") as target:
        write_mo(target, read_po(source, locale="ru"))
    assert gettext.translation("cli", tmp_path, ["ru"]).gettext("Scored") == "Посчитано"
