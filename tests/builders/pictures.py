"""Photos for tests: a sheet of paper, with a square on it or none."""

import io

import segno
from PIL import Image

WIDTH, HEIGHT = 1200, 1600


def a_picture(
    square: str = "", *, form: str = "JPEG", turned: float = 0, camera: str = "", size: int = 4
) -> bytes:
    """A page with a QR code that says `square`; `camera`: what the camera wrote into the file."""
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    if square:
        drawn = io.BytesIO()
        segno.make(square, micro=False).save(drawn, kind="png", scale=size, border=4)
        with Image.open(drawn) as code:
            page.paste(code.convert("RGB"), (700, 1200))
    page = page.rotate(turned, fillcolor="white")
    said = Image.Exif()
    if camera:
        said[0x010E] = camera
    written = io.BytesIO()
    page.save(written, form, exif=said)
    return written.getvalue()
