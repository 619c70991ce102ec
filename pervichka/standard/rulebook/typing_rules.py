"""Which types may meet in a `where`, and what to write instead where they may not."""

from collections.abc import Collection, Sequence

from pervichka.standard.rulebook.catalogue import FACTS, TABLES
from pervichka.standard.rulebook.document import EvidenceClass
from pervichka.standard.rulebook.expressions import (
    Call,
    Column,
    Literal,
    Node,
    Type,
)

_INTERVALS = frozenset({Type.DAYS, Type.MONTHS})
_ORDERED = frozenset({Type.NUMBER, Type.DATE, Type.TEXT})
_FACTS_EVIDENCE = Column("evidence", TABLES[FACTS]["evidence"])


class Wrong(Exception):
    """What is wrong with a condition: the template of a `Reason` and its values."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class TypeRules:
    """The rules for one condition; `kinds` are those a fact may have, none means any."""

    def __init__(self, kinds: Collection[str] | None) -> None:
        self._kinds = kinds

    def boolean(self, node: Node, operator: str) -> Node:
        if node.type is not Type.BOOLEAN:
            raise Wrong(
                "`{operator}` joins conditions, but one of them is a {type}; compare it with "
                "something",
                operator=operator,
                type=node.type.value,
            )
        return node

    def number(self, node: Node, operator: str) -> Node:
        if node.type is not Type.NUMBER:
            message = "`{operator}` takes a number, not a {type}"
            raise Wrong(message, operator=operator, type=node.type.value)
        return node

    def nullable(self, node: Node) -> Node:
        if node.type in _INTERVALS or node.type is Type.EVIDENCE:
            raise Wrong("`is null` can't follow {type}, which is never null", type=node.type.value)
        return node

    def arithmetic(self, operator: str, left: Node, right: Node) -> Type:
        """The type of `left operator right`."""
        types = (left.type, right.type)
        if types == (Type.NUMBER, Type.NUMBER):
            return Type.NUMBER
        if operator == "-" and types == (Type.DATE, Type.DATE):
            return Type.NUMBER
        if operator != "*" and left.type is Type.DATE and right.type in _INTERVALS:
            return Type.DATE
        if operator == "+" and left.type in _INTERVALS and right.type is Type.DATE:
            return Type.DATE
        remedy = "numbers take + - *; a date takes + or - of an interval, or - of a date"
        if Type.DATE in types and Type.NUMBER in types:
            remedy = "add days to a date as interval '90 days'"
        elif left.type in _INTERVALS and right.type in _INTERVALS:
            remedy = "add intervals to a date one after the other"
        raise Wrong(
            "a {left} {operator} a {right} means nothing: {remedy}",
            left=left.type.value,
            operator=operator,
            right=right.type.value,
            remedy=remedy,
        )

    def compared(self, operator: str, nodes: Sequence[Node]) -> list[Node]:
        """The operands of a comparison, `in` or `between`, with evidence literals typed."""
        if any(node.type is Type.EVIDENCE for node in nodes):
            return self._evidence(operator, nodes)
        self._same_type(operator, nodes)
        self._known_kinds(nodes)
        if operator not in {"=", "<>", "in"} and nodes[0].type not in _ORDERED:
            message = "a {type} has no order; compare it with = or <>"
            raise Wrong(message, type=nodes[0].type.value)
        return list(nodes)

    def call(self, function: str, arguments: Sequence[Node]) -> tuple[list[Node], Type]:
        """A function's arguments and the type of its result."""
        if any(node.type is Type.EVIDENCE for node in arguments):
            raise Wrong("evidence takes only =, <> and in; it can't stand in {name}", name=function)
        if function == "abs":
            self.number(arguments[0], "abs")
            return list(arguments), Type.NUMBER
        self._same_type(function, arguments)
        self._known_kinds(arguments)
        type_ = arguments[0].type
        if function != "coalesce" and type_ not in _ORDERED:
            raise Wrong("{name} takes numbers, dates or text, not a {type}", name=function,
                        type=type_.value)  # fmt: skip
        return list(arguments), type_

    def _same_type(self, operator: str, nodes: Sequence[Node]) -> None:
        first = nodes[0].type
        for node in nodes:
            if node.type in _INTERVALS:
                raise Wrong("an interval can only be added to a date or taken from one")
            if node.type is not first:
                types = {first, node.type}
                remedy = "both sides must be of one type"
                if types == {Type.DATE, Type.TEXT}:
                    remedy = "write a date as date '2026-01-31'"
                elif types == {Type.NUMBER, Type.TEXT}:
                    remedy = "write a number without quotes and text in single quotes"
                elif types == {Type.DATE, Type.NUMBER}:
                    remedy = "a date minus a date is a number of days"
                raise Wrong(
                    "`{operator}` can't join a {left} and a {right}: {remedy}",
                    operator=operator,
                    left=first.value,
                    right=node.type.value,
                    remedy=remedy,
                )

    def _known_kinds(self, nodes: Sequence[Node]) -> None:
        if self._kinds is None or not any(_speaks_of_kind(node) for node in nodes):
            return
        for node in nodes:
            if isinstance(node, Literal) and node.value not in self._kinds:
                raise Wrong(
                    "there is no kind {kind}; the catalogue has: {allowed} (a kind of another "
                    "system begins with x. and is registered first)",
                    kind=repr(node.value),
                    allowed=", ".join(sorted(self._kinds)),
                )

    def _evidence(self, operator: str, nodes: Sequence[Node]) -> list[Node]:
        if operator not in {"=", "<>", "in"}:
            message = "evidence takes only =, <> and in, not `{operator}`"
            raise Wrong(message, operator=operator)
        typed: list[Node] = []
        for node in nodes:
            if isinstance(node, Literal) and node.value in set(EvidenceClass):
                typed.append(Literal(node.value, Type.EVIDENCE))
            elif node == _FACTS_EVIDENCE:
                typed.append(node)
            else:
                raise Wrong(
                    "evidence is compared with one of: {allowed}",
                    allowed=", ".join(f"'{name}'" for name in EvidenceClass),
                )
        return typed


def _speaks_of_kind(node: Node) -> bool:
    if isinstance(node, Call):
        return any(_speaks_of_kind(argument) for argument in node.arguments)
    return isinstance(node, Column) and node.name == "kind"
