"""QR codes as drawings inside the page."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


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
