"""The rules of the land: what the pack says, the strictest where it says nothing."""

from datetime import date
from pathlib import Path

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.register.branches.packs.calendar import load_working_calendar
from pervichka.register.branches.packs.policy import AppealPolicy, load_appeal_policy


def test_the_pack_that_ships_says_three_and_thirty_days() -> None:
    policy = load_appeal_policy("ru")

    assert (policy.register_within, policy.answer_within, policy.extend_by) == (3, 30, 30)


def test_what_is_not_said_is_as_strict_as_can_be(tmp_path: Path) -> None:
    assert load_appeal_policy(tmp_path) == AppealPolicy()
    (tmp_path / "policy.yaml").write_text("appeals: {answer_within: 20}", encoding="utf-8")
    policy = load_appeal_policy(tmp_path)

    assert policy.answer_within == 20
    shipped = load_appeal_policy("ru")
    for term in ("register_within", "extend_by", "letter_within"):
        assert getattr(policy, term) < getattr(shipped, term)
    assert policy.smallest_group > shipped.smallest_group


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("appeals: {answer_in: 20, silence: -1}", {"answer_in", "silence"}),
        ("appeals: {ends_on_day_off: never}", {"ends_on_day_off"}),
        ("appeals: {answer_within: true}", {"answer_within"}),
        ("appeals: [1]", {"appeals"}),
        ("appeals: {", {None}),
    ],
)
def test_a_wrong_rule_is_refused_with_its_field(
    tmp_path: Path, text: str, fields: set[str | None]
) -> None:
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Refused) as refused:
        load_appeal_policy(tmp_path)

    assert {reason.column for reason in refused.value.reasons} == fields


def test_days_off_are_the_calendar_s(tmp_path: Path) -> None:
    shipped, plain = load_working_calendar("ru"), load_working_calendar(tmp_path)

    assert shipped.is_off(date(2026, 11, 4))
    assert not plain.is_off(date(2026, 11, 4))
    assert plain.is_off(date(2026, 11, 7))
    assert not shipped.is_off(date(2025, 11, 1))
