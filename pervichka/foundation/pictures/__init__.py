"""Photos that people send: read in a process of their own, and written anew without metadata.

Whoever sends one may have made it to harm: so what decodes it is another program, which knows
nothing of us, may take so much memory and time, writes no file, and gives back plain data.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_SECONDS = 30
_HEAD = 4


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A JPEG made anew, upright and no larger than is needed, and what its QR codes say."""

    content: bytes
    codes: Sequence[str]


class NoPicture(Exception):
    """It is no JPEG or PNG that can be read here."""


def read_picture(content: bytes) -> Picture:
    """Raises `NoPicture`."""
    try:
        done = subprocess.run(
            # Apart from the environment, so that nothing of the caller's reaches the decoder.
            [sys.executable, "-I", "-m", "pervichka.foundation.pictures"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise NoPicture from None
    said, length = done.stdout, int.from_bytes(done.stdout[:_HEAD])
    codes = json.loads(said[_HEAD : _HEAD + length])
    return Picture(content=said[_HEAD + length :], codes=[str(code) for code in codes])
