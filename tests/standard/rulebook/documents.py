"""A small right document, and how a test makes it wrong at one place."""

RIGHT = """\
standard: branch-work
version: "2026.1"
title: {en: Standard, ru: Стандарт}
source: Resolution 12 of 2025-12-10
valid_from: 2026-01-01
grades: {A: 85, B: 70, C: 50}
grade_needs: 0.6
peers: {by: voters, bands: [500, 1500]}
criteria:
  - id: activist-base
    title: {en: Activist base, ru: Актив}
    weight: 20
    indicators:
      - id: answered
        title: {en: Answered, ru: Ответили}
        why: {en: Because}
        source: §2.1
        period: month
        levels: [local, primary]
        weight: 2
        measure:
          numerator: {count: facts, where: "kind = 'confirmation.answered'"}
          denominator: {count: facts, where: "kind = 'confirmation.due'", window: 90 days}
          per: 1000
        floor: 0.20
        target: 0.80
        min_denominator: 5
        trial_until: 2026-06-30
        evidence: observed
        guards: [confirmation-burst]
        advice: {action: confirm, title: {en: "Ask {gap} more"}}
      - id: meets
        title: {en: Met with a quorum}
        period: quarter
        measure:
          share_of: primary
          having: {count: facts, where: "kind = 'meeting.quorate'", at_least: 1}
        target: 0.90
      - id: active
        title: {en: Active people}
        period: year
        measure:
          numerator: {distinct: person, from: facts, at_least: 2}
        target: 3
      - id: voters
        title: {en: Voters}
        period: month
        measure:
          numerator: {sum: voters, from: precincts, where: "covered_by is not null"}
          denominator: {sum: voters, from: precincts}
        target: 1
"""


def changed(old: str, new: str) -> str:
    """The right document with one piece, found once, put in another's place."""
    assert RIGHT.count(old) == 1, f"{old!r} stands {RIGHT.count(old)} times"
    return RIGHT.replace(old, new)
