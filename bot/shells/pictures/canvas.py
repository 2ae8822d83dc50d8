"""What one draws on. Every shape is a mask, drawn larger and made smaller, that lets its colour through.

Points are pixels from the upper left corner; angles are degrees, clockwise from three o'clock.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from bot.shells.pictures.colours import PALETTES, Colour, Palette, Theme, mixed
from bot.shells.pictures.letters import FINE, PictureError, Text, font_of

Point = tuple[float, float]
WIDTH = 1080
MARGIN = 48
TALLEST = 2.2
"""Height to width, at most: a taller picture is shown smaller than a phone is wide."""
_SHARP = 15
"""Degrees of a turn from which a line has a corner there."""
_GRAIN = 2
"""Degrees that a piece of an arc of changing colour spans."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def inset(self, by: float) -> Box:
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


class Canvas:
    """As tall as a picture may be; `png` cuts it off below what was drawn."""

    def __init__(self, theme: Theme) -> None:
        self.palette: Palette = PALETTES[theme]
        self._image = Image.new("RGB", (WIDTH, int(WIDTH * TALLEST)), self.palette.ground)

    def png(self, height: float) -> bytes:
        """Raises PictureError if that is taller than a picture may be."""
        self._check_height(height)
        stream = BytesIO()
        self._image.crop((0, 0, WIDTH, round(height))).quantize(256, dither=Image.Dither.NONE).save(
            stream, "PNG", optimize=True
        )
        return stream.getvalue()

    def rounded(self, box: Box, colour: Colour, radius: float = 32, edge: Colour | None = None) -> None:
        if edge:
            self.rounded(box, edge, radius)
            box, radius = box.inset(3), radius - 3
        self._stamp(box, colour, lambda pen, at: pen.rounded_rectangle([*at(box.left, box.top), *at(box.right, box.bottom)], radius * FINE, 255))  # noqa: E501 # fmt: skip

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        self.oval(centre, radius, radius, colour)

    def oval(self, centre: Point, across: float, down: float, colour: Colour) -> None:
        (x, y) = centre
        box = Box(x - across, y - down, x + across, y + down)
        self._stamp(box, colour, lambda pen, at: pen.ellipse([*at(box.left, box.top), *at(box.right, box.bottom)], 255))

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """Through all points, with round ends and corners."""
        half = width / 2 * FINE

        def paint(pen: ImageDraw.ImageDraw, at: Callable[[float, float], Point]) -> None:
            for bend in _bends(points):
                pen.polygon([at(*point) for point in _outline(bend, width / 2)], 255)
                for x, y in (at(*bend[0]), at(*bend[-1])):
                    pen.ellipse((x - half, y - half, x + half, y + half), 255)

        self._stamp(_around(points, width), colour, paint)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        self._stamp(_around(points, 0), colour, lambda pen, at: pen.polygon([at(*point) for point in points], 255))

    def arc(self, centre: Point, radius: float, start: float, end: float, width: float, colour: Colour) -> None:
        """Clockwise from `start` to `end`, with round ends; `radius` is that of its middle."""
        self.line(list(arc_points(centre, radius, start, end)), width, colour)

    def blended_arc(
        self, centre: Point, radius: float, start: float, end: float, width: float, colours: tuple[Colour, Colour]
    ) -> None:
        """An arc whose colour changes on its way."""
        pieces = max(1, round(abs(end - start) / _GRAIN))
        step = (end - start) / pieces
        for number in range(pieces):
            colour = mixed(*colours, number / max(pieces - 1, 1))
            self.arc(centre, radius, start + number * step, start + (number + 1) * step, width, colour)

    def arrow_head(self, tip: Point, angle: float, size: float, colour: Colour) -> None:
        """A triangle that points along the angle, its corners a little rounded."""
        back = [polar(tip, size, angle + 180 + turn) for turn in (-36, 36)]
        self.shape([tip, *back], colour)
        self.line([tip, *back, tip], 8, colour)

    def text(self, text: Text, at: Point, colour: Colour, *, centred: bool = False) -> float:
        """Draw the lines below `at`, which is their upper left corner or the middle of their upper edge.

        Returns where they end. Raises PictureError if they reach beyond the picture.
        """
        x, y = at
        style = text.style
        for line in text.lines:
            length = font_of(style).getlength(line) / FINE
            left = x - length / 2 if centred else x
            if left < 0 or left + length > WIDTH:
                raise PictureError(f'"{line}" reaches beyond the edge; choose fewer words')
            self._check_height(y + style.leading)
            # Descenders and overhang stay inside the box; letters stand on a line a little below its middle.
            box = Box(left - 8, y - 8, left + length + 8, y + style.leading + 8)
            base = y + (style.leading + style.size * 0.72) / 2
            self._stamp(box, colour, _lettering(line, text, left, base))
            y += style.leading
        return y

    def _check_height(self, height: float) -> None:
        if height > self._image.height:
            raise PictureError(f"it is taller than {self._image.height} pixels; choose fewer words")

    def _stamp(self, box: Box, colour: Colour, paint: Painter) -> None:
        left, top = math.floor(box.left) - 2, math.floor(box.top) - 2
        size = math.ceil(box.right) + 2 - left, math.ceil(box.bottom) + 2 - top
        mask = Image.new("L", (size[0] * FINE, size[1] * FINE))
        paint(ImageDraw.Draw(mask), lambda x, y: ((x - left) * FINE, (y - top) * FINE))
        self._image.paste(colour, (left, top), mask.reduce(FINE))


Painter = Callable[[ImageDraw.ImageDraw, Callable[[float, float], Point]], None]
"""Draws on a mask; the second argument says where a point of the picture lies on it."""


def polar(centre: Point, radius: float, angle: float) -> Point:
    turn = math.radians(angle)
    return centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)


def arc_points(centre: Point, radius: float, start: float, end: float) -> Iterator[Point]:
    steps = max(2, round(abs(end - start) / 1.5))
    return (polar(centre, radius, start + (end - start) * step / steps) for step in range(steps + 1))


def curve(start: Point, towards: Point, from_: Point, end: Point) -> list[Point]:
    """A cubic Bézier curve: it leaves `start` in the direction of `towards` and comes to `end` from `from_`."""
    return [_bezier((start, towards, from_, end), step / 48) for step in range(49)]


def _bezier(points: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, points, strict=True))
    return x, sum(weight * point[1] for weight, point in zip(weights, points, strict=True))


def _bends(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """The line, parted at its corners, which a curve does not have."""
    start = 0
    for at in range(1, len(points) - 1):
        turn = _direction(points[at], points[at + 1]) - _direction(points[at - 1], points[at])
        if abs((turn + 180) % 360 - 180) > _SHARP:
            yield points[start : at + 1]
            start = at
    yield points[start:]


def _outline(points: Sequence[Point], half: float) -> list[Point]:
    """Along one side of the line and back along the other: one shape, so that a curve has smooth edges."""
    return [*_beside(points, half), *_beside(points[::-1], half)]


def _beside(points: Sequence[Point], half: float) -> Iterator[Point]:
    for start, end in pairwise(points):
        away = _direction(start, end) + 90
        yield polar(start, half, away)
        yield polar(end, half, away)


def _direction(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def _around(points: Sequence[Point], width: float) -> Box:
    xs, ys = zip(*points, strict=True)
    half = width / 2
    return Box(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)


def _lettering(line: str, text: Text, left: float, base: float) -> Painter:
    return lambda pen, at: pen.text(at(left, base), line, 255, font_of(text.style), anchor="ls")
