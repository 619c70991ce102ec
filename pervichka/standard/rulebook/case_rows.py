"""What happened in a case, as rows of the catalogue's tables."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from pervichka.standard.rulebook.document import EVIDENCE_ORDER
from pervichka.standard.rulebook.reader import Reader
from pervichka.standard.rulebook.yaml_lines import Items, Scalar, YamlNode

Rows = list[dict[str, Any]]
_MOST = 1000  # rows that one line of a case may stand for


class RowReader:
    """Reads the rows of one case; `branches` are the names a row may give."""

    def __init__(self, reader: Reader, branches: Sequence[str]) -> None:
        self._reader = reader
        self._branches = branches
        self._numbers = count(1)

    def rows(self, found: Mapping[str, YamlNode]) -> dict[str, Rows]:
        """Rows by table, empty for a table that the case doesn't name."""
        read: dict[str, Callable[[YamlNode], Rows]] = {
            "facts": self._facts,
            "people": self._people,
            "posts": self._posts,
            "precincts": self._precincts,
            "sites": self._sites,
        }
        return {
            table: [row for item in self._items(found.get(table)) for row in row_of(item)]
            for table, row_of in read.items()
        }

    def _items(self, node: YamlNode | None) -> Sequence[YamlNode]:
        return () if node is None else self._reader.items(node, "rows")

    def _facts(self, node: YamlNode) -> Rows:
        found = self._reader.keys(
            node, "a fact", ["kind", "branch", "on"], ["people", "evidence", "value", "number"]
        )
        if found is None or len({"kind", "branch", "on"} & found.keys()) < 3:
            return []
        value = self._reader.number(found["value"], "value") if "value" in found else 1.0
        row = {
            "kind": self._reader.text(found["kind"], "kind"),
            "branch": self._branch(found["branch"]),
            "occurred_on": self._reader.date(found["on"], "on"),
            "value": round((value or 0.0) * 1000),
            "evidence": str(self._reader.choice(found["evidence"], "evidence", EVIDENCE_ORDER))
            if "evidence" in found
            else "observed",
            "source": "case",
        }
        people: Sequence[str | None] = [None] * self._number(found)
        if "people" in found:
            people = self._names(found["people"])
        return [
            {**row, "person": person, "source_id": str(next(self._numbers))} for person in people
        ]

    def _people(self, node: YamlNode) -> Rows:
        days = ["affiliated_on", "confirmed_on", "last_contact_on", "first_action_on"]
        optional = ["affiliation", "consented", "number", *days]
        found = self._reader.keys(node, "a person", ["branch"], optional)
        if found is None or "branch" not in found:
            return []
        row = {
            "branch": self._branch(found["branch"]),
            "affiliation": self._text(found, "affiliation") or "contact",
            "consented": self._truth(found, "consented"),
            **{day: self._day(found, day) for day in days},
        }
        return [
            {**row, "person": f"person-{next(self._numbers)}"} for _ in range(self._number(found))
        ]

    def _posts(self, node: YamlNode) -> Rows:
        days = ["term_ends_on", "trained_on", "last_active_on"]
        found = self._reader.keys(node, "a post", ["branch", "post", "filled"], ["number", *days])
        if found is None or "branch" not in found:
            return []
        row = {
            "branch": self._branch(found["branch"]),
            "post": self._text(found, "post"),
            "filled": self._truth(found, "filled"),
            **{day: self._day(found, day) for day in days},
        }
        return [dict(row) for _ in range(self._number(found))]

    def _precincts(self, node: YamlNode) -> Rows:
        """`covered_by` a living branch, or `in` the territory of one that doesn't cover it."""
        found = self._reader.keys(node, "a precinct", [], ["covered_by", "in", "voters", "number"])
        if found is None:
            return []
        place = found.get("covered_by", found.get("in"))
        if place is None:
            self._reader.report(node.line, "a precinct needs covered_by or in: a branch")
            return []
        voters = self._reader.number(found["voters"], "voters") if "voters" in found else None
        row = {
            "branch": self._branch(place),
            "covered_by": self._text(found, "covered_by"),
            "voters": None if voters is None else int(voters),
        }
        return [
            {**row, "precinct": f"precinct-{next(self._numbers)}"}
            for _ in range(self._number(found))
        ]

    def _sites(self, node: YamlNode) -> Rows:
        days = ["due_on", "last_inspected_on"]
        found = self._reader.keys(node, "a site", ["branch"], ["kind", "status", "number", *days])
        if found is None or "branch" not in found:
            return []
        row = {
            "branch": self._branch(found["branch"]),
            "kind": self._text(found, "kind"),
            "status": self._text(found, "status"),
            **{day: self._day(found, day) for day in days},
        }
        return [{**row, "site": f"site-{next(self._numbers)}"} for _ in range(self._number(found))]

    def _branch(self, node: YamlNode) -> str | None:
        return self._reader.choice(node, "branch", self._branches)

    def _text(self, found: Mapping[str, YamlNode], key: str) -> str | None:
        return self._reader.text(found[key], key) if key in found else None

    def _day(self, found: Mapping[str, YamlNode], key: str) -> Any:
        return self._reader.date(found[key], key) if key in found else None

    def _truth(self, found: Mapping[str, YamlNode], key: str) -> bool:
        node = found.get(key, Scalar("no", plain=True, line=0))
        return self._reader.choice(node, key, ("yes", "no")) == "yes"

    def _number(self, found: Mapping[str, YamlNode]) -> int:
        """How many such rows the line stands for."""
        if "number" not in found:
            return 1
        number = self._reader.positive(found["number"], "number") or 1
        if number != int(number) or number > _MOST:
            self._reader.report(found["number"].line, "number must be a whole number up to 1000")
            return 1
        return int(number)

    def _names(self, node: YamlNode) -> list[str | None]:
        if not isinstance(node, Items):
            self._reader.report(node.line, "people must be a list of names")
            return []
        return [self._reader.text(item, "a name") for item in node.items]
