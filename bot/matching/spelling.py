"""Repairs typing errors against the words that the catalogue, the article and the rules know."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters; a shorter word has too many neighbours to be mended."""
CUTOFF_SHORT, CUTOFF_LONG = 0.74, 0.70
"""Least likeness (normalised OSA) for words below and from seven letters: measured on CLINC150 and BANKING77 with
typing errors, where they win back 6 of the 9 points that errors cost (docs/decisions/0003-matching.md)."""


class Speller:
    """Knows the right words. `common` are words of English that stand as they are, though the catalogue lacks them."""

    def __init__(self, vocabulary: Iterable[str], common: Collection[str]) -> None:
        self._vocabulary = sorted({word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()})
        self._right = frozenset(self._vocabulary)
        self._common = common
        self._mended: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        return word in self._right or word in self._common

    def mend(self, word: str) -> str:
        """The nearest known word, or the word itself if it is known, short, not a word, or like none."""
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word):
            return word
        if word not in self._mended:
            cutoff = CUTOFF_SHORT if len(word) < 7 else CUTOFF_LONG
            found = process.extractOne(word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
            if len(self._mended) > 10_000:  # bounded, since chats bring new misspellings for ever
                self._mended.clear()
            self._mended[word] = found[0] if found else word
        return self._mended[word]
