"""Words that no kind of fact of another system may bear: what the register refuses to hold.

Stems in both languages, matched at the beginning of a word.
"""

import re

REFUSED_STEMS: dict[str, tuple[str, ...]] = {
    "voting": (
        "vote", "voti", "ballot", "turnout", "elector", "polling",
        "голос", "проголос", "избирател", "явк", "бюллетен", "урн",
        "golos", "yavk", "javk",
    ),
    "employment": (
        "employ", "workplace", "salar", "wage", "payroll", "job", "occupation",
        "работодател", "трудоустр", "зарплат", "заработн", "безработ", "увольн",
        "rabotodatel", "zarplat",
    ),
    "health": (
        "health", "disease", "diagnos", "disab", "medical", "illness", "patient", "vaccin",
        "здоров", "болезн", "диагноз", "инвалид", "медиц", "пациент", "вакцин", "прививк",
        "zdorov", "diagnoz", "invalid",
    ),
    "religion": (
        "relig", "faith", "church", "mosque", "prayer", "christian", "muslim", "jewish",
        "религ", "вероисповед", "церк", "мечет", "молит", "православ", "мусульман", "христиан",
        "veroisp", "cerkov", "tserk", "mechet",
    ),
}  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")


def refused_subject(*texts: str) -> tuple[str, str] | None:
    """The subject and the word by which a text is refused, or none."""
    for text in texts:
        for word in _WORD.findall(text.casefold().replace("ё", "е")):
            for subject, stems in REFUSED_STEMS.items():
                if word.startswith(stems):
                    return subject, word
    return None
