"""The text of a message or a caption, as the bot sends it, and as people write it."""

from __future__ import annotations

import re

from bot.shells.playground.telegram.errors import mistake
from bot.shells.playground.telegram.html import Entity, read_html, utf16_length
from bot.shells.playground.telegram.records import Json

MOST_IN_TEXT = 4096
MOST_IN_CAPTION = 1024
"""In UTF-16 units; Telegram counts code points, which are never more."""
MOST_ENTITIES = 100
"""Telegram drops the formatting of what comes after them."""
_TYPED = re.compile(
    r"(?P<bot_command>(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?)|(?P<mention>(?<!\w)@\w{3,32})|(?P<url>https?://\S+)"
)


def read_text(parameters: Json, key: str = "text") -> Json:
    """`text` and `entities` of what the bot sends; `key` says where the text stands."""
    text, entities = _formatted(parameters, key)
    text, entities = _stripped(text, entities)
    if not text:
        raise mistake("message text is empty")
    if utf16_length(text) > MOST_IN_TEXT:
        raise mistake("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(parameters: Json) -> Json:
    """`caption` and `caption_entities`; nothing if there is none."""
    text, entities = _stripped(*_formatted(parameters, "caption"))
    if utf16_length(text) > MOST_IN_CAPTION:
        raise mistake("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def typed(text: str) -> Json:
    """`text` and `entities` of what a person writes: Telegram marks commands, mentions and links."""
    entities = [
        Entity(str(match.lastgroup), utf16_length(text[: match.start()]), utf16_length(match[0])).to_json()
        for match in _TYPED.finditer(text)
    ]
    return {"text": text, "entities": entities} if entities else {"text": text}


def _formatted(parameters: Json, key: str) -> tuple[str, list[Json]]:
    source = str(parameters.get(key) or "")
    mode = parameters.get("parse_mode") or ""
    if mode not in ("", "HTML"):
        raise mistake(f"parse mode {mode!r} is not one of ours")
    if not mode:
        return source, list(parameters.get("caption_entities" if key == "caption" else "entities") or [])
    try:
        text, entities = read_html(source)
    except ValueError as error:
        raise mistake(f"can't parse entities: {error}") from error
    return text, [entity.to_json() for entity in sorted(entities, key=lambda e: (e.offset, -e.length))]


def _stripped(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram takes the white space off both ends."""
    if len(entities) > MOST_ENTITIES:
        raise mistake(f"{len(entities)} entities, of which Telegram keeps {MOST_ENTITIES}")
    lead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    size = utf16_length(text)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return text, moved
