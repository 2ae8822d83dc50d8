"""One form for what people type: NFKC, lower case, contractions spelled out, Greek letters named, words only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_CONTRACTIONS = {
    "aint": "is not", "arent": "are not", "cant": "can not", "cannot": "can not", "couldnt": "could not",
    "didnt": "did not", "doesnt": "does not", "dont": "do not", "hadnt": "had not", "hasnt": "has not",
    "havent": "have not", "im": "i am", "isnt": "is not", "ive": "i have", "shouldnt": "should not",
    "theres": "there is", "theyre": "they are", "wasnt": "was not", "werent": "were not", "weve": "we have",
    "whats": "what is", "wheres": "where is", "whos": "who is", "wont": "will not", "wouldnt": "would not",
    "youre": "you are", "youve": "you have", "hows": "how is", "thats": "that is", "pls": "please",
    "plz": "please", "u": "you", "ur": "your", "wat": "what", "wht": "what", "dat": "that", "thx": "thanks",
    "gonna": "going to", "wanna": "want to", "gimme": "give me", "lemme": "let me", "dunno": "do not know",
}  # fmt: skip
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would", "'s": ""}
_GREEK = {"α": "alpha", "β": "beta", "κ": "kappa", "γ": "gamma"}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})
_BREAKS = str.maketrans("\n\r\t", "   ")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SYMBOL = re.compile(r"(?<!\d)(?<!\d )\b(Mg|Ca)\b")  # with its capital it is the element; "20 Mg" may be a dose
_ELEMENTS = {"Mg": "magnesium", "Ca": "calcium"}
_INVISIBLE = ("Cf", "Cc", "Mn")
"""Unicode categories that a reader does not see: format and control characters, and marks left over by NFKC."""

MAX_CHARACTERS = 2000
"""Of a longer message the beginning and the end are read; a question stands at one of them."""


def fold(text: str) -> str:
    """The text as plain lower-case words parted by single blanks; may be empty."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The folded words in order, contractions spelled out: "What's K2?" -> ["what", "is", "k2"]."""
    words: list[str] = []
    shown = visible(_shortened(text)).translate(_QUOTES)
    for word in _WORD.findall(_SYMBOL.sub(lambda found: _ELEMENTS[found[0]], shown).lower()):
        if word.isascii() and word.isalnum() and word not in _CONTRACTIONS:
            words.append(word)  # nearly every word: at the start a million of them are read
        else:
            words += " ".join(map(_spelled_out, _greek(word).split())).split()
    return words


def visible(text: str) -> str:
    """Without characters that are not seen; line breaks and tabs become blanks."""
    if text.isascii() and text.isprintable():
        return text
    shown = unicodedata.normalize("NFKC", text).translate(_BREAKS)
    return "".join(character for character in shown if unicodedata.category(character) not in _INVISIBLE)


def with_synonyms(words: list[str], synonyms: Mapping[str, str]) -> list[str]:
    """Replace words, and pairs and triples of words, that the synonyms know; the longest first."""
    result: list[str] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if len(words) - at >= length and phrase in synonyms:
                result += synonyms[phrase].split()
                at += length
                break
        else:
            result.append(words[at])
            at += 1
    return result


def _shortened(text: str) -> str:
    half = MAX_CHARACTERS // 2
    return text if len(text) <= MAX_CHARACTERS else f"{text[:half]} {text[-half:]}"


def _greek(word: str) -> str:
    for letter, name in _GREEK.items():
        word = word.replace(letter, f" {name} ")
    return word


def _spelled_out(word: str) -> str:
    bare = word.replace("'", "")
    if bare in _CONTRACTIONS:
        return _CONTRACTIONS[bare]
    for ending, full in _ENDINGS.items():
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return _CONTRACTIONS.get(stem, stem) + full
    return bare
