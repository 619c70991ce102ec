"""The program: `pervichka …`, or `python -m pervichka.surfaces.cli …`."""

import os
import sys

from pervichka.foundation.postgres.errors import PostgresUnavailable, held_back
from pervichka.foundation.refusal import Refused
from pervichka.foundation.vault.errors import VaultError
from pervichka.register.access.policy import Forbidden
from pervichka.surfaces.cli import commands, refusing
from pervichka.surfaces.cli.application import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
commands.register(app)


def main() -> None:
    """Exit 0: done; 1: refused, every reason on stderr; 2: wrong usage."""
    try:
        app()
    except Refused as refused:
        sys.exit(refusing.tell_reasons(refused.reasons, json="--json" in sys.argv))
    except Forbidden as forbidden:
        sys.exit(refusing.tell_forbidden(forbidden, json="--json" in sys.argv))
    except (PostgresUnavailable, VaultError) as unavailable:
        sys.exit(refusing.tell_text(str(unavailable)))
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        code = _told(error, json="--json" in sys.argv)
        if code is None:
            raise
        sys.exit(code)


def _told(error: Exception, *, json: bool) -> int | None:
    """The exit code of what can be said in a line; none of what is a fault."""
    if held_back(error):
        return refusing.tell_held_back(json=json)
    if isinstance(error, OSError) and error.filename is not None:
        # A folder that can't be written, a full disk: the place and the reason say it all.
        return refusing.tell_text(f"{error.filename}: {error.strerror}")
    return None


if __name__ == "__main__":
    main()
