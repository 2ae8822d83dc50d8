"""The colours, light and dark, and the proof that one can read them.

Telegram does not tell a bot which theme a reader has, so each picture brings its own ground and fits both. The bot
sends the light one; the playground may show either.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

Colour = str
"""As in "#1f2a37"."""


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Accent:
    """A hue of its own, for what belongs together."""

    strong: Colour
    """Letters, lines and marks."""
    tint: Colour
    """The ground of a card."""


@dataclass(frozen=True)
class Palette:
    ground: Colour
    card: Colour
    edge: Colour
    """Around cards: an ornament, which need not be seen to read them."""
    ink: Colour
    quiet: Colour
    """Ink for what stands beside."""
    amber: Accent
    teal: Accent
    indigo: Accent
    plum: Accent

    @property
    def accents(self) -> tuple[Accent, ...]:
        return tuple(value for field in fields(self) if isinstance(value := getattr(self, field.name), Accent))

    @property
    def pairs(self) -> list[tuple[Colour, Colour]]:
        """Every colour of letters or marks, with a ground that it stands on."""
        grounds = [self.ground, self.card, *(accent.tint for accent in self.accents)]
        inks = [self.ink, self.quiet, *(accent.strong for accent in self.accents)]
        return [(ink, ground) for ink in inks for ground in grounds]


PALETTES = {
    Theme.LIGHT: Palette(
        ground="#f6f3ec",
        card="#ffffff",
        edge="#e2dccf",
        ink="#1d2733",
        quiet="#4b5663",
        amber=Accent("#8f4309", "#fbebda"),
        teal=Accent("#0a625c", "#dff2ef"),
        indigo=Accent("#36489c", "#e7eafa"),
        plum=Accent("#86286b", "#f8e6f2"),
    ),
    Theme.DARK: Palette(
        ground="#131c26",
        card="#1d2935",
        edge="#33424f",
        ink="#f2f5f8",
        quiet="#bcc8d4",
        amber=Accent("#f4b77c", "#3a2b1d"),
        teal=Accent("#66d3c8", "#153534"),
        indigo=Accent("#b0bcff", "#272f52"),
        plum=Accent("#f0a3d8", "#40243a"),
    ),
}


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio, from 1 to 21; letters need 4.5."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other, from 0 to 1."""
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def _channels(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
