"""The program that decodes: a picture on standard input; its codes and a new picture on output."""

import io
import json
import resource
import sys

import zxingcpp
from PIL import Image, ImageOps

_BYTES, _SECONDS = 1024**3, 20
_MOST_PIXELS = 50_000_000
_LONGEST, _QUALITY = 2_000, 82


def limit() -> None:
    """From here on so much memory and time, and not a byte into any file."""
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made_anew(content: bytes) -> tuple[list[str], bytes]:
    """What its QR codes say, and the picture as a JPEG in which nothing is but its points."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as sent:
        # The size stands in the head: a picture that would inflate is never decoded.
        if sent.width * sent.height > _MOST_PIXELS:
            raise ValueError(sent.size)
        upright = ImageOps.exif_transpose(sent).convert("RGB")
    squares = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(upright.convert("L"), formats=squares)
    upright.thumbnail((_LONGEST, _LONGEST))
    # Onto an empty one: comments and profiles hang on the picture that was decoded.
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY)
    return [one.text for one in found], written.getvalue()


def main() -> int:
    limit()
    try:
        codes, picture = made_anew(sys.stdin.buffer.read())
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        # Whatever a broken picture makes of the decoder.
        return 1
    said = json.dumps(codes).encode()
    sys.stdout.buffer.write(len(said).to_bytes(4) + said + picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
