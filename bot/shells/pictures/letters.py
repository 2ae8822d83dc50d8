"""Letters: the font, its sizes, and text broken into lines that fit.

A phone shows 1080 pixels on about 390 points, so 34 pixels are 12 points, the least that one reads with ease.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from bot.errors import BotError

SMALLEST = 34
"""Pixels of the smallest letters."""
FINE = 4
"""Everything is measured and drawn so many times as large, then made smaller: edges come out smooth."""
_FONTS = Path(__file__).parent / "fonts"


class PictureError(BotError):
    """A picture cannot be drawn with these words. Says which do not fit."""


@dataclass(frozen=True)
class Style:
    font: str
    size: int
    leading: int
    """From one line to the next."""


TITLE = Style("Inter-SemiBold.otf", 58, 70)
LEAD = Style("Inter-Regular.otf", 38, 52)
NAME = Style("Inter-SemiBold.otf", 44, 56)
STRONG = Style("Inter-SemiBold.otf", 40, 52)
BODY = Style("Inter-Regular.otf", 38, 49)
LABEL = Style("Inter-SemiBold.otf", SMALLEST, 44)
NOTE = Style("Inter-Regular.otf", SMALLEST, 44)


@dataclass(frozen=True)
class Text:
    """Lines that fit the width they were broken for."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> int:
        return len(self.lines) * self.style.leading

    @property
    def width(self) -> float:
        return max(width_of(line, self.style) for line in self.lines)


def fitted(text: str, style: Style, width: float, *, most_lines: int = 99, even: bool = False) -> Text:
    """The text in lines no wider than `width`; `even`: in lines of like length, for what is centred.

    Raises PictureError if a word is wider than that, or the lines are too many.
    """
    lines = _broken(text, style, width)
    if len(lines) > most_lines:
        raise PictureError(f'"{text}" takes {len(lines)} lines where {most_lines} fit; choose fewer words')
    if even:
        lines = _evened(text, style, width, lines)
    return Text(lines, style)


def width_of(text: str, style: Style) -> float:
    return font_of(style).getlength(text) / FINE


@cache
def font_of(style: Style) -> ImageFont.FreeTypeFont:
    """The font at FINE times its size. With Pillow's own layout, since the better one depends on the system's
    libraries and a picture shall be the same everywhere."""
    path = str(_FONTS / style.font)
    return ImageFont.truetype(path, style.size * FINE, layout_engine=ImageFont.Layout.BASIC)


def _broken(text: str, style: Style, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in _pieces(text, style, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _pieces(text: str, style: Style, width: float) -> Iterator[str]:
    for word in text.split(" "):
        if width_of(word, style) > width:
            raise PictureError(f'"{word}" of "{text}" is wider than its place; choose other words')
        yield word


def _evened(text: str, style: Style, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """As many lines, and the longest as short as can be."""
    narrow = max(width_of(word, style) for word in text.split(" "))
    for tried in range(int(width), int(narrow), -8):
        closer = _broken(text, style, tried)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines
