"""Telegram's HTML, read strictly: what it shows, or a ValueError where Telegram would refuse it or show it wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

ALLOWED = {"b": set[str](), "i": set[str](), "blockquote": {"expandable"}}


@dataclass
class Part:
    """Formatted text."""

    tag: str
    text: str = ""
    attributes: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.parts: list[Part] = []
        self._open: list[Part] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag not in ALLOWED or names - ALLOWED[tag]:
            raise ValueError(f"<{tag} {names}> is not known")
        if tag in [part.tag for part in self._open]:
            raise ValueError(f"<{tag}> stands inside itself")
        self._open.append(Part(tag, attributes=names))

    def handle_endtag(self, tag: str) -> None:
        part = self._open.pop() if self._open else None
        if part is None or part.tag != tag:
            raise ValueError(f"</{tag}> closes nothing")
        if not part.text.strip():
            raise ValueError(f"<{tag}> is empty")
        self.parts.append(part)

    def handle_data(self, data: str) -> None:
        if set(data) & set("<>&"):
            raise ValueError(f"{data!r} is not escaped")
        self._show(data)

    def handle_entityref(self, name: str) -> None:
        self._show({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name])

    def close(self) -> None:
        super().close()
        if self._open:
            raise ValueError(f"<{self._open[-1].tag}> is not closed")

    def _show(self, text: str) -> None:
        self.text += text
        for part in self._open:
            part.text += text


def read_html(source: str) -> tuple[str, list[Part]]:
    """The text as Telegram shows it, and its formatted parts in the order in which they end."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.text, reader.parts
