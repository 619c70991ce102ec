"""Every kind of mistake is refused at its line, with what is allowed or what to do."""

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook.parser import parse
from tests.standard.rulebook.documents import RIGHT, changed

WHERE = "kind = 'confirmation.answered'"
NUMERATOR = f'{{count: facts, where: "{WHERE}"}}'
SUM = '{sum: voters, from: precincts, where: "covered_by is not null"}'
HAVING = "{count: facts, where: \"kind = 'meeting.quorate'\", at_least: 1}"

# What is put in place of what; the line of the refusal; a piece of its text.
CASES: list[tuple[str, str, int, str]] = [
    # The document.
    ("standard: branch-work\n", "", 1, "lacks the key 'standard'"),
    ("standard: branch-work", "standard: Branch Work", 1, "small Latin letters"),
    ("standard: branch-work", "standard: стандарт", 1, "small Latin letters"),
    ("standard: branch-work", "standard: no", 1, "put it in quotes"),
    ('version: "2026.1"', "version: 2026.1", 2, "reads as a number; put it in quotes"),
    ('version: "2026.1"', "version: 2026-01-01", 2, "reads as a date; put it in quotes"),
    ('version: "2026.1"', 'version: "2026/1"', 2, "Latin letters, digits"),
    ('version: "2026.1"', "version: true", 2, "put it in quotes"),
    ('version: "2026.1"', 'version: "2026.1"\nversion: "2026.2"', 3, "written twice"),
    ("title: {en: Standard, ru: Стандарт}", "title: Standard", 3, "text by language"),
    ("title: {en: Standard, ru: Стандарт}", "title: {}", 3, "text by language"),
    ("title: {en: Standard, ru: Стандарт}", "title: {English: S}", 3, "not a language code"),
    ("title: {en: Standard, ru: Стандарт}", "title: {en: no}", 3, "put it in quotes"),
    ("title: {en: Standard, ru: Стандарт}", "title: {en: 12}", 3, "reads as a number"),
    ("title: {en: Standard, ru: Стандарт}", "title: {en: [a]}", 3, "must be text"),
    ("source: Resolution 12 of 2025-12-10", "source:", 4, "source is empty"),
    ("valid_from: 2026-01-01", "valid_from: 2026-02-30", 5, "must be a date"),
    ("valid_from: 2026-01-01", "valid_from: 01.01.2026", 5, "must be a date"),
    ("valid_from: 2026-01-01", "valid_from: 0001-01-01", 5, "must be a date"),
    ("valid_from: 2026-01-01", "valid_form: 2026-01-01", 5, "has no key 'valid_form'"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {C: 50, B: 70, A: 85}", 6, "below 50"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {A: 85, B: 85}", 6, "below 85"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {A: 850}", 6, "from 0 to 100"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {A: high}", 6, "must be a number"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {A: 85, D: 0}", 6, "below the last"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: {A: 85, A: 70}", 6, "written twice"),
    ("grades: {A: 85, B: 70, C: 50}", "grades: [85, 70]", 6, "lower bounds by grade"),
    ("grade_needs: 0.6", "grade_needs: 60", 7, "from 0 to 1"),
    ("by: voters", "by: people", 8, "allowed: voters, precincts"),
    ("bands: [500, 1500]", "bands: [1500, 500]", 8, "bands must rise"),
    ("bands: [500, 1500]", "bands: [0, 500]", 8, "must be above 0"),
    ("bands: [500, 1500]", "bands: []", 8, "is empty"),
    # A criterion.
    ("    weight: 20", "    weight: 0", 12, "weight must be above 0"),
    ("    weight: 20", "    weight: -1", 12, "weight must be above 0"),
    ("    weight: 20", "    weight: .inf", 12, "weight must be a number"),
    ("    weight: 20", "    weight: .nan", 12, "weight must be a number"),
    ("    weight: 20", "    weight: 1e300", 12, "too large"),
    ("    weight: 20", "    weight: yes", 12, "weight must be a number"),
    ("    weight: 20", '    weight: "20"', 12, "without quotes"),
    ("    weight: 20", "    weight: 0x14", 12, "weight must be a number"),
    ("    weight: 20", "    weight: 1_000", 12, "weight must be a number"),
    ("    weight: 20", "    wieght: 20", 12, "has no key 'wieght'; allowed: id, title, weight"),
    # An indicator.
    ("id: answered", "id: activist-base", 14, "taken (line 10)"),
    ("id: meets", "id: answered", 32, "taken (line 14)"),
    ("id: meets", "id: 12", 32, "reads as a number"),
    ("        period: month\n        levels", "        levels", 14, "lacks the key 'period'"),
    ("period: quarter", "period: week", 34, "allowed: month, quarter, year"),
    ("levels: [local, primary]", "levels: []", 19, "levels is empty"),
    ("levels: [local, primary]", "levels: primary", 19, "must be a list"),
    ("levels: [local, primary]", "levels: [locals]", 19, "federal, regional, local, primary"),
    ("levels: [local, primary]", "levels: [local, local]", 19, "listed twice"),
    ("        weight: 2\n", "        weight: 0\n", 20, "weight must be above 0"),
    ("target: 0.80", "target: 0.2", 26, "target and floor are both 0.2"),
    ("target: 0.90", "target: 0", 38, "target and floor are both 0"),
    ("target: 0.90", "target: 90%", 38, "must be a number"),
    ("target: 0.90", "target: 0,90", 38, "must be a number"),
    ("min_denominator: 5", "min_denominator: -5", 27, "0 or more"),
    ("trial_until: 2026-06-30", "trial_until: June", 28, "must be a date"),
    ("evidence: observed", "evidence: seen", 29, "self_reported, observed, verified"),
    ("guards: [confirmation-burst]", "guards: [burst, burst]", 30, "listed twice"),
    ("guards: [confirmation-burst]", "guards: confirmation-burst", 30, "must be a list"),
    ("advice: {action: confirm, ", "advice: {", 31, "advice lacks the key 'action'"),
    ("Ask {gap} more", "Ask {count} more", 31, "only {gap} is filled in"),
    ("Ask {gap} more", "Ask {gap more", 31, "only {gap} is filled in"),
    # A measure.
    (NUMERATOR, "{count: fact}", 22, "allowed: facts, people, posts, branches, precincts, sites"),
    (NUMERATOR, "{total: facts}", 22, "exactly one of count, distinct, sum"),
    (NUMERATOR, "{count: facts, sum: value}", 22, "exactly one of count, distinct, sum"),
    (NUMERATOR, "{count: facts, from: facts}", 22, "has no key 'from'"),
    (NUMERATOR, "{count: facts, at_least: 2}", 22, "has no key 'at_least'"),
    (NUMERATOR, "{count: facts, having: 1}", 22, "has no key 'having'"),
    (NUMERATOR, "facts", 22, "exactly one of count, distinct, sum"),
    (NUMERATOR, "{distinct: person}", 22, "lacks the key 'from'"),
    (NUMERATOR, "{distinct: name, from: people}", 22, "can't be 'name'; allowed: branch, affil"),
    (NUMERATOR, "{distinct: person, from: people}", 22, "can't be 'person'"),
    (NUMERATOR, "{count: people, window: 90 days}", 22, "only over facts"),
    ("per: 1000", "per: 0", 24, "per must be above 0"),
    ("per: 1000", "times: 1000", 24, "has no key 'times'; allowed: numerator, denominator, per"),
    ("window: 90 days", "window: 90", 23, "90 days, 12 months"),
    ("window: 90 days", "window: 12 weeks", 23, "90 days, 12 months"),
    ("window: 90 days", "window: 0 days", 23, "from 1 to"),
    ("window: 90 days", "window: 5000 months", 23, "from 1 to"),
    ("at_least: 2", "at_least: 0", 43, "whole number from 1"),
    ("at_least: 2", "at_least: 1.5", 43, "whole number from 1"),
    (SUM, "{sum: covered_by, from: precincts}", 49, "allowed: voters"),
    (SUM, "{sum: post, from: posts}", 49, "no column to sum"),
    ("share_of: primary", "share_of: street", 36, "federal, regional, local, primary"),
    (HAVING, "1", 37, "exactly one of count, distinct, sum"),
    (HAVING, "{count: facts, at_least: 0}", 37, "at_least must be above 0"),
    ("          having: ", "          per: 2\n          having: ", 37, "can't stand beside `per`"),
    ("          having: ", "          numerator: ", 37, "can't stand beside `numerator`"),
    ("          having: ", "          numerator: ", 36, "lacks the key 'having'"),
    ("          share_of: primary\n", "", 36, "`having` stands only with `share_of`"),
    # A condition; its own rules are in test_where.py.
    (WHERE, "kind = 'confirmation.answerd'", 22, "no kind 'confirmation.answerd'"),
    (WHERE, "kind = 'x.letters'", 22, "registered first"),
    (WHERE, "city = 'Pskov'", 22, "facts has no column 'city'; it has: kind, branch"),
    (WHERE, "person in (select person from facts)", 22, "sub-queries are not allowed"),
    (WHERE, "occurred_on > period_end - interval '1 year'", 22, "is not an interval"),
    (WHERE, "", 22, "the condition is empty"),
    # YAML itself.
    ("    weight: 20", "\tweight: 20", 12, "spaces, not tabs"),
    ("    weight: 20", "    weight: 20\n  weight", 14, "can't be read as YAML"),
    ("    weight: 20", "    weight: &w 20", 12, "anchors (&)"),
    ("    weight: 20", "    weight: *w", 12, "aliases (*)"),
    ("    weight: 20", "    weight: !!int 20", 12, "tags (!)"),
    ("    weight: 20", "    weight: 20\n    [a]: b", 13, "a key must be a word"),
    ("id: meets", 'id: "me\\0ets"', 32, "control character"),
    ("id: meets", 'id: "me\\uD800ets"', 32, "control character"),
    ("standard: branch-work", "%YAML 1.1\n---\nstandard: branch-work", 2, "directives"),
    ("        target: 3\n", "        target: 3\n---\n", 45, "one document"),
]


