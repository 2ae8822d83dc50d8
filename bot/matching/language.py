"""Whether a message is English: by the share of its words that English examples and the article know.

No detector of languages is needed for that. Measured on labelled questions in docs/decisions/0003-matching.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from enum import StrEnum

FEWEST_WORDS = 3
"""Fewer words than this say too little: "vitamine d" is one unknown word of two."""
UNKNOWN_FROM, FOREIGN_FROM = 0.6, 0.4
"""Shares of unknown words, in [0, 1], from which a message is noise, or not English if it shows signs of that."""


class Reading(StrEnum):
    ENGLISH = "english"
    OTHER_LANGUAGE = "other language"
    NOTHING = "nothing"
    """No words that anyone could read: noise, signs, pictures."""


_FOREIGN = frozenset({
    "que", "como", "para", "por", "los", "las", "del", "una", "qué", "cómo", "el", "es", "y", "de", "la", "le",
    "les", "des", "est", "une", "pour", "dans", "avec", "quel", "quelle", "comment", "der", "das", "und", "ist",
    "nicht", "wie", "welche", "was", "wann", "mit", "für", "ein", "eine", "che", "il", "di", "per", "sono", "quali",
    "come", "o", "os", "uma", "não", "qual", "quais", "med", "och", "som", "att", "hur", "vad", "är", "wat", "het",
    "een", "niet", "hoe", "welke", "czy", "jak", "jest", "nie", "co", "ve", "bir", "için", "nedir", "apa", "yang",
    "dan", "untuk", "adalah", "bagaimana"
})  # fmt: skip
"""Small words of other languages written in Latin letters; to tell them from noise, not to tell them apart."""


def read_language(words: list[str], mended: list[str], known: Collection[str]) -> Reading:
    """`words` are folded; `mended` are the same with their spelling mended, which makes noise of few of them."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if not letters:
        return Reading.NOTHING
    foreign_letters = sum(not unicodedata.name(letter, "").startswith(("LATIN", "GREEK")) for letter in letters)
    if foreign_letters > len(letters) / 2:
        return Reading.OTHER_LANGUAGE
    if len(words) < FEWEST_WORDS:
        return Reading.ENGLISH
    unknown = [word for word in words if word not in known]
    signs = _FOREIGN & set(unknown) or any(ord(letter) > 127 for word in unknown for letter in word)
    if signs and len(unknown) >= FOREIGN_FROM * len(words):
        return Reading.OTHER_LANGUAGE
    lost = sum(word not in known for word in mended)
    return Reading.NOTHING if lost >= UNKNOWN_FROM * len(words) else Reading.ENGLISH
