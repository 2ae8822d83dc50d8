"""Reads an utterance: folds it, mends its spelling, puts the article's words for the layman's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.matching.normalise import fold, with_synonyms, words_of
from bot.matching.spelling import Speller


@dataclass(frozen=True)
class Utterance:
    """What a person said, in the form that matching works on."""

    folded: str
    """Folded and nothing else."""
    mended: str
    """Folded, with its spelling mended."""
    text: str
    """Folded, mended, with synonyms; empty if nothing readable was said."""

    @property
    def words(self) -> list[str]:
        return self.text.split()


class Reader:
    def __init__(self, synonyms: Mapping[str, str], speller: Speller) -> None:
        self._synonyms = synonyms
        self._speller = speller

    def read(self, text: str) -> Utterance:
        words = words_of(text)
        mended = [self._speller.mend(word) for word in words]
        return Utterance(" ".join(words), " ".join(mended), " ".join(with_synonyms(mended, self._synonyms)))

    def knows(self, word: str) -> bool:
        """Whether it is a word as it stands: of the catalogue, the article or common English."""
        return self._speller.knows(word)

    def read_author(self, text: str) -> str:
        """The same for examples and excerpts, which need no mending."""
        return " ".join(with_synonyms(fold(text).split(), self._synonyms))
