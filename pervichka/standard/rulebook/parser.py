"""A standard's YAML → `Standard`, or a refusal with every mistake, its line and its remedy."""

from collections.abc import Collection
from pathlib import Path

from pervichka.foundation.refusal import Reason, Refused
from pervichka.standard.rulebook.document import Criterion, Grade, Peers, Standard
from pervichka.standard.rulebook.indicators import IndicatorReader
from pervichka.standard.rulebook.reader import Reader
from pervichka.standard.rulebook.yaml_lines import (
    MAX_CHARACTERS,
    Items,
    Keys,
    YamlNode,
    read_yaml,
)

_REQUIRED = ("standard", "version", "title", "source", "valid_from", "grades", "criteria")
_OPTIONAL = ("grade_needs", "peers")
_SIZES = ("voters", "precincts")
LOWEST_GRADE = "D"


def parse(text: str, *, file: str, kinds: Collection[str] | None = ()) -> Standard:
    """The standard that a YAML text describes.

    `kinds` are those registered for other systems (`x.…`), known besides the documented ones;
    none means any kind, for a document that was checked when it was published. Raises `Refused`
    with every reason, each with file and line (from 1).
    """
    roots, reasons = read_yaml(text, file=file)
    reader = Reader(file)
    standards = [_DocumentReader(reader, kinds).standard(root) for root in roots]
    if reasons or reader.reasons or len(standards) != 1 or standards[0] is None:
        # What was refused as YAML is not refused again for what it then looks like.
        told = {reason.line for reason in reasons}
        reasons += [reason for reason in reader.reasons if reason.line not in told]
        raise Refused(*sorted(reasons, key=lambda reason: reason.line or 0))
    return standards[0]


def parse_file(path: Path, *, kinds: Collection[str] | None = ()) -> Standard:
    """As `parse`, from a UTF-8 file, named in refusals as it was given."""
    return parse(read_text(path), file=str(path), kinds=kinds)


def read_text(path: Path) -> str:
    """A document's text; refuses a file that is missing, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MAX_CHARACTERS + 1)
    except OSError as error:
        message = "the file can't be read: {problem}"
        raise _refused(path, message, problem=error.strerror or str(error)) from None
    if len(raw) > 4 * MAX_CHARACTERS:
        raise _refused(path, "the file is larger than {limit} bytes", limit=4 * MAX_CHARACTERS)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(path, "the file is not UTF-8; save it as UTF-8", line=line) from None


def _refused(path: Path, message: str, line: int | None = None, **params: object) -> Refused:
    return Refused(Reason(message=message, params=params, file=str(path), line=line))


class _DocumentReader:
    def __init__(self, reader: Reader, kinds: Collection[str] | None) -> None:
        self._reader = reader
        self._indicators = IndicatorReader(reader, kinds)

    def standard(self, root: YamlNode) -> Standard | None:
        found = self._reader.keys(root, "a standard", _REQUIRED, _OPTIONAL)
        if found is None:
            return None
        read = self._reader
        # Every part is read even where another is missing, so that all mistakes come at once.
        slug = read.slug(found["standard"], "standard") if "standard" in found else None
        version = read.version(found["version"]) if "version" in found else None
        title = read.texts(found["title"], "title") if "title" in found else {}
        source = read.text(found["source"], "source") if "source" in found else None
        valid_from = read.date(found["valid_from"], "valid_from") if "valid_from" in found else None
        grades = self._grades(found["grades"]) if "grades" in found else ()
        needs = self._grade_needs(found["grade_needs"]) if "grade_needs" in found else 0.0
        peers = self._peers(found["peers"]) if "peers" in found else None
        criteria = self._criteria(found["criteria"]) if "criteria" in found else ()
        if slug is None or version is None or source is None or valid_from is None or needs is None:
            return None
        return Standard(
            slug=slug,
            version=version,
            title=title,
            source=source,
            valid_from=valid_from,
            grades=grades,
            criteria=criteria,
            grade_needs=needs,
            peers=peers,
        )

    def _grade_needs(self, node: YamlNode) -> float | None:
        share = self._reader.number(node, "grade_needs")
        if share is not None and not 0 <= share <= 1:
            self._reader.report(node.line, "grade_needs must be a share from 0 to 1, such as 0.6")
            return None
        return share

    def _grades(self, node: YamlNode) -> tuple[Grade, ...]:
        if not isinstance(node, Keys) or (node.whole and not node.entries):
            message = "grades must be lower bounds by grade, as {{A: 85, B: 70, C: 50}}"
            self._reader.report(node.line, message)
            return ()
        grades: list[Grade] = []
        for name, value in node.entries.items():
            line = node.lines[name]
            if name == LOWEST_GRADE or not name.strip() or len(name) > 20:
                message = "the grade {name} can't be listed: {lowest} is what lies below the last"
                self._reader.report(line, message, name=repr(name), lowest=LOWEST_GRADE)
                continue
            bound = self._reader.number(value, f"the bound of {name}")
            if bound is None:
                continue
            if not 0 <= bound <= 100:
                self._reader.report(line, "the bound of {name} must be from 0 to 100", name=name)
            elif grades and bound >= grades[-1].bound:
                message = "grades go from the highest bound down: {name} must be below {above}"
                self._reader.report(line, message, name=name, above=f"{grades[-1].bound:g}")
            else:
                grades.append(Grade(name=name, bound=bound))
        return tuple(grades)

    def _peers(self, node: YamlNode) -> Peers | None:
        found = self._reader.keys(node, "peers", ["by", "bands"])
        if found is None or len(found) < 2:
            return None
        by = self._reader.choice(found["by"], "peers by", _SIZES)
        bands: list[float] = []
        for item in self._reader.items(found["bands"], "bands"):
            bound = self._reader.positive(item, "a band's bound")
            if bound is None:
                continue
            if bands and bound <= bands[-1]:
                message = "bands must rise: {bound} is not above {before}"
                self._reader.report(item.line, message, bound=f"{bound:g}", before=f"{bands[-1]:g}")
            bands.append(bound)
        return None if by is None else Peers(by=by, bands=tuple(bands))

    def _criteria(self, node: YamlNode) -> tuple[Criterion, ...]:
        read = (self._criterion(item) for item in self._reader.items(node, "criteria"))
        return tuple(criterion for criterion in read if criterion is not None)

    def _criterion(self, node: YamlNode) -> Criterion | None:
        found = self._reader.keys(node, "a criterion", ["id", "title", "weight", "indicators"])
        if found is None:
            return None
        id_ = self._indicators.unique_id(found["id"]) if "id" in found else None
        title = self._reader.texts(found["title"], "title") if "title" in found else {}
        weight = self._reader.positive(found["weight"], "weight") if "weight" in found else None
        listed = found.get("indicators", Items((), node.line))
        items = self._reader.items(listed, "indicators") if "indicators" in found else ()
        read = [self._indicators.indicator(item) for item in items]
        if id_ is None or weight is None:
            return None
        indicators = tuple(indicator for indicator in read if indicator is not None)
        return Criterion(id=id_, title=title, weight=weight, indicators=indicators)
