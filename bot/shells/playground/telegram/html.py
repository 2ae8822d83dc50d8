"""Telegram's HTML, read strictly: a text and its entities, or a ValueError where Telegram refuses it or shows it wrong.

Stricter than Telegram: a bare "&" or ">", an attribute it would ignore and a tag around nothing are refused too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

Json = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}
_ATTRIBUTES: Mapping[str, set[str]] = {
    "a": {"href"},
    "code": {"class"},
    "blockquote": {"expandable"},
    "tg-time": {"unix", "format"},
}
_TOKEN = re.compile(
    r"</(?P<end>[a-z0-9-]+)\s*>|<(?P<start>[a-z0-9-]+)(?P<attributes>(?:\s[^<>]*)?)>"
    r"|(?P<reference>&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)|(?P<text>[^<>&]+)"
)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[a-z-]+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?""")
_LINK = re.compile(r"(?:https?://|tg://|mailto:|tel:)[^\s<>\"]+")


@dataclass(frozen=True)
class Entity:
    """Formatted text; offset and length in UTF-16 units."""

    kind: str
    offset: int
    length: int
    more: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        return {"type": self.kind, "offset": self.offset, "length": self.length, **self.more}


@dataclass(frozen=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def read_html(source: str) -> tuple[str, list[Entity]]:
    """The text that is shown, and its entities in the order in which they end."""
    text, entities, opened = "", [], list[_Open]()
    for token in _tokens(source):
        if token["start"]:
            opened.append(_opened(token["start"], token["attributes"], opened, utf16_length(text)))
        elif token["end"]:
            if not opened or opened[-1].tag != token["end"]:
                raise ValueError(f"</{token['end']}> closes nothing")
            entities.append(_closed(opened.pop(), text))
        else:
            text += unescape(token[0])
    if opened:
        raise ValueError(f"<{opened[-1].tag}> is not closed")
    return text, entities


def _tokens(source: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            raise ValueError(f"{source[at]!r} at {at} is no tag and is not escaped")
        yield token
        at = token.end()


def _opened(tag: str, source: str, around: list[_Open], offset: int) -> _Open:
    if tag not in KINDS:
        raise ValueError(f"<{tag}> is not known")
    tags = [other.tag for other in around]
    if KINDS[tag] in [KINDS[other] for other in tags]:
        raise ValueError(f"<{tag}> stands inside itself")
    if "code" in tags or ("pre" in tags and tag != "code"):
        raise ValueError(f"<{tag}> stands inside <{tags[-1]}>, which takes no formatting")
    return _Open(tag, _attributes(tag, source), offset)


def _attributes(tag: str, source: str) -> dict[str, str]:
    found = list(_ATTRIBUTE.finditer(source))
    if "".join(match[0] for match in found) != source.rstrip():
        raise ValueError(f"the attributes of <{tag}{source}> cannot be read")
    attributes = {match["name"]: unescape(match["double"] or match["single"] or "") for match in found}
    if attributes.keys() - _ATTRIBUTES.get(tag, set()):
        raise ValueError(f"<{tag}> has no attributes {sorted(attributes)}")
    return attributes


def _closed(opened: _Open, text: str) -> Entity:
    length = utf16_length(text) - opened.offset
    if not cut(text, opened.offset, length).strip():
        raise ValueError(f"<{opened.tag}> is empty")
    return Entity(_kind(opened), opened.offset, length, _more(opened))


def _kind(opened: _Open) -> str:
    return "expandable_blockquote" if "expandable" in opened.attributes else KINDS[opened.tag]


def _more(opened: _Open) -> Json:
    attributes = opened.attributes
    if opened.tag == "a":
        if not _LINK.fullmatch(attributes.get("href", "")):
            raise ValueError(f"{attributes.get('href')!r} is no address")
        return {"url": attributes["href"]}
    if opened.tag == "tg-time":
        if not re.fullmatch(r"-?\d+", attributes.get("unix", "")):
            raise ValueError("<tg-time> needs a time")
        shown = {"date_time_format": attributes["format"]} if attributes.get("format") else {}
        return {"unix_time": int(attributes["unix"]), **shown}
    return {}
