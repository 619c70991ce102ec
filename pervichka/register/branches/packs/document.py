"""pack.yaml: a pack's title, languages, levels and districts, and the name of its table."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pervichka.register.branches.packs.entries import Entries
from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.territory import (
    LEVELS,
    District,
    Level,
    LevelLabel,
    Texts,
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """What pack.yaml says, with the file of its regions, whose path is relative to the folder."""

    code: str
    title: Texts
    languages: tuple[str, ...]
    time_zone: str
    root_code: str
    root_name: Texts
    levels: tuple[Level, ...]
    districts: tuple[District, ...]
    regions_file: str


def read_document(path: Path) -> Document:
    """The document. Raises `Refused` with every mistake, its line and the path to its field."""
    mistakes = Mistakes(path)
    entries = Entries(_load(path, mistakes), mistakes)
    entries.check_keys(
        required=("code", "title", "languages", "time_zone", "root", "levels", "regions"),
        optional=("districts",),
    )
    mistakes.raise_if_any()
    # Texts are read in these languages, so a mistake in them is told alone.
    languages = entries.codes("languages")
    mistakes.raise_if_any()
    root = entries.inner("root")
    root.check_keys(required=("code", "name"))
    time_zone = entries.text("time_zone")
    mistakes.check_time_zone(time_zone, entries.line("time_zone"), "time_zone")
    document = Document(
        code=entries.code("code"),
        title=entries.texts("title", languages),
        languages=languages,
        time_zone=time_zone,
        root_code=root.text("code"),
        root_name=root.texts("name", languages),
        levels=_levels(entries, languages),
        districts=_districts(entries, languages),
        regions_file=_file_name(entries),
    )
    mistakes.raise_if_any()
    return document


def _load(path: Path, mistakes: Mistakes) -> CommentedMap:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        mistakes.add("The file cannot be read; a territory pack begins with it.", None, None)
    except UnicodeDecodeError:
        mistakes.add("The file is not UTF-8 text.", None, None)
    else:
        return parsed(text, mistakes)
    mistakes.raise_if_any()
    raise AssertionError("every failed reading is a mistake")


def parsed(text: str, mistakes: Mistakes) -> CommentedMap:
    """The fields of a YAML document. Raises `Refused` where there are none."""
    try:
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = " ".join(str(error.problem).split())
        mistakes.add("The file is not YAML: {problem}.", line, None, problem=problem)
    except YAMLError as error:
        mistakes.add("The file is not YAML: {problem}.", None, None, problem=str(error))
    else:
        if isinstance(loaded, CommentedMap):
            return loaded
        mistakes.add("The file must hold fields such as “code: …”, one a line.", 1, None)
    mistakes.raise_if_any()
    raise AssertionError("every failed reading is a mistake")


def _file_name(entries: Entries) -> str:
    """A pack is one folder that can be handed on, so its table lies in it."""
    name = entries.text("regions")
    if name and Path(name).name != name:
        entries.wrong("regions", "{value} is not a file name in the pack's folder.", value=name)
    return name


def _levels(entries: Entries, languages: tuple[str, ...]) -> tuple[Level, ...]:
    items = entries.items("levels")
    if len(items) != len(LEVELS):
        message = "A pack has these levels, from the root down: {allowed}."
        entries.wrong("levels", message, allowed=", ".join(LEVELS))
    levels = []
    for depth, item in enumerate(items):
        item.check_keys(required=("code", "label"))
        label = {}
        if "label" in item:
            words = item.inner("label")
            words.check_keys(required=languages)
            label = {language: _level_label(words, language) for language in languages}
        levels.append(Level(code=_level_code(item, depth), depth=depth, label=label))
    entries.check_unique_codes(items)
    return tuple(levels)


def _level_code(item: Entries, depth: int) -> str:
    """Pages and standards ask for levels by these codes, so another would be found by nobody."""
    code = item.code("code")
    if code and depth < len(LEVELS) and code != LEVELS[depth]:
        message = "{value} can't stand here; the levels are, from the root down: {allowed}."
        item.wrong("code", message, value=code, allowed=", ".join(LEVELS))
    return code


def _level_label(words: Entries, language: str) -> LevelLabel:
    """`few` defaults to `many`, as in languages of two forms; `heading` to `many` capitalised."""
    forms = words.inner(language)
    forms.check_keys(required=("one", "many"), optional=("few", "heading"))
    many = forms.text("many")
    return LevelLabel(
        one=forms.text("one"),
        few=forms.text("few") if "few" in forms else many,
        many=many,
        heading=forms.text("heading") if "heading" in forms else many[:1].upper() + many[1:],
    )


def _districts(entries: Entries, languages: tuple[str, ...]) -> tuple[District, ...]:
    if "districts" not in entries:
        return ()
    items = entries.items("districts")
    for item in items:
        item.check_keys(required=("code", "name"))
    entries.check_unique_codes(items)
    return tuple(
        District(code=item.code("code"), name=item.texts("name", languages)) for item in items
    )
