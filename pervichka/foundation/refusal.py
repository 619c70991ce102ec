"""How input is refused: every reason at once, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing wrong with the input.

    `message` is an English template with `{names}` filled from `params`; surfaces translate the
    template before they fill it. Lines count from 1, with the header of a table being line 1.
    """

    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        parts = [self.file, None if self.line is None else str(self.line), self.column]
        return ":".join(part for part in parts if part is not None)

    def __str__(self) -> str:
        text = self.message.format(**self.params)
        return f"{self.place}: {text}" if self.place else text


class Refused(Exception):
    """The input was refused as a whole and nothing of it was kept."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons: Sequence[Reason] = reasons

    def __str__(self) -> str:
        return "\n".join(str(reason) for reason in self.reasons)


def refuse(message: str, **params: object) -> Refused:
    """A refusal with one reason and no place: `raise refuse("…{name}…", name=…)`."""
    return Refused(Reason(message=message, params=params))
