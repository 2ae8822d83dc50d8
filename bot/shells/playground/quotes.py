"""Where a quote stands in the article: found by its words alone, so that it is a proof and not a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.corpus.models import Article, Passage
from bot.shells.playground.telegram.html import cut
from bot.shells.playground.telegram.records import Message

QUOTES = ("blockquote", "expandable_blockquote")


@dataclass(frozen=True)
class Place:
    """Sentences of a passage, counted from 1."""

    passage: Passage
    first: int
    last: int


def quotes_of(message: Message) -> list[str]:
    return [
        cut(message.text, entity["offset"], entity["length"]) for entity in message.entities if entity["type"] in QUOTES
    ]


def find_quote(quote: str, around: str, article: Article) -> Place | None:
    """The place whose citation stands in the text around the quote, else the first one; None if it is nowhere."""
    places = list(_places(quote, article))
    cited = (p for p in places if f"{p.passage.part.label} › {p.passage.section}".removesuffix(" › ") in around)
    return next(cited, next(iter(places), None))


def _places(quote: str, article: Article) -> Iterator[Place]:
    for passage in article.passages.values():
        place = _row(quote, passage) if passage.is_row else _sentences(quote, passage)
        if place:
            yield place


def _sentences(quote: str, passage: Passage) -> Place | None:
    at = passage.text.find(quote)
    if at < 0:
        return None
    touched, start = [], 0
    for number, sentence in enumerate(passage.sentences, start=1):
        if start < at + len(quote) and at < start + len(sentence):
            touched.append(number)
        start += len(sentence) + len(passage.separator)
    return Place(passage, touched[0], touched[-1])


def _row(quote: str, passage: Passage) -> Place | None:
    """A row is shown as lines: its cells, each but the first behind its column's heading."""
    shown = [
        cell if number == 0 else f"{column}: {cell}"
        for number, (column, cell) in enumerate(zip(passage.columns, passage.sentences, strict=True))
    ]
    lines = quote.split("\n")
    for first in range(len(shown) - len(lines) + 1):
        if shown[first : first + len(lines)] == lines:
            return Place(passage, first + 1, first + len(lines))
    return None
