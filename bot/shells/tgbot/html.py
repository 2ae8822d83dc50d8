"""Text in Telegram's HTML, laid out on pages (messages) that Telegram takes.

Telegram counts what is left when tags and escapes are read. We count UTF-16 units, the strictest way to count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from telegram.constants import MessageLimit

PAGE = int(MessageLimit.MAX_TEXT_LENGTH)
MOST_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Telegram drops the formatting of what comes after so many formatted parts."""
LONG_QUOTE = 500
"""Characters from which a quote is folded to three lines: about twelve lines on a phone."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s+|\n+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Span:
    """Text of one style."""

    text: str
    tag: str = ""
    """`b`, `i`, or none."""

    @property
    def html(self) -> str:
        escaped = html.escape(self.text, quote=False)
        return f"<{self.tag}>{escaped}</{self.tag}>" if self.tag and self.text.strip() else escaped


@dataclass(frozen=True)
class Block:
    """A paragraph, plain or quoted."""

    spans: tuple[Span, ...]
    quote: bool = False
    close: bool = False
    """Whether it stands directly below the block before it, as a citation does."""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def size(self) -> int:
        """UTF-16 units, with the empty line before it."""
        return utf16_length(self.text) + 2

    @property
    def entities(self) -> int:
        return sum(1 for span in self.spans if span.tag) + self.quote

    @property
    def html(self) -> str:
        inner = "".join(span.html for span in self.spans)
        if not self.quote:
            return inner
        folded = " expandable" if len(self.text) > LONG_QUOTE else ""
        return f"<blockquote{folded}>{inner}</blockquote>"


Group = tuple[Block, ...]
"""Blocks that stay on one page if they fit on one: quotes and their citation."""


def plain(text: str) -> Block:
    return Block((Span(text),))


def bold(text: str) -> Block:
    return Block((Span(text, "b"),))


def italic(text: str) -> Block:
    return Block((Span(text, "i"),))


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def lay_out(groups: Sequence[Group], limit: int = PAGE) -> list[str]:
    """The HTML of each page. What is too long for a page is cut at the end of a sentence, else at a space."""
    pages: list[list[Block]] = [[]]
    for group in groups:
        blocks = [block for block in group if block.text.strip()]
        if pages[-1] and not _fits([*pages[-1], *blocks], limit):
            pages.append([])
        for piece in (piece for block in blocks for piece in cut(block, limit - 2)):
            if not _fits([*pages[-1], piece], limit):
                pages.append([])
            pages[-1].append(piece)
    return ["".join(_page(blocks)) for blocks in pages if blocks]


def cut(block: Block, limit: int) -> Iterator[Block]:
    """The block in pieces of at most `limit` UTF-16 units; only white space is lost where it is cut."""
    while utf16_length(block.text) > limit:
        at = _cut_at(block.text, limit)
        head, tail = _stripped(_part(block, 0, at)), _stripped(_part(block, at, len(block.text)))
        if head.text:
            yield head
        block = replace(tail, close=False)
    if block.text.strip():
        yield block


def _fits(blocks: Sequence[Block], limit: int) -> bool:
    return sum(block.size for block in blocks) <= limit and sum(block.entities for block in blocks) <= MOST_ENTITIES


def _page(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield "\n" if block.close else "\n\n"
        yield block.html


def _cut_at(text: str, limit: int) -> int:
    """Where to cut: after the last sentence that fits, else after the last word, else wherever it fits."""
    window = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(window)]
        if ends:
            return ends[-1]
    return len(window)


def _part(block: Block, start: int, end: int) -> Block:
    spans, at = [], 0
    for span in block.spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        at += len(span.text)
        if text:
            spans.append(replace(span, text=text))
    return replace(block, spans=tuple(spans))


def _stripped(block: Block) -> Block:
    text = block.text
    return _part(block, len(text) - len(text.lstrip()), len(text.rstrip()))