@pytest.mark.parametrize(("old", "new", "line", "piece"), CASES, ids=lambda value: str(value)[:40])
def test_a_mistake_is_refused_at_its_line(old: str, new: str, line: int, piece: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(changed(old, new), file="standard.yaml")
    found = [(reason.line, str(reason)) for reason in refused.value.reasons]
    assert any(at == line and piece in text for at, text in found), found
    assert all(text.startswith(f"standard.yaml:{at}:") for at, text in found), found


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 40


def test_the_document_that_they_change_is_right() -> None:
    standard = parse(RIGHT, file="standard.yaml")
    assert [indicator.id for indicator in standard.indicators] == [
        "answered",
        "meets",
        "active",
        "voters",
    ]


def test_every_mistake_is_reported_at_once() -> None:
    text = RIGHT
    for old, new in [
        ('version: "2026.1"', "version: 2026.1"),
        ("    weight: 20", "    weight: 0"),
        (WHERE, "city = 'Pskov' and street = 'Main'"),
        ("target: 0.90", "target: 0"),
        ("share_of: primary", "share_of: street"),
    ]:
        text = text.replace(old, new)
    with pytest.raises(Refused) as refused:
        parse(text, file="standard.yaml")
    assert [reason.line for reason in refused.value.reasons] == [2, 12, 22, 22, 36, 38]


BROKEN_OFF = [
    ("        target: 0.90\n", "        target: 0.90\n      bad\n"),
    ("        target: 0.90\n", '        target: "0.90\n'),
    ("          having: ", "          having: {count: [facts, "),
    ("          having: ", "\thaving: "),
    ("        target: 0.90\n", "        target: 0.90\n---\n"),
    ("    weight: 20", "    weight: 20\n    [a]: b"),
    ("grade_needs: 0.6", "grade_needs: &needs 0.6"),
    ("grade_needs: 0.6", "grade_needs: *needs"),
    ("grade_needs: 0.6", "grade_needs: !!float 0.6"),
    ("source: Resolution 12 of 2025-12-10", 'source: "Reso\\0lution"'),
    ("grade_needs: 0.6", "grade_needs: " + "[" * 20 + "]" * 20),
]


@pytest.mark.parametrize(("old", "new"), BROKEN_OFF, ids=lambda value: str(value)[:40])
def test_a_text_that_is_not_yaml_hides_no_other_mistake(old: str, new: str) -> None:
    text = (
        changed(old, new).replace("by: voters", "by: people").replace("target: 0.80", "target: x")
    )
    with pytest.raises(Refused) as refused:
        parse(text, file="standard.yaml")
    found = [str(reason) for reason in refused.value.reasons]
    line = text[: text.index(new.strip())].count("\n") + 1
    assert len(found) >= 3, found
    assert any("allowed: voters, precincts" in one for one in found)
    assert any("target must be a number" in one for one in found)
    assert any(int(one.split(":")[1]) >= line for one in found)


def test_every_document_of_a_file_is_checked() -> None:
    second = RIGHT.replace("by: voters", "by: people")
    with pytest.raises(Refused) as refused:
        parse(f"{RIGHT}---\n{second}", file="standard.yaml")
    lines = RIGHT.count("\n")
    assert [reason.line for reason in refused.value.reasons] == [lines + 1, lines + 1 + 8]


def test_a_share_of_branches_needs_a_level_that_has_them_below() -> None:
    text = changed("share_of: primary", "share_of: local").replace(
        "period: quarter\n", "period: quarter\n        levels: [primary]\n"
    )
    with pytest.raises(Refused, match="has a value only at: federal, regional, local"):
        parse(text, file="standard.yaml")
    assert parse(text.replace("[primary]", "[local, primary]"), file="standard.yaml")
