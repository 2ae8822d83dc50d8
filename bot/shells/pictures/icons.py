"""Pictograms, in a square of 100 units around their middle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.corpus.pictures import Icon
from bot.shells.pictures.canvas import Box, Canvas, Point, arc_points, curve, polar
from bot.shells.pictures.colours import Accent, Colour

_STROKE = 7


@dataclass(frozen=True)
class Place:
    """Where a pictogram stands; it draws in its own units."""

    canvas: Canvas
    centre: Point
    size: float
    """Pixels of its 100 units."""
    colour: Colour
    ground: Colour
    """What shows through holes."""

    def at(self, x: float, y: float) -> Point:
        return self.centre[0] + x * self._unit, self.centre[1] + y * self._unit

    def line(self, *points: Point, width: float = _STROKE) -> None:
        self.canvas.line([self.at(*point) for point in points], width * self._unit, self.colour)

    def disc(self, x: float, y: float, radius: float, *, hole: bool = False) -> None:
        self.oval(x, y, radius, radius, hole=hole)

    def oval(self, x: float, y: float, across: float, down: float, *, hole: bool = False) -> None:
        colour = self.ground if hole else self.colour
        self.canvas.oval(self.at(x, y), across * self._unit, down * self._unit, colour)

    def shape(self, *points: Point, hole: bool = False) -> None:
        self.canvas.shape([self.at(*point) for point in points], self.ground if hole else self.colour)

    def block(self, left: float, top: float, right: float, bottom: float, radius: float) -> None:
        box = Box(*self.at(left, top), *self.at(right, bottom))
        self.canvas.rounded(box, self.colour, radius * self._unit)

    @property
    def _unit(self) -> float:
        return self.size / 100


def draw_icon(canvas: Canvas, icon: Icon, centre: Point, radius: float, accent: Accent) -> None:
    """The pictogram on a disc of its hue."""
    canvas.disc(centre, radius, accent.tint)
    _ICONS[icon](Place(canvas, centre, radius * 1.36, accent.strong, accent.tint))


def draw_mark(canvas: Canvas, icon: Icon, centre: Point, colour: Colour, ground: Colour) -> None:
    """The pictogram alone, as tall as a letter."""
    _ICONS[icon](Place(canvas, centre, 40, colour, ground))


def draw_bone(place: Place) -> None:
    """Lying aslant."""
    place.line((-24, 24), (24, -24), width=20)
    for x, y in ((-34, 18), (-18, 34), (18, -34), (34, -18)):
        place.disc(x, y, 15)


def draw_fork(place: Place) -> None:
    for x in (-16, 0, 16):
        place.line((x, -46), (x, -16), width=8)
    place.line(*arc_points((0, -16), 16, 180, 0), width=8)
    place.line((0, 0), (0, 46), width=10)


def draw_key(place: Place) -> None:
    place.disc(-26, 0, 24)
    place.disc(-26, 0, 11, hole=True)
    place.line((0, 0), (48, 0), width=12)
    place.line((28, 0), (28, 18), width=11)
    place.line((45, 0), (45, 22), width=11)


def draw_hexagons(place: Place) -> None:
    """Rings of a steroid, such as a hormone: three of six corners and one of five."""
    for x, y in ((-30, 16), (-6, 2), (-6, -26)):
        place.line(*(polar((x, y), 16, 60 * corner + 30) for corner in range(7)), width=6)
    place.line(*(polar((19, -30), 15, 72 * corner + 180) for corner in range(6)), width=6)


def _glass(place: Place) -> None:
    place.line((-27, -44), (-19, 42), (19, 42), (27, -44))
    place.shape((-22, -14), (-16, 38), (16, 38), (22, -14))


def _sun(place: Place) -> None:
    place.disc(0, 0, 21)
    for turn in range(0, 360, 45):
        place.line(polar((0, 0), 33, turn), polar((0, 0), 46, turn), width=8)


def _egg(place: Place) -> None:
    """Cut in two."""
    for inset, hole in ((0, False), (8, True)):
        upper = curve((-34 + inset, 10), (-34 + inset, -62 + inset), (34 - inset, -62 + inset), (34 - inset, 10))
        lower = curve((34 - inset, 10), (34 - inset, 56 - inset), (-34 + inset, 56 - inset), (-34 + inset, 10))
        place.shape(*upper, *lower, hole=hole)
    place.disc(0, 10, 15)


def draw_leaf(place: Place) -> None:
    upper = curve((-34, 34), (-44, -20), (0, -44), (44, -42))
    lower = curve((44, -42), (46, 4), (18, 44), (-34, 34))
    place.shape(*upper, *lower)
    place.canvas.line([place.at(-44, 46), place.at(-10, 8), place.at(22, -20)], 5 * place.size / 100, place.ground)
    place.line((-46, 47), (-32, 31), width=8)


def _fish(place: Place) -> None:
    upper = curve((-44, 0), (-26, -32), (8, -32), (26, 0))
    lower = curve((26, 0), (8, 32), (-26, 32), (-44, 0))
    place.shape(*upper, *lower)
    place.shape((18, 0), (46, -24), (40, 0), (46, 24))
    place.disc(-26, -6, 5, hole=True)


def _walk(place: Place) -> None:
    place.disc(5, -40, 11)
    place.line((3, -22), (-2, 8), width=15)
    place.line((1, -20), (20, -6), (30, -8), width=8)
    place.line((1, -20), (-16, -10), (-22, 4), width=8)
    place.line((-2, 8), (14, 24), (18, 46), width=10)
    place.line((-2, 8), (-8, 28), (-26, 44), width=10)


def draw_lift(place: Place) -> None:
    place.line((-30, 0), (30, 0), width=9)
    for side in (-1, 1):
        inner, outer = sorted((side * 22, side * 34)), sorted((side * 37, side * 47))
        place.block(inner[0], -30, inner[1], 30, 5)
        place.block(outer[0], -20, outer[1], 20, 4)


def _jump(place: Place) -> None:
    place.disc(0, -34, 11)
    place.line((0, -17), (0, 6), width=15)
    place.line((0, -15), (-22, -26), (-28, -42), width=8)
    place.line((0, -15), (22, -26), (28, -42), width=8)
    place.line((0, 6), (-9, 18), (-24, 30), width=10)
    place.line((0, 6), (9, 18), (24, 30), width=10)
    for x in (-26, 0, 26):
        place.line((x - 6, 48), (x + 6, 48), width=6)


_ICONS: dict[Icon, Callable[[Place], None]] = {
    Icon.BONE: draw_bone,
    Icon.FORK: draw_fork,
    Icon.GLASS: _glass,
    Icon.SUN: _sun,
    Icon.EGG: _egg,
    Icon.LEAF: draw_leaf,
    Icon.FISH: _fish,
    Icon.WALK: _walk,
    Icon.LIFT: draw_lift,
    Icon.JUMP: _jump,
}
