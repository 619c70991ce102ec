"""The program: `pervichka …`, or `python -m pervichka.surfaces.cli …`."""

import os
import sys

import typer
from typer.exceptions import TyperException

from pervichka.foundation.postgres.errors import PostgresUnavailable, held_back
from pervichka.foundation.refusal import Refused
from pervichka.foundation.vault.errors import VaultError
from pervichka.register.access.policy import BudgetExhausted, Forbidden
from pervichka.surfaces.cli import commands, refusing
from pervichka.surfaces.cli.application import app
from pervichka.surfaces.cli.usage import tell_wrong_usage, wants_json

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
commands.register(app)


def main() -> None:
    """Exit 0: done; 1: refused, every reason on stderr; 2: wrong usage."""
    try:
        sys.exit(_code())
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(refusing.REFUSED)
    except OSError as error:
        # A folder that can't be written, a full disk: the place and the reason say it all.
        if error.filename is None:
            raise
        text = f"{error.filename}: {error.strerror}"
        sys.exit(refusing.tell_text(text, json=wants_json()))


def _code() -> int:
    json = wants_json()
    try:
        # Not as a program of Typer's, which would tell wrong usage by itself.
        code = app(standalone_mode=False)
    except TyperException as wrong:
        return tell_wrong_usage(wrong)
    except typer.Abort:
        return refusing.REFUSED
    except (Refused, BudgetExhausted) as refused:
        return refusing.tell_reasons(refused.reasons, json=json)
    except Forbidden as forbidden:
        return refusing.tell_forbidden(forbidden, json=json)
    except (PostgresUnavailable, VaultError) as unavailable:
        return refusing.tell_text(str(unavailable), json=json)
    except Exception as error:
        if not held_back(error):
            raise
        return refusing.tell_held_back(json=json)
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
