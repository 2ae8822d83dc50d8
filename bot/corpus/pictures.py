"""Pictures as values: which words of the document each one shows, and what its caption quotes.

A picture holds no words of its own that say anything about health. Each is a phrase: text that stands in a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.corpus.models import Excerpt, Passage, Tier
from bot.errors import ContentError


class Drawing(StrEnum):
    """How a picture is laid out."""

    TABLE = "table"
    CYCLE = "cycle"
    CONVERGENCE = "convergence"


class Icon(StrEnum):
    """A pictogram beside a row of a table, or before the cells of a column."""

    BONE = "bone"
    FORK = "fork"
    GLASS = "glass"
    SUN = "sun"
    EGG = "egg"
    LEAF = "leaf"
    FISH = "fish"
    WALK = "walk"
    LIFT = "lift"
    JUMP = "jump"


@dataclass(frozen=True)
class Phrase:
    """Words that stand in a passage, or its heading, to the letter."""

    text: str
    passage: Passage


@dataclass(frozen=True)
class Row:
    """A row of a table, with the pictogram beside it."""

    passage: Passage
    icon: Icon


@dataclass(frozen=True)
class Quote:
    """A part of a caption: text from one section, and where it stands."""

    lines: tuple[str, ...]
    citation: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Picture:
    id: str
    name: str
    """Our own words, on a button; they say nothing about health."""
    drawing: Drawing
    words: Mapping[str, Phrase]
    """By the place in the drawing."""
    caption: tuple[Excerpt, ...]
    """Whole sentences or rows that tell what the picture shows, for who cannot see it."""
    intents: tuple[str, ...]
    """Under whose answers it is offered."""
    rows: tuple[Row, ...] = ()
    """Of a table."""
    marks: tuple[Icon, ...] = ()
    """One for each column of the table but the first."""

    @property
    def tiers(self) -> frozenset[Tier]:
        """The versions of the document that it quotes."""
        parts = {excerpt.passage.part.value for excerpt in self.caption}
        return frozenset(tier for tier in Tier if tier.value in parts)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The caption; what follows each other in one section is one quote."""
        runs = groupby(self.caption, key=lambda excerpt: (excerpt.passage.part, excerpt.passage.section))
        return tuple(_quote(list(run)) for _, run in runs)

    @property
    def alt_text(self) -> str:
        """The caption as plain text, below the picture's name."""
        return "\n\n".join([self.name, *(f"{quote.text}\n{quote.citation}" for quote in self.quotes)])


def parse_phrase(excerpt: Excerpt, text: str | None) -> Phrase:
    """The excerpt whole, or the words of it. Raises ContentError if it does not hold them as whole words."""
    if text is None:
        return Phrase(excerpt.text, excerpt.passage)
    if not _stands_in(text, excerpt.text):
        raise ContentError(f'"{text}" does not stand in {excerpt.pointer}, "{excerpt.text}"; copy the words from there')
    return Phrase(text, excerpt.passage)


def parse_heading(excerpt: Excerpt) -> Phrase:
    """The heading above the passage."""
    return Phrase(excerpt.passage.section, excerpt.passage)


def picture_under(intent_id: str, level: Tier, pictures: Iterable[Picture]) -> Picture | None:
    """The picture to offer under an answer: of several, the one from the version nearest to the level."""

    def distance(picture: Picture) -> int:
        return min((abs(tier.step - level.step) for tier in picture.tiers), default=len(Tier))

    return min((picture for picture in pictures if intent_id in picture.intents), key=distance, default=None)


def _quote(excerpts: Sequence[Excerpt]) -> Quote:
    """Of a table: its columns' headings, then its rows, as the document prints them."""
    first = excerpts[0].passage
    heading = [first.separator.join(first.columns)] if first.is_row else []
    labels = ["table"] if first.is_row else dict.fromkeys(excerpt.passage.label for excerpt in excerpts)
    place = dict.fromkeys((first.part.label, first.section, " · ".join(labels)))
    return Quote((*heading, *(excerpt.text for excerpt in excerpts)), " › ".join(place))


def _stands_in(words: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)) if words.strip() == words != "" else False
