"""Patterns of words that an author can read and write, for rules that must not depend on a score.

    stop|quit (taking) <medicine>     one of two words, perhaps a third, then any word of the list `medicine`
    swell* ... leg                    a word that begins so, then within four words another
    leg & swollen                     both in one sentence, in any order
    <n> mg                            a number, then a word
    can_not|hardly breathe            an alternative of two words

They are matched against folded words (see normalise.py), sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ContentError

_GAP = r"(?:\S+ ){0,4}"
_ATOM = re.compile(r"\.\.\.|\([^()]+\)|\S+")
_ALLOWED = re.compile(r"[\w|<>*]+")
_NUMBER = r"\d[\d.,]*"

Lists = Mapping[str, Sequence[str]]
"""Named lists of words or short phrases, for <name> in a pattern."""


@dataclass(frozen=True)
class Phrase:
    """A compiled pattern; `text` is as the author wrote it."""

    text: str
    parts: tuple[re.Pattern[str], ...]

    def find(self, sentence: str) -> re.Match[str] | None:
        """Where the pattern stands in the folded sentence (of parts joined by &, the first), or None."""
        found = [part.search(f"{sentence} ") for part in self.parts]
        return found[0] if all(found) else None


def compile_phrase(text: str, lists: Lists) -> Phrase:
    """Raises ContentError if the pattern has a list that is not there, or a sign that means nothing."""
    return Phrase(text, tuple(_compile_part(part, text, lists) for part in text.split(" & ")))


def words_in(phrases: Iterable[str], lists: Lists) -> set[str]:
    """All whole words that occur in the patterns and their lists, for the speller to know."""
    texts = [*phrases, *(entry for entries in lists.values() for entry in entries)]
    pieces = {piece for text in texts for piece in re.split(r"[^a-z*<>]+", text)}
    return {piece for piece in pieces if piece.isalpha()}


def _compile_part(part: str, whole: str, lists: Lists) -> re.Pattern[str]:
    expression = "".join(_atom(atom, whole, lists) for atom in _ATOM.findall(part))
    return re.compile(rf"(?:^|(?<= )){expression}")


def _atom(atom: str, whole: str, lists: Lists) -> str:
    if atom == "...":
        return _GAP
    if atom.startswith("("):
        inner = "".join(_atom(word, whole, lists) for word in atom[1:-1].split())
        return f"(?:{inner})?"
    if not _ALLOWED.fullmatch(atom):
        raise ContentError(f'pattern "{whole}": "{atom}" means nothing here; see bot/matching/phrases.py')
    return f"(?:{'|'.join(_alternative(word, whole, lists) for word in atom.split('|'))}) "


def _alternative(word: str, whole: str, lists: Lists) -> str:
    if word == "<n>":
        return _NUMBER
    if not word.startswith("<"):
        return _word(word)
    entries = lists.get(word.strip("<>"))
    if entries is None:
        raise ContentError(f'pattern "{whole}": there is no list {word}; there are {", ".join(sorted(lists))}')
    return "|".join(" ".join(_word(each) for each in entry.split()) for entry in entries)


def _word(word: str) -> str:
    spaced = word.removesuffix("*").replace("_", " ")
    return re.escape(spaced) + (r"\S*" if word.endswith("*") else "")
