"""The translations: gathers every text of the code, and compiles the catalogues that hold them.

    python make/messages.py            .po → .mo (part of `make setup`)
    python make/messages.py update     new texts into the .po files, gone ones out
    python make/messages.py missing    lists what is untranslated; exit 1 if anything is

Python alone does it: texts come from calls of gettext, from templates (turned into such calls by
Django itself), and from the templates of refusals, which surfaces translate before they fill them.
"""

import ast
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pervichka"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("ru",)

KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Calls whose text reaches a person as a refusal, directly or through a room's gatherer of mistakes.
REFUSALS = {
    "refuse", "Reason", "add", "wrong", "Wrong", "report", "_report", "_reason", "_refused", "Flaw",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One text of the code: singular, plural or none, context or none, and where it stands."""

    singular: str
    plural: str | None
    context: str | None
    place: tuple[str, int]

    @property
    def id(self) -> str | tuple[str, str]:
        return self.singular if self.plural is None else (self.singular, self.plural)


def texts() -> Iterator[Text]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in file.parts:
            source = file.read_text()
            yield from _called(source, file)
            yield from _refused(source, file)
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield from _called(templatize(file.read_text(), origin=str(file)), file)


def _called(source: str, file: Path) -> Iterator[Text]:
    found = extract_python(io.BytesIO(source.encode()), list(KEYWORDS), [], {"encoding": "utf-8"})
    for line, function, arguments, _comments in found:
        values = arguments if isinstance(arguments, tuple) else (arguments,)
        context = None
        if function.startswith(("pgettext", "npgettext")):
            context, *rest = values
            values = tuple(rest)
        plural = values[1] if function.startswith(("ngettext", "npgettext")) else None
        if values and values[0]:
            yield Text(values[0], plural, context, (_relative(file), line))


def _refused(source: str, file: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            for sentence in _kept_as_message(node):
                yield Text(sentence, None, None, (_relative(file), node.lineno))
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = _template(node, name)
        if given is not None:
            yield Text(given, None, None, (_relative(file), node.lineno))


def _template(call: ast.Call, name: str) -> str | None:
    """The text of a refusal: a keyword `message=`, or the first argument that is a sentence."""
    for keyword in call.keywords:
        if keyword.arg == "message":
            return _sentence(keyword.value)
    if name not in REFUSALS:
        return None
    return next(filter(None, map(_sentence, call.args)), None)


def _kept_as_message(node: ast.Assign) -> Iterator[str]:
    """The sentences that a long refusal keeps in a variable `message` before it is raised."""
    if any(isinstance(target, ast.Name) and target.id == "message" for target in node.targets):
        branches = (
            [node.value.body, node.value.orelse]
            if isinstance(node.value, ast.IfExp)
            else [node.value]
        )
        yield from filter(None, map(_sentence, branches))


def _sentence(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and " " in value else None


def _relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def catalogue(language: str) -> Catalog:
    file = _po(language)
    if not file.exists():
        return Catalog(locale=language, project="Pervichka", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def update() -> None:
    template = Catalog(project="Pervichka", fuzzy=False)
    for text in texts():
        # Files without lines: a moved line is not a change of the catalogue.
        template.add(text.id, locations=[(text.place[0], 0)], context=text.context)
    for language in LANGUAGES:
        known = catalogue(language)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        _po(language).parent.mkdir(parents=True, exist_ok=True)
        with _po(language).open("wb") as stream:
            write_po(
                stream, known, width=100, omit_header=False, include_lineno=False, sort_output=True
            )


def compile_all() -> None:
    """Every catalogue of the package: the product's, and the command line's own."""
    for file in sorted(PACKAGE.rglob("*.po")):
        with file.open("rb") as stream:
            found = read_po(stream, locale=file.parent.parent.name)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, found)


def missing(language: str) -> list[Text]:
    """Texts of the code that the catalogue lacks, holds as fuzzy, or holds with a form empty."""
    known = catalogue(language)
    return [
        text for text in texts() if not _translated(known.get(text.singular, text.context), text)
    ]


def _translated(message: Message | None, text: Text) -> bool:
    # A text used both with and without a plural is held with one.
    if message is None or message.fuzzy or (text.plural is not None and not message.pluralizable):
        return False
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(forms) and all(forms)


def main() -> int:
    settings.configure(USE_I18N=True, INSTALLED_APPS=[])
    django.setup()
    match sys.argv[1:]:
        case []:
            compile_all()
        case ["update"]:
            update()
        case ["missing"]:
            lacking = [(language, text) for language in LANGUAGES for text in missing(language)]
            for language, text in lacking:
                print(f"{language}: {text.place[0]}:{text.place[1]}: {text.singular}")
            return 1 if lacking else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
