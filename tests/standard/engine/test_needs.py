"""What one indicator reads of a nation's records: enough for its numbers, and little more."""

import pytest

from pervichka.standard.engine.needs import kinds_read, tables_read
from pervichka.standard.rulebook.document import Count, Level, ShareOf
from tests.standard.engine.town import facts, indicator, ratio


@pytest.mark.parametrize(
    ("where", "kinds"),
    [
        ("kind = 'met'", {"met"}),
        ("kind in ('met', 'came')", {"met", "came"}),
        ("kind = 'met' and value > 2", {"met"}),
        ("kind in ('met', 'came') and kind = 'came'", {"came"}),
        ("kind = 'met' or kind = 'came'", {"met", "came"}),
        ("kind = 'met' or value > 2", None),
        ("not (kind = 'met')", None),
        ("kind <> 'met'", None),
        ("kind not in ('met')", None),
        ("value > 2", None),
        (None, None),
    ],
)
def test_kinds_are_those_that_a_condition_names(where: str | None, kinds: set[str] | None) -> None:
    assert kinds_read(indicator(ratio(Count(table="facts", where=where)))) == kinds


def test_both_sides_are_read() -> None:
    asked = indicator(ratio(facts("kind = 'came'"), facts("kind = 'due'")))
    assert (kinds_read(asked), tables_read(asked)) == ({"came", "due"}, {"facts"})
    open_ended = indicator(ratio(facts("kind = 'came'"), facts("value > 2")))
    assert kinds_read(open_ended) is None
    assert tables_read(indicator(ratio(facts(), Count(table="posts")))) == {"facts", "posts"}


def test_a_share_reads_its_branches_too() -> None:
    share = ShareOf(level=Level.PRIMARY, having=facts("kind = 'met'"), at_least=1)
    assert tables_read(indicator(share)) == {"branches", "facts"}
    assert kinds_read(indicator(share)) == {"met"}
