"""Cases of a standard: a tiny organisation, what happened in it, and what its branches must get.

A file under `shipped/cases/` is written to be read by people who don't program; here it becomes
rows of the catalogue's tables, which the engine and the referee both score.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook.case_rows import RowReader, Rows
from pervichka.standard.rulebook.document import LEVELS
from pervichka.standard.rulebook.parser import read_text
from pervichka.standard.rulebook.reader import Reader
from pervichka.standard.rulebook.yaml_lines import Keys, Scalar, YamlNode, read_yaml

_STEP = 1000  # between the places of neighbouring branches, as in the real tree
NUMBERS = ("numerator", "denominator", "value", "points")
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What one branch must get. Only what the case names is compared; none is "not applicable"."""

    numbers: Mapping[str, float | None] = field(default_factory=dict)
    grade: str | None = None
    has_grade: bool = False


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case. `indicator` is none where the whole branch is expected, points and grade.

    `rows` holds the catalogue's tables, plus `places`, as lists of rows with every column of the
    engine's schemas; values of facts are in thousandths.
    """

    file: str
    line: int
    title: Mapping[str, str]
    indicator: str | None
    month: Month
    rows: Mapping[str, Rows]
    expected: Mapping[str, Expected]


def load_cases(path: Path) -> list[Case]:
    """The cases of one file; raises `Refused` with every mistake and its line."""
    roots, reasons = read_yaml(read_text(path), file=path.name)
    reader = Reader(path.name)
    reader.reasons.extend(reasons)
    cases = [case for root in roots for case in _cases(reader, root)]
    if reader.reasons:
        raise Refused(*reader.reasons)
    return cases


def _cases(reader: Reader, root: YamlNode) -> Iterator[Case]:
    found = reader.keys(root, "a file of cases", ["cases"], ["indicator", "branches"])
    if found is None or "cases" not in found:
        return
    indicator = reader.slug(found["indicator"], "indicator") if "indicator" in found else None
    for node in reader.items(found["cases"], "cases"):
        case = _CaseReader(reader, indicator, found.get("branches")).case(node)
        if case is not None:
            yield case


class _CaseReader:
    def __init__(self, reader: Reader, indicator: str | None, branches: YamlNode | None) -> None:
        self._reader = reader
        self._indicator = indicator
        self._common_branches = branches

    def case(self, node: YamlNode) -> Case | None:
        optional = ["branches", "facts", "people", "posts", "precincts", "sites"]
        found = self._reader.keys(node, "a case", ["title", "month", "expect"], optional)
        if found is None or not {"title", "month", "expect"} <= found.keys():
            return None
        branches_node = found.get("branches", self._common_branches)
        if branches_node is None:
            self._reader.report(node.line, "the case has no branches")
            return None
        branches = self._branches(branches_node)
        rows = RowReader(self._reader, [branch["branch"] for branch in branches]).rows(found)
        rows["branches"] = branches
        rows["places"] = [{"branch": row["branch"], "place": row["place"]} for row in branches]
        for row in branches:
            within = [p for p in rows["precincts"] if p["covered_by"] == row["branch"]]
            row["precincts"] = len(within)
        month = self._month(found["month"])
        expected = self._expected(found["expect"], {row["branch"] for row in branches})
        if month is None:
            return None
        return Case(
            file=self._reader.file,
            line=node.line,
            title=self._reader.texts(found["title"], "title"),
            indicator=self._indicator,
            month=month,
            rows=rows,
            expected=expected,
        )

    def _month(self, node: YamlNode) -> Month | None:
        text = node.text if isinstance(node, Scalar) else ""
        try:
            return Month.parse(text)
        except Refused:
            self._reader.report(node.line, "month must be written like 2026-10")
            return None

    def _branches(self, node: YamlNode) -> Rows:
        """The tree as preorder intervals; a parent is written before its children."""
        if not isinstance(node, Keys):
            self._reader.report(node.line, "branches must be a mapping by name")
            return []
        parents: dict[str, str | None] = {}
        facts: dict[str, dict[str, Any]] = {}
        for name, value in node.entries.items():
            found = self._reader.keys(value, "a branch", ["level"], ["under", "voters"])
            if found is None or "level" not in found:
                continue
            parent = None
            if "under" in found:
                parent = self._reader.choice(found["under"], "under", tuple(parents))
            parents[name] = parent
            facts[name] = {
                "level": self._reader.choice(found["level"], "level", LEVELS),
                "voters": int(self._reader.number(found["voters"], "voters") or 0)
                if "voters" in found
                else None,
            }
        rows = list(_preorder(parents, None))
        return [{"branch": name, **facts[name], **interval} for name, interval in rows]

    def _expected(self, node: YamlNode, branches: set[str]) -> dict[str, Expected]:
        if not isinstance(node, Keys):
            self._reader.report(node.line, "expect must be a mapping by branch")
            return {}
        expected = {}
        for name, value in node.entries.items():
            if name not in branches:
                self._reader.report(node.lines[name], "there is no branch {name}", name=repr(name))
            found = self._reader.keys(value, "what is expected", [], [*NUMBERS, "grade"]) or {}
            expected[name] = Expected(
                numbers={key: self._number(found[key], key) for key in NUMBERS if key in found},
                grade=self._grade(found["grade"]) if "grade" in found else None,
                has_grade="grade" in found,
            )
        return expected

    def _number(self, node: YamlNode, what: str) -> float | None:
        if isinstance(node, Scalar) and node.text == NONE:
            return None
        return self._reader.number(node, what)

    def _grade(self, node: YamlNode) -> str | None:
        if isinstance(node, Scalar) and node.text == NONE:
            return None
        return self._reader.text(node, "grade")


def _preorder(
    parents: Mapping[str, str | None], parent: str | None, start: int = 0
) -> Sequence[tuple[str, dict[str, Any]]]:
    """Branches from the parent down with `place` and `place_end`, in the order written."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for name, above in parents.items():
        if above != parent:
            continue
        place = start + len(rows) * _STEP
        below = _preorder(parents, name, place + _STEP)
        end = place + (len(below) + 1) * _STEP - 1
        rows.append((name, {"place": place, "place_end": end}))
        rows.extend(below)
    return rows
