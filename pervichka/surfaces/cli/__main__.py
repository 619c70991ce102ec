"""The program: `pervichka …`, or `python -m pervichka.surfaces.cli …`."""

import os
import sys

from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.refusal import Refused
from pervichka.foundation.vault.errors import VaultError
from pervichka.register.access.policy import BudgetExhausted, Forbidden
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
    except BudgetExhausted as exhausted:
        sys.exit(refusing.tell_reasons([exhausted.reason], json="--json" in sys.argv))
    except (PostgresUnavailable, VaultError) as unavailable:
        sys.exit(refusing.tell_text(str(unavailable)))
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        # A folder that can't be written, a full disk: the place and the reason say it all.
        if error.filename is None:
            raise
        sys.exit(refusing.tell_text(f"{error.filename}: {error.strerror}"))


if __name__ == "__main__":
    main()
