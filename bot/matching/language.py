"""Whether a message is English: by the share of its words that English examples and the article know.

No detector of languages is needed for that. Measured on labelled questions in docs/decisions/0003-matching.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from enum import StrEnum

FEWEST_WORDS = 3
"""Fewer words than this say too little of a language: one word of them that is known is enough."""
UNKNOWN_FROM, FOREIGN_FROM, ACCENTS_FROM = 0.6, 0.25, 0.4
"""Shares of unknown words, in [0, 1], from which a message is noise; is not English if a small word of another language
is among them; and is not if only a letter is that English has not."""


class Reading(StrEnum):
    ENGLISH = "english"
    OTHER_LANGUAGE = "other language"
    NOTHING = "nothing"
    """No words that anyone could read: noise, signs, pictures."""


_FOREIGN = frozenset({
    "adalah", "apa", "apakah", "att", "au", "auch", "auf", "aux", "avec", "ayuda", "bagaimana", "bei", "bir",
    "botten", "che", "co", "combien", "comment", "como", "con", "cosa", "cuál", "cuáles", "czy", "czym", "cómo",
    "dan", "dans", "das", "de", "del", "della", "delle", "dem", "dengan", "der", "des", "di", "dla", "dlaczego",
    "doet", "du", "een", "ein", "eine", "el", "elle", "en", "es", "est", "fa", "faire", "fait", "fanno", "faz",
    "fazem", "för", "für", "gegen", "gli", "gut", "hace", "hacen", "het", "ho", "hoe", "huesos", "hur", "hva", "hvad",
    "hvilke", "ich", "ik", "il", "im", "inte", "ist", "için", "jag", "jak", "jakie", "je", "jeg", "jest", "kan",
    "kann", "kemik", "kenapa", "kości", "które", "la", "las", "le", "les", "los", "ma", "macht", "med", "mein",
    "meine", "mengapa", "mes", "meu", "mi", "mia", "mijn", "minha", "mio", "mis", "mit", "mitt", "moje", "mon", "na",
    "naar", "nao", "nasıl", "ne", "neden", "nedir", "nel", "nelerdir", "nella", "nicht", "nie", "niet", "nous", "não",
    "o", "och", "os", "ossa", "ossos", "para", "per", "perché", "pero", "por", "porque", "posso", "pour", "pourquoi",
    "puedo", "puis", "può", "på", "quais", "qual", "quale", "quali", "quanto", "que", "quel", "quelle", "quelles",
    "quels", "qui", "qué", "robi", "saya", "sert", "serve", "ses", "sie", "sirve", "som", "son", "sono", "sont", "su",
    "sur", "são", "tem", "tiene", "tienen", "tulang", "têm", "uma", "una", "und", "une", "untuk", "vad", "varför",
    "ve", "vilka", "vilken", "voor", "vous", "waarom", "wann", "warum", "wat", "welche", "welcher", "welches",
    "welke", "wie", "wir", "wofür", "wordt", "wozu", "y", "yang", "zijn", "zum", "zur", "är",
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
    unknown = [word for word in words if word not in known]
    if len(words) < FEWEST_WORDS and any(word in known for word in mended):
        return Reading.ENGLISH
    accents = any(ord(letter) > 127 for word in unknown for letter in word)
    least = FOREIGN_FROM if _FOREIGN & set(unknown) else ACCENTS_FROM if accents else 1.1
    if len(unknown) >= least * len(words):
        return Reading.OTHER_LANGUAGE
    lost = sum(word not in known for word in mended)
    return Reading.NOTHING if lost >= UNKNOWN_FROM * len(words) else Reading.ENGLISH
