"""The manual and wrong usage, in the language of this run and, with `--json`, as documents.

What Typer says of a wrong option is English alone, and the same few sentences each time: they are
known here by their shape.
"""

import io
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.plain import document

# The last part of a sentence may be another one, as in “Invalid value for '--period': …”.
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Missing argument '(?P<name>.+?)'\.", tr("Missing argument {name}.")),
    (r"Missing option '(?P<name>.+?)'\.", tr("Missing option {name}.")),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<allowed>.+)\)",
        tr("There is no option {name}; perhaps {allowed}."),
    ),
    (r"No such option: (?P<name>\S+)", tr("There is no option {name}.")),
    (
        r"No such command '(?P<name>.+?)'\.(?: Did you mean (?P<allowed>.+)\?)",
        tr("There is no command {name}; perhaps {allowed}."),
    ),
    (r"No such command '(?P<name>.+?)'\.", tr("There is no command {name}.")),
    (
        r"Got unexpected extra argument\(s\) \((?P<names>.+)\)",
        tr("Too many arguments: {names}."),
    ),
    (r"Option '(?P<name>.+)' requires an argument\.", tr("Option {name} needs a value.")),
    (r"Option '(?P<name>.+)' does not take a value\.", tr("Option {name} takes no value.")),
    (r"Invalid value for (?P<name>'.+?'): (?P<rest>.+)", tr("Wrong value of {name}: {rest}")),
    (r"Invalid value: (?P<rest>.+)", tr("Wrong value: {rest}")),
    (r"'(?P<value>.*)' is not one of (?P<allowed>.+)\.", tr("{value} is not one of {allowed}.")),
    (
        r"(?P<value>\S+) is not in the range (?P<range>.+?)\.?",
        tr("{value} is not within {range}."),
    ),
    (
        r"'(?P<value>.*)' does not match the formats? (?P<allowed>.+)\.",
        tr("{value} is not written as {allowed}."),
    ),
    (r"(?:Value )?'(?P<value>.*)' is not a valid \w+\.", tr("{value} is not allowed here.")),
    (r"Input should be greater than or equal to (?P<least>\S+)", tr("at least {least}")),
    (r"Input should be less than or equal to (?P<most>\S+)", tr("at most {most}")),
    (r"Input should be a valid integer.*", tr("write a whole number")),
    (r"Value error, (?P<rest>.+)", "{rest}"),
)


def wants_json() -> bool:
    """Also where nothing has been parsed yet, or nothing can be."""
    return "--json" in sys.argv[1:]


class Group(TyperGroup):
    """A group of commands whose manual is a document with `--json`."""

    def get_help(self, ctx: Any) -> str:
        return _page(super().get_help, ctx)

    def get_usage(self, ctx: Any) -> str:
        return _in_words(super().get_usage(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        return _described(super().get_params(ctx))


class Command(TyperCommand):
    """A command whose manual is a document with `--json`."""

    def get_help(self, ctx: Any) -> str:
        return _page(super().get_help, ctx)

    def get_usage(self, ctx: Any) -> str:
        return _in_words(super().get_usage(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        return _described(super().get_params(ctx))


def _page(show: Callable[[Any], str], context: Any) -> str:
    """The manual's page, which is printed rather than returned; with `--json` as a document."""
    if not wants_json():
        return show(context)
    with redirect_stdout(io.StringIO()) as printed:
        text = show(context)
    page = "\n".join(line.rstrip() for line in (printed.getvalue() + text).splitlines())
    return document({"help": page.strip("\n")})


def _in_words(usage: str) -> str:
    return usage.replace("Usage:", tr("Usage:"), 1)


def _described(parameters: list[Any]) -> list[Any]:
    """Typer's own options, such as --help, are described in English alone."""
    for parameter in parameters:
        if getattr(parameter, "help", None):
            parameter.help = tr(parameter.help)
    return parameters


def tell_wrong_usage(wrong: TyperException) -> int:
    """The page's address and what is wrong, on stderr; with `--json` a document as well."""
    if type(wrong).__name__ == "NoArgsIsHelpError":
        # The manual has been shown.
        if wants_json():
            sys.stdout.write(document({"wrong_usage": tr("Name a command.")}) + "\n")
        return wrong.exit_code
    message = in_words(wrong.format_message())
    if wants_json():
        sys.stdout.write(document({"wrong_usage": message}) + "\n")
    context = getattr(wrong, "ctx", None)
    page = "pervichka" if context is None else context.command_path
    sys.stderr.write(tr("Try '{command} --help'.").format(command=page) + "\n")
    sys.stderr.write(f"{message}\n")
    return wrong.exit_code


def in_words(message: str) -> str:
    for pattern, template in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            parts = found.groupdict()
            if "rest" in parts:
                parts["rest"] = in_words(parts["rest"])
            return template.format(**parts)
    return tr(message)
