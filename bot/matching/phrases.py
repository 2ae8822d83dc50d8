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
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Generic, TypeVar

from bot.errors import ContentError
from bot.matching.normalise import fold

BREAK = "|"
"""Between sentences that are searched together: only the parts of a pattern that & joins may stand on both sides."""
_GAP = r"(?:[^\s|]+ ){0,4}"
_ATOM = re.compile(r"\.\.\.|\([^()]+\)|\S+")
_ALTERNATIVE = r"(?:<\w+>|\w+\*?)"
_ALLOWED = re.compile(rf"{_ALTERNATIVE}(?:\|{_ALTERNATIVE})*")
_NUMBER = r"\d[\d.,]*"

Meaning = TypeVar("Meaning")

Lists = Mapping[str, Sequence[str]]
"""Named lists of words or short phrases, for <name> in a pattern."""


class Part:
    """One part of a pattern. Its expression is compiled when a sentence first holds one of its anchors: a message
    meets a few of the hundreds of patterns, and compiling them all would take most of the start."""

    def __init__(self, expression: str, anchors: frozenset[str]) -> None:
        """`anchors` are words of which every match holds one; empty if that cannot be said."""
        self._expression = expression
        self.anchors = anchors

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:^|(?<= )){self._expression}")

    def search(self, sentence: str) -> re.Match[str] | None:
        if self.anchors and self.anchors.isdisjoint(_words_of(sentence)):
            return None
        return self._pattern.search(f"{sentence} ")


@dataclass(frozen=True)
class Phrase:
    """A pattern; `text` is as the author wrote it."""

    text: str
    parts: tuple[Part, ...] = field(repr=False)

    def find(self, sentence: str) -> re.Match[str] | None:
        """Where the pattern stands in the folded sentence (of parts joined by &, the first), or None."""
        first: re.Match[str] | None = None
        for part in self.parts:
            found = part.search(sentence)
            if found is None:
                return None
            first = first or found
        return first


class PhraseBook(Generic[Meaning]):
    """Many phrases in order, each with what it means, found by their anchors: few of them are tried on a sentence."""

    def __init__(self, phrases: Iterable[tuple[Meaning, Phrase]]) -> None:
        self._phrases = list(phrases)
        self._by_word: dict[str, list[int]] = {}
        self._anywhere = []
        for number, (_, phrase) in enumerate(self._phrases):
            anchors = phrase.parts[0].anchors
            for word in anchors:
                self._by_word.setdefault(word, []).append(number)
            if not anchors:
                self._anywhere.append(number)

    def find(self, sentence: str) -> Meaning | None:
        """What the first phrase that stands in the folded sentence means, or None."""
        numbers = {number for word in _words_of(sentence) for number in self._by_word.get(word, ())}
        for number in sorted(numbers.union(self._anywhere)):
            meaning, phrase = self._phrases[number]
            if phrase.find(sentence):
                return meaning
        return None


@lru_cache(maxsize=8)  # all patterns are held against one sentence before the next
def _words_of(sentence: str) -> frozenset[str]:
    return frozenset(sentence.split())


def compile_phrase(text: str, lists: Lists) -> Phrase:
    """Raises ContentError if the pattern fits any text or none, or has an unknown list or a sign that means nothing."""
    try:
        return Phrase(text, tuple(_part(part, lists) for part in text.split(" & ")))
    except ContentError as error:
        raise ContentError(f'pattern "{text}": {error}') from error


def words_in(phrases: Iterable[str], lists: Lists) -> set[str]:
    """All whole words that occur in the patterns and their lists, for the speller to know."""
    texts = [*phrases, *(entry for entries in lists.values() for entry in entries)]
    pieces = {piece for text in texts for piece in re.split(r"[^a-z*<>]+", text)}
    return {piece for piece in pieces if piece.isalpha()}


def _part(part: str, lists: Lists) -> Part:
    atoms = _ATOM.findall(part)
    expression = "".join(_atom(atom, lists) for atom in atoms)
    needed = [atom for atom in atoms if atom != "..." and not _is_optional(atom)]
    if not needed:
        raise ContentError(f'"{part}" fits any text; write a word that must be there, outside of ( )')
    anchors = [found for atom in needed if (found := _anchors(atom, lists))]
    return Part(expression, min(anchors, key=len, default=frozenset()))


def _anchors(atom: str, lists: Lists) -> frozenset[str]:
    """The first words of all alternatives; none if one of them is a number or the beginning of a word."""
    entries = [entry for word in atom.split("|") for entry in lists.get(word.strip("<>"), [word])]
    firsts = {entry.replace("_", " ").split()[0] for entry in entries}
    return frozenset() if any(word.endswith("*") or word.startswith("<") for word in firsts) else frozenset(firsts)


def _is_optional(atom: str) -> bool:
    return atom.startswith("(") and atom.endswith(")")


def _atom(atom: str, lists: Lists) -> str:
    if atom == "...":
        return _GAP
    if _is_optional(atom):
        return f"(?:{''.join(_words(word, lists) for word in atom[1:-1].split())})?"
    return _words(atom, lists)


def _words(atom: str, lists: Lists) -> str:
    """An expression for one of the alternatives and the blank after it."""
    if not _ALLOWED.fullmatch(atom):
        raise ContentError(f'"{atom}" means nothing here; see bot/matching/phrases.py')
    return f"(?:{'|'.join(_alternative(word, lists) for word in atom.split('|'))}) "


def _alternative(word: str, lists: Lists) -> str:
    if word == "<n>":
        return _NUMBER
    if not word.startswith("<"):
        return _word(word)
    entries = lists.get(word.strip("<>"))
    if entries is None:
        raise ContentError(f"there is no list {word}; there are {', '.join(sorted(lists))}")
    return "|".join(" ".join(_word(each) for each in entry.split()) for entry in entries)


@cache  # lists stand in many patterns, and all of it is read at every start
def _word(word: str) -> str:
    spaced = word.removesuffix("*").replace("_", " ")
    if word.endswith("*"):
        return re.escape(spaced) + r"\S*"
    if fold(spaced) != spaced:  # such as "don't" or "dont": nothing that a person writes is read like that
        raise ContentError(f'"{word}" is never found; write "{fold(spaced)}"')
    return re.escape(spaced)
