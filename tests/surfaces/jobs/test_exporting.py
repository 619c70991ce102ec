"""The worker makes an export with the rights that its asker has by then, or says why not."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.branches.acting import acting_as
from pervichka.register.disclosure.actions import ask_export, download_export, spend
from pervichka.register.disclosure.models import PeopleExport, PeopleExportFile
from pervichka.register.posts.actions import end_term
from pervichka.register.posts.models import PostHolding
from pervichka.surfaces.jobs import tasks
from tests.builders.actors import OPERATOR
from tests.register.disclosure.conftest import AT, Region, region
from tests.surfaces.jobs.test_following import follow, run_jobs

__all__ = ["region"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _then(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def asked(region: Region) -> PeopleExport:
    with acting_as(region.head):
        return ask_export(wish=region.wish(), by=region.head, at=AT)


def state(export: PeopleExport) -> str:
    export.refresh_from_db()
    return str(export.state)


def test_what_is_asked_for_is_made_in_the_background(region: Region) -> None:
    export = asked(region)
    follow()
    run_jobs()
    assert (state(export), export.rows) == ("made", 5)
    with acting_as(region.head):
        found = download_export(export_id=export.id, by=region.head, at=AT)
    assert found is not None
    assert "Анна000" in found.content.decode()


def test_the_queue_holds_the_export_s_id_and_nothing_about_people(region: Region) -> None:
    export = asked(region)
    follow()
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'export'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [
            {"export_id": str(export.id), "attempt": 1}
        ]


def test_a_post_that_was_lost_meanwhile_takes_its_exports_along(region: Region) -> None:
    export = asked(region)
    holding = PostHolding.objects.get(user=region.users["head"])
    end_term(holding=holding, on=AT.date(), by=OPERATOR, at=AT)
    follow()
    run_jobs()
    assert state(export) == "failed"
    assert "no longer held" in export.failure["message"]
    assert not Entry.objects.filter(action="export.included").exists()


def test_a_used_up_budget_is_told_in_words(region: Region) -> None:
    export = asked(region)
    with acting_as(region.head):
        spend(rows=1_000, by=region.head, at=AT)
    follow()
    run_jobs()
    assert state(export) == "failed"
    assert export.failure["params"]["left"] == 0


def test_a_fault_is_tried_again_and_told_in_the_end(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(region)
    calls = []

    def falter(**given: object) -> bool:
        calls.append(given)
        raise OSError

    monkeypatch.setattr(tasks, "make_export", falter)
    monkeypatch.setattr(tasks, "_AFTER_A_FAULT", 0)
    follow()
    run_jobs()
    assert len(calls) == 5
    assert state(export) == "failed"
    assert "could not be made" in export.failure["message"]


def test_files_are_destroyed_when_their_time_is_over(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(region)
    follow()
    run_jobs()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=3))
    tasks.retention(0)
    assert state(export) == "gone"
    with acting_as(region.head):
        assert not PeopleExportFile.objects.exists()
