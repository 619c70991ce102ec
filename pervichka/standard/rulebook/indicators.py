"""Reads one indicator of a document: its measure, its scale and what is said about it."""

import re
from collections.abc import Collection, Mapping
from typing import TypedDict

from pervichka.foundation.periods import PeriodKind
from pervichka.standard.rulebook.document import (
    EVIDENCE_ORDER,
    LEVELS,
    Advice,
    EvidenceClass,
    Indicator,
    Level,
    ShareOf,
)
from pervichka.standard.rulebook.measures import MeasureReader
from pervichka.standard.rulebook.reader import Reader, listed
from pervichka.standard.rulebook.yaml_lines import Items, YamlNode

_REQUIRED = ("id", "title", "period", "measure", "target")
_OPTIONAL = (
    "why",
    "source",
    "levels",
    "weight",
    "floor",
    "min_denominator",
    "trial_until",
    "evidence",
    "guards",
    "advice",
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")


class _Scale(TypedDict):
    floor: float
    weight: float
    min_denominator: float | None


class IndicatorReader:
    """Reads the indicators of one document and keeps its ids apart."""

    def __init__(self, reader: Reader, kinds: Collection[str] | None) -> None:
        self._reader = reader
        self._measures = MeasureReader(reader, kinds)
        self._ids: dict[str, int] = {}

    def unique_id(self, node: YamlNode) -> str | None:
        """An id that no criterion or indicator of the document had before."""
        id_ = self._reader.slug(node, "id")
        if id_ is None:
            return None
        if id_ in self._ids:
            message = "the id {id} is taken (line {first}); ids are unique in a document"
            self._reader.report(node.line, message, id=repr(id_), first=self._ids[id_])
            return None
        self._ids[id_] = node.line
        return id_

    def indicator(self, node: YamlNode) -> Indicator | None:
        """One indicator; none after a mistake that leaves nothing to build."""
        found = self._reader.keys(node, "an indicator", _REQUIRED, _OPTIONAL)
        if found is None:
            return None
        read = self._reader
        id_ = self.unique_id(found["id"]) if "id" in found else None
        title = read.texts(found["title"], "title") if "title" in found else {}
        period = None
        if "period" in found:
            period = read.choice(found["period"], "period", tuple(PeriodKind))
        measure = self._measures.measure(found["measure"]) if "measure" in found else None
        target = read.number(found["target"], "target") if "target" in found else None
        scale = self._scale(found, target)
        levels = self._levels(found["levels"]) if "levels" in found else LEVELS
        why = read.texts(found["why"], "why") if "why" in found else {}
        source = read.text(found["source"], "source") if "source" in found else ""
        trial = read.date(found["trial_until"], "trial_until") if "trial_until" in found else None
        evidence = self._evidence(found)
        guards = self._guards(found["guards"]) if "guards" in found else ()
        advice = self._advice(found["advice"]) if "advice" in found else None
        if isinstance(measure, ShareOf) and levels:
            self._check_reach(measure, levels, node.line)
        if id_ is None or period is None or measure is None or target is None:
            return None
        return Indicator(
            id=id_,
            title=title,
            period=period,
            measure=measure,
            target=target,
            **scale,
            levels=levels,
            why=why,
            source=source or "",
            trial_until=trial,
            evidence=evidence,
            guards=guards,
            advice=advice,
            line=node.line,
        )

    def _scale(self, found: Mapping[str, YamlNode], target: float | None) -> _Scale:
        read = self._reader
        floor = read.number(found["floor"], "floor") if "floor" in found else 0.0
        weight = read.positive(found["weight"], "weight") if "weight" in found else 1.0
        least = None
        if "min_denominator" in found:
            line = found["min_denominator"].line
            least = read.number(found["min_denominator"], "min_denominator")
            if least is not None and least < 0:
                read.report(line, "min_denominator must be 0 or more")
        if target is not None and floor == target:
            message = "target and floor are both {target}: points need a way from one to the other"
            read.report(found["target"].line, message, target=f"{target:g}")
        return {"floor": floor or 0.0, "weight": weight or 1.0, "min_denominator": least}

    def _levels(self, node: YamlNode) -> tuple[Level, ...]:
        levels: list[Level] = []
        for item in self._reader.items(node, "levels"):
            level = self._reader.choice(item, "a level", LEVELS)
            if level is not None and level in levels:
                self._reader.report(item.line, "the level {level} is listed twice", level=level)
            elif level is not None:
                levels.append(level)
        return tuple(level for level in LEVELS if level in levels)

    def _check_reach(self, measure: ShareOf, levels: tuple[Level, ...], line: int) -> None:
        depth = LEVELS.index(measure.level)
        if all(LEVELS.index(level) > depth for level in levels):
            message = "a share of {level} branches has a value only at: {allowed}"
            allowed = listed(LEVELS[: depth + 1])
            self._reader.report(line, message, level=measure.level, allowed=allowed)

    def _evidence(self, found: Mapping[str, YamlNode]) -> EvidenceClass:
        if "evidence" not in found:
            return EvidenceClass.SELF_REPORTED
        read = self._reader.choice(found["evidence"], "evidence", EVIDENCE_ORDER)
        return read or EvidenceClass.SELF_REPORTED

    def _guards(self, node: YamlNode) -> tuple[str, ...]:
        guards: list[str] = []
        if isinstance(node, Items) and not node.items:
            return ()
        for item in self._reader.items(node, "guards"):
            guard = self._reader.slug(item, "a guard")
            if guard is not None and guard in guards:
                self._reader.report(item.line, "the guard {guard} is listed twice", guard=guard)
            elif guard is not None:
                guards.append(guard)
        return tuple(guards)

    def _advice(self, node: YamlNode) -> Advice | None:
        found = self._reader.keys(node, "advice", ["action", "title"])
        if found is None or len(found) < 2:
            return None
        action = self._reader.slug(found["action"], "action")
        title = self._reader.texts(found["title"], "title")
        for language, text in title.items():
            for placeholder in _PLACEHOLDER.findall(text):
                if placeholder != "{gap}":
                    message = "the advice ({language}) has {found}; only {{gap}} is filled in"
                    self._reader.report(
                        found["title"].line, message, language=language, found=placeholder
                    )
        return None if action is None else Advice(action=action, title=title)
