"""The document as values: passages, pointers into them, excerpts and citations.

A passage is the smallest thing with an id: a paragraph, a list item, a table row, a glossary definition or a reference.
An excerpt is a pointer to sentences of a passage, never pasted text, so that a reply is verbatim by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import ContentError


class Tier(StrEnum):
    """One of the three versions of the document, simplest first; also the level that a chat has chosen."""

    FUNDAMENTALS = "fundamentals"
    INTERMEDIATE = "intermediate"
    ACADEMIC = "academic"

    @property
    def step(self) -> int:
        """0 for the simplest tier, 2 for the deepest."""
        return tuple(Tier).index(self)

    def moved(self, steps: int) -> Tier:
        """The tier so many steps deeper (or simpler, if negative), stopping at the ends."""
        tiers = tuple(Tier)
        return tiers[min(max(self.step + steps, 0), len(tiers) - 1)]

    def nearest(self, tiers: Iterable[Tier]) -> Tier:
        """The one of these that is this one, else the nearest to it, the simpler of two as near."""
        return min(tiers, key=lambda tier: (abs(tier.step - self.step), tier.step))

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Part(StrEnum):
    """A part of the document: the three tiers and what stands beside them."""

    FUNDAMENTALS = "fundamentals"
    INTERMEDIATE = "intermediate"
    ACADEMIC = "academic"
    REFLECTION = "reflection"
    GLOSSARY = "glossary"
    REFERENCES = "references"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class Passage:
    """One passage, as its sentences in order (of a table row: its cells)."""

    id: str
    part: Part
    section: str
    """The nearest heading above it, as the document words it."""
    sentences: tuple[str, ...]
    columns: tuple[str, ...] = ()
    """The headings of the table's columns, if it is a table row."""
    lead: str = ""
    """The bold words that open a list item; they belong to the first sentence."""
    label: str = ""
    """What it is called in a citation: its lead, its first cell, or its number in the section."""

    @property
    def is_row(self) -> bool:
        return bool(self.columns)

    @property
    def separator(self) -> str:
        """What stands between two sentences (or cells) in the document."""
        return " | " if self.is_row else " "

    @property
    def text(self) -> str:
        return self.separator.join(self.sentences)


@dataclass(frozen=True)
class Pointer:
    """Sentences `first` to `last` of a passage, counted from 1, both included."""

    passage: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.passage}:{self.first}-{self.last}"


@dataclass(frozen=True)
class Excerpt:
    """Verbatim text with its place in the document."""

    passage: Passage
    first: int
    last: int

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.passage.sentences[self.first - 1 : self.last]

    @property
    def text(self) -> str:
        return self.passage.separator.join(self.sentences)

    @property
    def pointer(self) -> Pointer:
        return Pointer(self.passage.id, self.first, self.last)


@dataclass(frozen=True)
class Term:
    """A glossary entry; its definition is the passage `id`."""

    id: str
    term: str


@dataclass(frozen=True)
class Article:
    """The whole document."""

    passages: Mapping[str, Passage]
    """By id, in the order of the document; the glossary and the references come last."""
    terms: tuple[Term, ...]

    def excerpt(self, pointer: Pointer) -> Excerpt:
        passage = self.passages[pointer.passage]
        return Excerpt(passage, pointer.first, pointer.last)

    def of(self, part: Part) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages.values() if passage.part == part)


_POINTER = re.compile(r"(?P<passage>[a-z0-9-]+)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?")


def parse_pointer(text: str, passages: Mapping[str, Passage]) -> Pointer:
    """Read `passage`, `passage:2` or `passage:2-3`.

    Raises ContentError if it is none of these, or the passage or the sentence does not exist.
    """
    found = _POINTER.fullmatch(text)
    if not found:
        raise ContentError(
            f'excerpt "{text}" is no pointer; write a passage, as in remodeling, remodeling:2 or remodeling:2-3'
        )
    passage = passages.get(found["passage"])
    if passage is None:
        raise ContentError(f'excerpt "{text}": there is no passage "{found["passage"]}"')
    first = int(found["first"] or 1)
    last = int(found["last"] or found["first"] or len(passage.sentences))
    if not 1 <= first <= last <= len(passage.sentences):
        raise ContentError(f'excerpt "{text}": passage "{passage.id}" has sentences 1 to {len(passage.sentences)}')
    return Pointer(passage.id, first, last)
