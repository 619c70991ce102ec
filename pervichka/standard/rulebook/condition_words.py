"""A condition told in words, from its checked form."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pervichka.standard.rulebook.catalogue import FACTS, KINDS
from pervichka.standard.rulebook.expressions import (
    Arithmetic,
    Between,
    Bound,
    Call,
    Column,
    Compare,
    In,
    IsNull,
    Literal,
    Logic,
    Negate,
    Node,
    Not,
    Type,
)
from pervichka.standard.rulebook.vocabulary import Vocabulary, kind_language, vocabulary

_MONTHS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SIGNS = {"+": "+", "-": "−", "*": "×"}


class ConditionWords:
    """Tells conditions over one table in one language."""

    def __init__(self, table: str, language: str) -> None:
        self._table = table
        self._language = kind_language(language)
        self._words: Vocabulary = vocabulary(language)

    def tell(self, node: Node) -> str:
        """A condition as a clause that can follow "where"."""
        match node:
            case Logic():
                joint = self._words.phrases[node.operator]
                return joint.join(self._inner(part) for part in node.operands)
            case Compare():
                return self._compare(node)
            case Not():
                return self._not(node)
            case IsNull():
                return self._phrase("null", operand=self.term(node.operand))
            case In():
                return self._in("in", node)
            case _:
                return self._plain(node)

    def term(self, node: Node) -> str:
        """A value: a column, a date, a number, a sum of such."""
        told: str
        match node:
            case Column():
                told = self._words.quoted(self._words.columns[node.name])
            case Bound():
                told = self._words.phrases[node.name]
            case Literal():
                told = self._literal(node)
            case Negate():
                told = f"−{self._inner_term(node.operand)}"
            case Arithmetic():
                left, right = self._inner_term(node.left), self._inner_term(node.right)
                told = f"{left} {_SIGNS[node.operator]} {right}"
            case Call():
                told = self._phrase(node.function, arguments=self._list(node.arguments))
            case _:
                told = f"({self.tell(node)})"
        return told

    def kind(self, name: str) -> str:
        """A kind's short title, or its name for one of another system."""
        titles = {kind.name: kind.title[self._language] for kind in KINDS}
        return self._words.quoted(titles.get(name, name))

    def _plain(self, node: Node) -> str:
        if isinstance(node, Between):
            terms = (self.term(node.operand), self.term(node.low), self.term(node.high))
            return self._phrase("between", operand=terms[0], low=terms[1], high=terms[2])
        if isinstance(node, Column):
            return self._words.conditions.get(node.name, self.term(node))
        return self.term(node)

    def _compare(self, node: Compare) -> str:
        dates = node.left.type is Type.DATE
        signs = self._words.compare_dates if dates else self._words.compare
        left = self._valued(node.left, node.right)
        right = self._valued(node.right, node.left)
        return f"{left} {signs[node.operator]} {right}"

    def _not(self, node: Not) -> str:
        if isinstance(node.operand, IsNull):
            return self._phrase("known", operand=self.term(node.operand.operand))
        if isinstance(node.operand, In):
            return self._in("not_in", node.operand)
        return self._phrase("not", condition=self.tell(node.operand))

    def _in(self, phrase: str, node: In) -> str:
        options = ", ".join(self._valued(option, node.operand) for option in node.options)
        return self._phrase(phrase, operand=self.term(node.operand), options=options)

    def _valued(self, node: Node, beside: Node) -> str:
        """A term; text beside the kind of a fact is a kind, other known words have a name."""
        if not isinstance(node, Literal) or not isinstance(node.value, str):
            return self.term(node)
        if self._table == FACTS and beside == Column("kind", Type.TEXT):
            return self.kind(node.value)
        return self._words.quoted(self._words.values.get(node.value, node.value))

    def _literal(self, node: Literal) -> str:
        value = node.value
        if isinstance(value, bool):
            return self._words.phrases["true" if value else "false"]
        if isinstance(value, int):
            unit = self._words.days if node.type is Type.DAYS else self._words.months
            return amount(value, unit)
        if isinstance(value, Decimal):
            return f"{value:f}".replace(".", self._words.point)
        if isinstance(value, date):
            return self._day(value)
        return self._words.quoted(str(value))

    def _day(self, day: date) -> str:
        if self._language == "ru":
            return f"{day.day} {_MONTHS_RU[day.month - 1]} {day.year} года"
        return day.isoformat()

    def _inner(self, node: Node) -> str:
        return f"({self.tell(node)})" if isinstance(node, Logic) else self.tell(node)

    def _inner_term(self, node: Node) -> str:
        return f"({self.term(node)})" if isinstance(node, Arithmetic) else self.term(node)

    def _list(self, nodes: Sequence[Node]) -> str:
        return ", ".join(self.term(node) for node in nodes)

    def _phrase(self, name: str, **values: str) -> str:
        return self._words.phrases[name].format(**values)


def amount(count: int, forms: tuple[str, str, str]) -> str:
    """`count` with its noun: 1 день, 2 дня, 5 дней (English gives the last two alike)."""
    tens, units = count % 100, count % 10
    if units == 1 and tens != 11 and (count == 1 or forms[1] != forms[2]):
        return f"{count} {forms[0]}"
    few = 2 <= units <= 4 and not 12 <= tens <= 14
    return f"{count} {forms[1] if few else forms[2]}"
