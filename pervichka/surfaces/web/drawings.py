"""Small drawings inside pages: coordinates as text, since a page carries no inline style."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, MARGIN = 240.0, 56.0, 6.0


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Sparkline:
    """A line through the values that are there; a gap in the values is a gap in the line."""

    lines: tuple[str, ...]
    last: Dot | None
    width: float = WIDTH
    height: float = HEIGHT


def sparkline(
    values: Sequence[float | None], *, lowest: float = 0, highest: float = 100
) -> Sparkline:
    """Values from the oldest on, between `lowest` and `highest`, which are the drawing's edges."""
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    spread = (highest - lowest) or 1
    runs: list[list[Dot]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        share = min(max((value - lowest) / spread, 0), 1)
        y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)
        runs[-1].append(Dot(round(MARGIN + index * step, 1), round(y, 1)))
    lines = tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if run)
    dots = [dot for run in runs for dot in run]
    return Sparkline(lines=lines, last=dots[-1] if dots else None)


def qr(address: str) -> SafeString:
    """The address as an SVG without styles of its own; its size is set by the style sheet."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=2,
        svgclass="qr",
        lineclass=None,
        light="#ffffff",
    )
    # Made here from an address of ours; nothing of it was typed by anyone.
    return mark_safe(out.getvalue().decode())  # noqa: S308 - see above
