"""Telegram's HTML as tests look at it: what it shows, and which parts of it are formatted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.shells.playground.telegram import html

_TAGS = {kind: tag for tag, kind in reversed(html.KINDS.items())} | {"expandable_blockquote": "blockquote"}


@dataclass
class Part:
    """Formatted text."""

    tag: str
    text: str = ""
    attributes: set[str] = field(default_factory=set)


def read_html(source: str) -> tuple[str, list[Part]]:
    """The text as Telegram shows it, and its formatted parts in the order in which they end."""
    text, entities = html.read_html(source)
    return text, parts_of(text, [entity.to_json() for entity in entities])


def parts_of(text: str, entities: Sequence[dict[str, Any]]) -> list[Part]:
    return [
        Part(
            _TAGS[entity["type"]],
            html.cut(text, entity["offset"], entity["length"]),
            {"expandable"} if entity["type"].startswith("expandable") else set(),
        )
        for entity in entities
        if entity["type"] in _TAGS
    ]
