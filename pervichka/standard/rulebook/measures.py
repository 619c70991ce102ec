"""Reads a `measure`: what is counted, over which rows, and what it is divided by."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook.catalogue import FACTS, TABLES, numeric_columns
from pervichka.standard.rulebook.document import (
    LEVELS,
    Aggregate,
    Count,
    Distinct,
    Measure,
    Ratio,
    ShareOf,
    Sum,
    Window,
)
from pervichka.standard.rulebook.expressions import MAX_INTERVAL_DAYS, MAX_INTERVAL_MONTHS
from pervichka.standard.rulebook.reader import Reader, listed
from pervichka.standard.rulebook.where import parse_where
from pervichka.standard.rulebook.yaml_lines import Keys, Scalar, YamlNode

_WINDOW = re.compile(r"(\d{1,6}) (day|month)s?", re.ASCII)
_FORMS = ("count", "distinct", "sum")
MAX_AT_LEAST = 1_000_000


class MeasureReader:
    """Reads the measures of one document; `kinds` as for `parse`."""

    def __init__(self, reader: Reader, kinds: Collection[str] | None) -> None:
        self._reader = reader
        self._kinds = kinds

    def measure(self, node: YamlNode) -> Measure | None:
        if isinstance(node, Keys) and "share_of" in node.entries:
            return self._share(node)
        return self._ratio(node)

    def _ratio(self, node: YamlNode) -> Ratio | None:
        if isinstance(node, Keys) and "having" in node.entries:
            line = node.lines["having"]
            self._reader.report(line, "`having` stands only with `share_of`: add the level")
            return None
        found = self._reader.keys(node, "a measure", ["numerator"], ["denominator", "per"])
        if found is None:
            return None
        numerator = denominator = None
        per: float | None = 1.0
        if "numerator" in found:
            numerator = self._aggregate(found["numerator"], "numerator")
        if "denominator" in found:
            denominator = self._aggregate(found["denominator"], "denominator")
        if "per" in found:
            per = self._reader.positive(found["per"], "per")
        if numerator is None or per is None:
            return None
        return Ratio(numerator=numerator, denominator=denominator, per=per)

    def _share(self, node: Keys) -> ShareOf | None:
        for key in ("numerator", "denominator", "per"):
            if key in node.entries:
                message = "`share_of` can't stand beside `{key}`: it counts branches by `having`"
                self._reader.report(node.lines[key], message, key=key)
        known = node.without("numerator", "denominator", "per")
        found = self._reader.keys(known, "a measure with share_of", ["share_of", "having"])
        if found is None:
            return None
        level = self._reader.choice(found["share_of"], "share_of", LEVELS)
        having = at_least = None
        if "having" in found:
            having, at_least = self._having(found["having"])
        if level is None or having is None or at_least is None:
            return None
        return ShareOf(level=level, having=having, at_least=at_least)

    def _having(self, node: YamlNode) -> tuple[Aggregate | None, float | None]:
        """In `having`, `at_least` is what the whole count must reach, of whatever form it is."""
        at_least: float | None = 1.0
        if isinstance(node, Keys) and "at_least" in node.entries:
            at_least = self._reader.positive(node.entries["at_least"], "at_least")
            node = node.without("at_least")
        return self._aggregate(node, "having"), at_least

    def _aggregate(self, node: YamlNode, what: str) -> Aggregate | None:
        forms = [form for form in _FORMS if isinstance(node, Keys) and form in node.entries]
        if not forms and isinstance(node, Keys) and not node.whole:
            return None
        if len(forms) != 1 or not isinstance(node, Keys):
            message = (
                "{what} needs exactly one of count, distinct, sum: {{count: TABLE}}, "
                "{{distinct: COLUMN, from: TABLE}} or {{sum: COLUMN, from: TABLE}}"
            )
            self._reader.report(node.line, message, what=what)
            return None
        form = forms[0]
        required = [form] if form == "count" else [form, "from"]
        optional = ["where", "window", *(["at_least"] if form == "distinct" else [])]
        found = self._reader.keys(node, what, required, optional)
        table_key = "count" if form == "count" else "from"
        if found is None or table_key not in found or form not in found:
            return None
        before = len(self._reader.reasons)
        table = self._reader.choice(found[table_key], "a table", tuple(TABLES))
        if table is None:
            return None
        where = self._where(found, table)
        window = self._window(found, table)
        built = self._built(form, found, table)
        if built is None or len(self._reader.reasons) > before:
            return None
        return replace(built, where=where, window=window)

    def _built(self, form: str, found: Mapping[str, YamlNode], table: str) -> Aggregate | None:
        if form == "count":
            return Count(table=table)
        allowed = tuple(TABLES[table]) if form == "distinct" else numeric_columns(table)
        if not allowed:
            line = found[form].line
            self._reader.report(line, "{table} has no column to sum; count it", table=table)
            return None
        column = self._reader.choice(found[form], f"{form} over {table}", allowed)
        if column is None:
            return None
        if form == "sum":
            return Sum(column=column, table=table)
        at_least = self._at_least(found["at_least"]) if "at_least" in found else 1
        return None if at_least is None else Distinct(column=column, table=table, at_least=at_least)

    def _at_least(self, node: YamlNode) -> int | None:
        number = self._reader.number(node, "at_least")
        if number is None:
            return None
        if number != int(number) or not 1 <= number <= MAX_AT_LEAST:
            self._reader.report(node.line, "at_least must be a whole number from 1")
            return None
        return int(number)

    def _where(self, found: Mapping[str, YamlNode], table: str) -> str | None:
        node = found.get("where")
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self._reader.report(node.line, "where must be one condition, as text in quotes")
            return None
        try:
            parse_where(node.text, table=table, kinds=self._kinds)
        except Refused as refused:
            for reason in refused.reasons:
                self._reader.reasons.append(
                    replace(reason, file=self._reader.file, line=node.line, column="where")
                )
        return node.text.strip()

    def _window(self, found: Mapping[str, YamlNode], table: str) -> Window | None:
        node = found.get("window")
        if node is None:
            return None
        match = _WINDOW.fullmatch(node.text) if isinstance(node, Scalar) else None
        if table != FACTS:
            message = "`window` stands only over facts; say it in `where`, as {example}"
            example = "confirmed_on > period_end - interval '12 months'"
            self._reader.report(node.line, message, example=example)
            return None
        if match is None:
            message = "window must be days or months, such as {allowed}"
            allowed = listed(["90 days", "12 months"])
            self._reader.report(node.line, message, allowed=allowed)
            return None
        size, unit = int(match[1]), match[2]
        longest = MAX_INTERVAL_DAYS if unit == "day" else MAX_INTERVAL_MONTHS
        if not 1 <= size <= longest:
            message = "window must be from 1 to {longest} {unit}s"
            self._reader.report(node.line, message, longest=longest, unit=unit)
            return None
        return Window(days=size) if unit == "day" else Window(months=size)
