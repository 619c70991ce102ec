"""A resident's appeal from the public page to their last word, and what it does to the score."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.standard.rulebook.parser import parse_file
from pervichka.standard.rulebook.shipped import BRANCH_WORK
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.models import Score
from pervichka.work.casework.models import Appeal, Round
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.casework import CAME
from tests.builders.users import a_user_with_post
from tests.surfaces.jobs.test_following import follow, run_jobs
from tests.surfaces.web.casework.test_appeal_pages import send
from tests.work.casework.test_keeping import a_photo

pytestmark = pytest.mark.django_db(transaction=True)
INDICATORS = [indicator.id for indicator in parse_file(BRANCH_WORK).indicators]
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


class Town:
    """A primary branch, its secretary, the head of the local branch above it, and a resident."""

    def __init__(self, branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
        assert branch.parent is not None
        self.branch, self.local = branch, branch.parent
        self.users = {
            "secretary": a_user_with_post(branch=branch),
            "head": a_user_with_post(branch=self.local, kind="head", role="local_head"),
        }
        self._patch = monkeypatch
        self.resident = Client(headers={"accept-language": "en"})

    def at(self, moment: datetime) -> None:
        """From now on it is this moment."""
        self._patch.setattr(clock, "now", lambda: moment)

    def __getitem__(self, who: str) -> Client:
        # A session lasts for less than an appeal.
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(id=self.users[who].id))
        return client

    def scored(self) -> dict[str, tuple[int, int]]:
        """What the worker makes of it: by indicator and month, of the local branch."""
        follow()
        run_jobs()
        found = {}
        for month in (NOVEMBER, DECEMBER):
            score_period(month=month, by=OPERATOR, at=clock.now())
            score = Score.objects.get(branch=self.local, month=month.start)
            for id_ in ("appeals-on-time", "appeals-solved"):
                at = INDICATORS.index(id_)
                found[f"{id_} {month}"] = (score.numerators[at], score.denominators[at])
        return found


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    branch = a_primary_branch()
    publish_standard(file=BRANCH_WORK, by=OPERATOR, at=LONG_AGO)
    return Town(branch, monkeypatch)


def test_late_not_solved_opened_again_solved(town: Town) -> None:
    on_time_1, on_time_2 = f"appeals-on-time {NOVEMBER}", f"appeals-on-time {DECEMBER}"
    solved = f"appeals-solved {DECEMBER}"

    town.at(CAME)
    own = send(town.resident).headers["Location"].partition("?")[0]
    photo = SimpleUploadedFile("IMG_2026.jpg", a_photo(), content_type="image/jpeg")
    assert "The file is added" in town.resident.post(own, {"do": "file", "file": photo}).text
    appeal = Appeal.objects.get()
    page = f"/appeals/{appeal.id}/"
    # No precinct was named, so it came to the local branch, which hands it down.
    town["head"].post(page, {"do": "register"})
    reason = {"do": "forward", "to": str(town.branch.id), "reason": "Это ваш двор."}
    assert town["head"].post(page, reason).status_code == 302
    assert "<img" in town["secretary"].get(page).text
    began = town.scored()
    assert began[on_time_1] == (0, 1)  # due in November, not answered yet

    due = Round.objects.get().due_on
    town.at(CAME + timedelta(days=37))
    assert Month.of(due) == NOVEMBER
    inbox = town["head"].get("/appeals/?whose=all&state=overdue").text
    assert f"No. {appeal.number}" in inbox
    assert "Overdue" in inbox
    assert "was due on" in town["secretary"].get(page).text
    assert "is late" in town.resident.get(own).text
    # From above nobody is named before it is taken over, with a reason that the resident reads.
    assert "Во дворе не горит" not in town["head"].get(page).text
    town["head"].post(page, {"do": "take-over", "reason": "Срок прошёл."})
    assert "Во дворе не горит" in town["head"].get(page).text
    assert "Срок прошёл." in town.resident.get(own).text
    town["head"].post(f"{page}answer/", {"text": "Фонарь заменён."})
    late = town.scored()
    assert late[on_time_1] == (0, 1)  # answered, and too late to count
    assert late[solved] == (0, 0)

    town.at(CAME + timedelta(days=38))
    answer = town.resident.post(own, {"do": "reopen", "why": "Горит через день."})
    assert "open again" in answer.text
    assert town.scored()[on_time_2] == (0, 1)  # a new deadline, in December

    town.at(CAME + timedelta(days=45))
    assert "Горит через день." in town["head"].get(page).text
    town["head"].post(f"{page}answer/", {"text": "Заменён и провод."})
    again = town.scored()
    assert again[on_time_2] == (1, 1)
    assert again[solved] == (0, 0)

    town.at(CAME + timedelta(days=46))
    assert "closed as solved" in town.resident.post(own, {"do": "solved"}).text
    ended = town.scored()
    assert ended[solved] == (1, 1)
    assert ended[on_time_1] == (0, 1)  # what was late stays late

    # The number opens to the very appeal, for whoever sees to it.
    evidence = town["head"].get(f"/evidence/appeals-solved/of/{town.local.code}?period={DECEMBER}")
    assert evidence.status_code == 200
    assert page in evidence.text
