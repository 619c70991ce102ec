"""An indicator told in words, made from the document: for the public page and the evidence."""

from dataclasses import dataclass

from pervichka.standard.rulebook.condition_words import ConditionWords, amount
from pervichka.standard.rulebook.document import (
    Aggregate,
    Count,
    Distinct,
    Indicator,
    ShareOf,
    Sum,
    Window,
)
from pervichka.standard.rulebook.expressions import Column, Compare, Literal, Logic, Node, Type
from pervichka.standard.rulebook.vocabulary import Vocabulary, vocabulary
from pervichka.standard.rulebook.where import parse_where

_KIND = Column("kind", Type.TEXT)


@dataclass(frozen=True, kw_only=True)
class IndicatorWords:
    """One indicator in one language.

    `denominator` is none where the numerator itself is the value; `notes` say what restricts or
    multiplies them (evidence, `per`); `scale` says what is worth 0 and 100 points; `formula` is
    numerator and denominator in one sentence.
    """

    numerator: str
    denominator: str | None
    notes: tuple[str, ...]
    scale: str
    formula: str


def indicator_in_words(indicator: Indicator, language: str) -> IndicatorWords:
    """What an indicator counts, in `ru` or `en` (English for any other language)."""
    words = vocabulary(language)
    teller = _Teller(indicator, language, words)
    measure = indicator.measure
    notes = [words.evidence[e] for e in [indicator.evidence.value] if e in words.evidence]
    if isinstance(measure, ShareOf):
        level = words.levels[measure.level]
        numerator = words.phrases["share"].format(
            level=level,
            measure=teller.aggregate(measure.having),
            least=number_in_words(measure.at_least, words),
        )
        denominator: str | None = words.phrases["share_all"].format(level=level)
    else:
        numerator = teller.aggregate(measure.numerator)
        denominator = None
        if measure.denominator is not None:
            denominator = teller.aggregate(measure.denominator)
        if measure.per != 1:
            notes.append(words.phrases["per"].format(per=number_in_words(measure.per, words)))
    formula = numerator
    if denominator is not None:
        formula = words.phrases["divided"].format(numerator=numerator, denominator=denominator)
    return IndicatorWords(
        numerator=_sentence(numerator),
        denominator=None if denominator is None else _sentence(denominator),
        notes=tuple(_sentence(note) for note in notes),
        scale=words.phrases["scale"].format(
            floor=_level(indicator.floor, indicator, words),
            target=_level(indicator.target, indicator, words),
        ),
        formula=_sentence(formula),
    )


def number_in_words(number: float, words: Vocabulary) -> str:
    """A number of the document as it was written, with the language's decimal point."""
    text = str(int(number)) if number == int(number) else repr(number)
    return text.replace(".", words.point).replace("-", "−")


def _level(number: float, indicator: Indicator, words: Vocabulary) -> str:
    """A bound of the scale, in per cent where the measure is a share."""
    measure = indicator.measure
    share = isinstance(measure, ShareOf) or (measure.denominator is not None and measure.per == 1)
    if share and max(abs(indicator.floor), abs(indicator.target)) <= 1:
        percent = number_in_words(round(number * 100, 6), words)
        return words.phrases["percent"].format(number=percent)
    return number_in_words(number, words)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Teller:
    """Tells the counts of one indicator."""

    def __init__(self, indicator: Indicator, language: str, words: Vocabulary) -> None:
        self._indicator = indicator
        self._language = language
        self._words = words

    def aggregate(self, aggregate: Aggregate) -> str:
        kind, condition = self._parted(aggregate)
        teller = ConditionWords(aggregate.table, self._language)
        named = f" {teller.kind(kind)}" if kind is not None else ""
        counted = self._counted(aggregate, named)
        if aggregate.table == "facts":
            counted = f"{counted} {self._when(aggregate.window)}"
        parts = [counted]
        if isinstance(aggregate, Distinct) and aggregate.at_least > 1:
            times = self._words.phrases["times"].format(count=aggregate.at_least)
            parts.append(self._words.phrases["at_least"].format(times=times))
        if condition is not None:
            told = teller.tell(condition)
            parts.append(self._words.phrases["where"].format(condition=told))
        return ", ".join(parts)

    def _counted(self, aggregate: Aggregate, named: str) -> str:
        rows = self._words.rows[aggregate.table]
        among = rows.among + named
        match aggregate:
            case Count():
                return self._phrase("count", rows=rows.counted + named)
            case Sum():
                column = self._words.quoted(self._words.columns[aggregate.column])
                return self._phrase("sum", column=column, rows=among)
            case Distinct():
                values = self._words.distinct.get(aggregate.column)
                if values is None:
                    column = self._words.quoted(self._words.columns[aggregate.column])
                    values = self._phrase("distinct_values", column=column)
                return self._phrase("distinct", values=values, rows=among)

    def _parted(self, aggregate: Aggregate) -> tuple[str | None, Node | None]:
        """The one kind that the rows must be of, if any, and what else the condition says."""
        if aggregate.where is None:
            return None, None
        node = parse_where(aggregate.where, table=aggregate.table, kinds=None)
        if aggregate.table != "facts":
            return None, node
        operands = node.operands if isinstance(node, Logic) and node.operator == "and" else (node,)
        for at, operand in enumerate(operands):
            match operand:
                case Compare(operator="=", left=left, right=Literal(value=str(kind))) if (
                    left == _KIND
                ):
                    rest = operands[:at] + operands[at + 1 :]
                    if len(rest) > 1:
                        return kind, Logic("and", rest)
                    return kind, rest[0] if rest else None
        return None, node

    def _when(self, window: Window | None) -> str:
        if window is None:
            return self._words.periods[self._indicator.period]
        if window.days is not None:
            size = amount(window.days, self._words.days)
        else:
            size = amount(window.months or 0, self._words.months)
        return self._phrase("window", size=size)

    def _phrase(self, name: str, **values: str) -> str:
        return self._words.phrases[name].format(**values)
