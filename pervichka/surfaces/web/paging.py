"""Long lists by the page: which part is shown, and the addresses of its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

SIZE, SIZE_ON_PHONE = 50, 20
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Part `number` (from 1) of a list of `total`; the neighbours' addresses keep every filter."""

    items: Sequence[T]
    number: int
    total: int
    size: int
    before: str | None
    after: str | None

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def is_only(self) -> bool:
        return self.before is None and self.after is None


def size_for(request: HttpRequest, *, wide: int = SIZE, phone: int = SIZE_ON_PHONE) -> int:
    """Rows of a page whose rows become small cards on a phone: there fewer are a page."""
    return phone if "Mobi" in request.headers.get("User-Agent", "") else wide


def page_number(request: HttpRequest) -> int:
    """The page asked for in the address, from 1; anything that is no such number is 1."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 10**9 else 1


def offset_of(request: HttpRequest, size: int = SIZE) -> int:
    """How many rows come before the page asked for."""
    return (page_number(request) - 1) * size


def page_of(request: HttpRequest, items: Sequence[T], *, total: int, size: int = SIZE) -> Page[T]:
    """The page from the rows that a query gave for it."""
    number = page_number(request)
    return Page(
        items=items,
        number=number,
        total=total,
        size=size,
        before=address_with(request, page=str(number - 1)) if number > 1 else None,
        after=address_with(request, page=str(number + 1)) if number * size < total else None,
    )


def sliced(request: HttpRequest, items: Sequence[T], size: int = SIZE) -> Page[T]:
    """The page of a list that is whole in memory."""
    start = offset_of(request, size)
    return page_of(request, items[start : start + size], total=len(items), size=size)


def address_with(request: HttpRequest, **changes: str | None) -> str:
    """This page's address with some of its parameters changed, or taken out where None."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()
