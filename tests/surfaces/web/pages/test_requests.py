"""A branch asks for help or reports a mistake; the unit above sees it and answers."""

import re

from pervichka.foundation.journal.models import Entry
from tests.surfaces.web.pages.conftest import OCTOBER, Country


def test_help_asked_awaits_the_unit_above_until_it_answers(country: Country) -> None:
    secretary = country.reader(country.active, "secretary")
    local = country.reader(country.local, "local_head")
    region = country.reader(country.region, "regional_head")

    sent = secretary.post("/branches/help/RU-AD/1", {"words": "The school gives us no room."})
    assert sent.status_code == 302
    page = secretary.get(sent["Location"]).content.decode()
    assert "Request No. 1" in page
    assert "What happens next" in page

    assert "Primary 1 asks for help" in local.get(f"/overview/{OCTOBER}").content.decode()
    assert "asks for help" not in region.get(f"/overview/{OCTOBER}").content.decode()

    assert region.post(sent["Location"], {"words": "No."}).status_code == 422
    answered = local.post(sent["Location"], {"words": "The library has one on Tuesdays."})
    assert answered.status_code == 302
    assert "The library has one" in secretary.get(sent["Location"]).content.decode()
    assert "asks for help" not in local.get(f"/overview/{OCTOBER}").content.decode()
    assert list(
        Entry.objects.filter(subject_type="scores.unitrequest").values_list("action", flat=True)
    ) == ["help.asked", "request.answered"]


def test_a_mistake_is_reported_from_the_number_itself(country: Country) -> None:
    secretary = country.reader(country.active, "secretary")
    page = secretary.get(f"/evidence/meets/of/RU-AD/1{OCTOBER}").content.decode()
    link = re.search(r'href="(/evidence/meets/mistake/[^"]+)"', page)
    assert link is not None

    empty = secretary.post(link[1], {"words": "  "})
    assert empty.status_code == 422
    assert "Say it in a few words" in empty.content.decode()
    sent = secretary.post(link[1], {"words": "We met twice."})

    local = country.reader(country.local, "local_head")
    assert "Primary 1 reports a mistake" in local.get(f"/overview/{OCTOBER}").content.decode()
    shown = local.get(sent["Location"]).content.decode()
    assert "/evidence/meets/of/RU-AD/1?period=2026-10" in shown


def test_others_can_neither_ask_nor_look(country: Country) -> None:
    secretary = country.reader(country.active, "secretary")
    secretary.post("/branches/help/RU-AD/1", {"words": "Help."})
    neighbour = country.reader(country.silent, "secretary")

    assert neighbour.post("/branches/help/RU-AD/1", {"words": "Help."}).status_code == 404
    assert neighbour.get("/requests/1/").status_code == 404
