"""Not tracked: my pages alone, looked over and photographed."""

from tests.journeys import JOURNEY
from tests.journeys.reader import DESKTOP, PHONE
from tests.journeys.test_every_page import arrive, untranslated
from tests.journeys.visits import BESIDES, VISITS

pytestmark = JOURNEY
NAMES = ("exports", "export-ask", "budgets", "call-list")


def test_mine(reader, site):
    visits = [(n, i, v) for n in NAMES for i, v in enumerate(VISITS[n])] + [("429", 0, BESIDES[-1])]
    found = []
    for language, width in (("ru", PHONE), ("ru", DESKTOP), ("en", PHONE), ("en", DESKTOP)):
        by = {}
        for name, i, visit in visits:
            if visit.of not in by:
                by[visit.of] = reader(language=language, width=width, of=visit.of)
            someone = by[visit.of]
            told = arrive(someone, visit, site) or [*someone.wrong(), *untranslated(someone)]
            found += [f"{language} {width} {visit.path} of {visit.of}: {one}" for one in told]
            if language == "ru":
                someone.page.screenshot(path=f"var/shot-{name}-{i}-{width}.png", full_page=True)
    assert not found, "\n".join(found)
