"""Words of a message that may name a place: "7pm New York time", "18:00 IST", "I moved to Spain"."""

from __future__ import annotations

import re

from bot.reminders.tokens import Reading
from bot.reminders.words import ReminderWords

_PLACE = r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,2})"
_TIME = re.compile(r"\b(?P<place>(?:[^\W\d_]+ ){1,3}?)time\b(?! (?:of|to|for|is))")
_ABBREVIATION = re.compile(
    r"\bxtime (?P<place>ist|est|edt|et|cst|cdt|ct|mst|mdt|pst|pdt|pt|gmt|bst|utc|cet|cest|eet|eest|aest|aedt|acst|awst|"
    r"nzst|nzdt|sgt|hkt|jst|msk|uk|us)\b"
)
_ZONE = re.compile(rf"\b(?:time zone|timezone|zone|time) (?:is |to |for |in )+{_PLACE}")
_MOVED = re.compile(rf"\b(?:moved|moving|relocated|live|living|am now|i am) (?:over )?(?:to|in|near) {_PLACE}")
_IDLE_TEXT = (
    "same first next last every any this that my our the local right good full at xtime xday on in xhour to and"
)
_IDLE = frozenset(_IDLE_TEXT.split())


def place_in(reading: Reading, words: ReminderWords) -> str | None:
    """The words, or None."""
    for clause in reading.clauses:
        for pattern in (_ABBREVIATION, _ZONE, _MOVED, _TIME):
            for found in pattern.finditer(clause):
                place = _named(found["place"].split(), words)
                if place:
                    return place
    return None


def _named(place: list[str], words: ReminderWords) -> str | None:
    """The place without words that lead to it; None if nothing is left that might be one."""
    left = [word for word in place if word not in _IDLE]
    if not left or any(word in words.names.parts or (word.startswith("x") and words.is_filler(word)) for word in left):
        return None
    return " ".join(left) if not all(words.knows(word) for word in left) else None
