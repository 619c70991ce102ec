"""What is sealed in this room's tables: who asked, and every word that was written.

`CELLS` names each column once, so that a change of keys forgets none.
"""

import json
from dataclasses import asdict, dataclass

from pervichka.foundation.vault import Cell

APPLICANT = Cell("appeal", "sealed_applicant")
WORDS = Cell("appeal", "sealed_words")
STEP = Cell("appeal_step", "sealed_text")

LETTER = Cell("appeal_letter", "sealed_text")
REPLY = Cell("appeal_letter", "sealed_reply")
FILE = Cell("appeal_attachment", "sealed_content")
VISITOR = Cell("surgery_booking", "sealed_visitor")

CELLS = (APPLICANT, WORDS, STEP, LETTER, REPLY, FILE, VISITOR)


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who asks, and how they can be reached. Phone in E.164; any of the three ways may be empty."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> "Applicant":
        return cls(**json.loads(text))
