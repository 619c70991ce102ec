"""A picture written anew: upright, no wider than a screen, without what the camera knows.

Runs as a program, confined: picture in, JPEG out. Place, time and device of the photo, thumbnails
and whatever was hidden behind the picture stay behind.
"""

import sys
import warnings
from io import BytesIO
from typing import Final

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from pervichka.foundation import confined

FORMATS: Final = (JpegImagePlugin.JpegImageFile.format, PngImagePlugin.PngImageFile.format)
# What reading a JPEG of a phone's may want by itself, when nothing can be imported any more.
BESIDES: Final = (MpoImagePlugin, TiffImagePlugin)
_LONGEST_SIDE = 1600
_MOST_PIXELS = 50_000_000
_QUALITY = 85


def written_anew(content: bytes) -> bytes | None:
    """The picture as a JPEG; none if it is no picture that can be read."""
    return confined.run(__name__, content)


def main() -> None:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    warnings.simplefilter("error")
    Image.preinit()
    confined.confine()
    sent = Image.open(BytesIO(sys.stdin.buffer.read()), formats=FORMATS)
    sent.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    upright = ImageOps.exif_transpose(sent).convert("RGBA")
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    made = BytesIO()
    paper.save(made, "JPEG", quality=_QUALITY)
    sys.stdout.buffer.write(made.getvalue())


if __name__ == "__main__":
    main()
