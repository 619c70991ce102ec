"""The language of the command line: Russian where the environment asks for it, else English.

Catalogues are read without Django, so that `--help` answers before anything is set up. Ours is
`locale/*/LC_MESSAGES/cli.po`; reasons of refusals are the whole product's and stand in its own.
"""

import gettext
import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_WHOLE_PRODUCT = _HERE.parents[1] / "locale"


def wanted() -> str:
    """`ru` or `en`, as LC_ALL, LC_MESSAGES or LANG say, the first of them that is set."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


def _catalogue() -> gettext.NullTranslations:
    if wanted() == "en":
        return gettext.NullTranslations()
    ours = gettext.translation("cli", _HERE / "locale", [wanted()], fallback=True)
    ours.add_fallback(gettext.translation("django", _WHOLE_PRODUCT, [wanted()], fallback=True))
    return ours


_translations = _catalogue()
# Typer asks Python's own gettext for its headings: Options, Arguments, [required].
gettext.bindtextdomain("cli", _HERE / "locale")
gettext.textdomain("cli")


def tr(message: str) -> str:
    """The message in the language of this run; a message that no catalogue has stays English."""
    return _translations.gettext(message) if message else ""
