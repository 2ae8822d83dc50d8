"""The remodeling cycle: a ring of two arrows between two kinds of cells, and two brakes on one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.corpus.pictures import Phrase, Picture
from bot.shells.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Point, arc_points, curve, polar
from bot.shells.pictures.colours import Accent
from bot.shells.pictures.icons import Place, draw_hexagons, draw_key
from bot.shells.pictures.letters import BODY, LABEL, NAME, STRONG, PictureError, Text, fitted
from bot.shells.pictures.page import INNER, draw_footer, draw_heading

RING = 396
"""Radius of the ring."""
_STROKE = 26
_CLAST, _BLAST = 96, 50
"""Radii of the cells."""
_PAD = 30
_GAP = 24
_MIDDLE = WIDTH / 2
_BRAKES = (218, 322)
"""Where the brakes press on the cell."""


def draw_cycle(canvas: Canvas, picture: Picture) -> float:
    """Returns where it ends."""
    words = picture.words
    y = draw_heading(canvas, words["title"].text, words["lead"].text, canvas.palette.teal)
    y = _draw_brake_cards(canvas, words, y + 30)
    top: Point = (_MIDDLE, y + 96 + _CLAST)
    centre = (_MIDDLE, top[1] + RING)
    _draw_ring(canvas, centre)
    _draw_brakes(canvas, y, top)
    _draw_osteoclast(canvas, top)
    _draw_osteoblasts(canvas, (_MIDDLE, centre[1] + RING))
    _draw_words(canvas, words, centre)
    y = _draw_note(canvas, words["menopause"].text, centre[1] + RING + _BLAST + 44)
    y = _draw_key(canvas, words, y + 28)
    return draw_footer(canvas, (phrase.passage for phrase in words.values()), y + 26)


def _draw_brake_cards(canvas: Canvas, words: Mapping[str, Phrase], top: float) -> float:
    colours = canvas.palette
    width = (INNER - _GAP) / 2
    cards = (
        (words["estrogen"].text, words["brake"].text, colours.indigo, draw_hexagons),
        (words["serm"].text, words["brake_again"].text, colours.plum, draw_key),
    )
    texts = [
        (fitted(who, STRONG, width - 2 * _PAD - 92), fitted(does, BODY, width - 2 * _PAD)) for who, does, *_ in cards
    ]
    head = max(who.height for who, _ in texts)
    bottom = top + 2 * _PAD + head + 12 + max(does.height for _, does in texts)
    for number, ((who, does), (*_, accent, icon)) in enumerate(zip(texts, cards, strict=True)):
        left = MARGIN + number * (width + _GAP)
        _draw_card(canvas, Box(left, top, left + width, bottom), accent, icon, who, does, head)
    return bottom


def _draw_card(
    canvas: Canvas, box: Box, accent: Accent, icon: Callable[[Place], None], who: Text, does: Text, head: float
) -> None:
    canvas.rounded(box, accent.tint)
    icon(Place(canvas, (box.left + _PAD + 34, box.top + _PAD + head / 2), 76, accent.strong, accent.tint))
    canvas.text(who, (box.left + _PAD + 92, box.top + _PAD + (head - who.height) / 2), accent.strong)
    canvas.text(does, (box.left + _PAD, box.top + _PAD + head + 12), canvas.palette.ink)


def _draw_brakes(canvas: Canvas, top: float, cell: Point) -> None:
    """From each card an arm down to a shoe that presses on the cell."""
    for angle, accent, side in zip(_BRAKES, (canvas.palette.indigo, canvas.palette.plum), (-1, 1), strict=True):
        shoe = polar(cell, _CLAST + 34, angle)
        start = (_MIDDLE + side * 270, top)
        arm = curve(start, (start[0], top + 60), polar(cell, _CLAST + 130, angle), shoe)
        canvas.line(arm, 14, accent.strong)
        canvas.arc(cell, _CLAST + 26, angle - 30, angle + 30, 26, accent.strong)


def _draw_ring(canvas: Canvas, centre: Point) -> None:
    amber, teal = canvas.palette.amber.strong, canvas.palette.teal.strong
    canvas.blended_arc(centre, RING, -69, 56, _STROKE, (amber, teal))
    canvas.blended_arc(centre, RING, 116, 243, _STROKE, (teal, amber))
    # A head points a little inwards, for it is straight where the ring is bent.
    canvas.arrow_head(polar(centre, RING, 62), 62 + 87, 58, teal)
    canvas.arrow_head(polar(centre, RING, 250), 250 + 87, 58, amber)


def _draw_osteoclast(canvas: Canvas, centre: Point) -> None:
    """One large cell with several nuclei and a ruffled edge below."""
    accent = canvas.palette.amber
    canvas.disc(centre, _CLAST, accent.strong)
    for turn in range(30, 151, 24):
        canvas.disc(polar(centre, _CLAST - 4, turn), 19, accent.strong)
    canvas.disc(centre, _CLAST - 9, accent.tint)
    for x, y in ((-34, -34), (14, -46), (50, -12), (-2, -4), (-50, 10), (-20, 42), (32, 32)):
        canvas.oval((centre[0] + x, centre[1] + y), 18, 15, accent.strong)


def _draw_osteoblasts(canvas: Canvas, centre: Point) -> None:
    """Four small cells in a row, each with one nucleus."""
    accent = canvas.palette.teal
    for number in range(4):
        x = centre[0] + (number - 1.5) * 78
        box = Box(x - 36, centre[1] - 44, x + 36, centre[1] + 44)
        canvas.rounded(box, accent.strong, 24)
        canvas.rounded(box.inset(7), accent.tint, 18)
        canvas.oval((x, centre[1] + 10), 17, 14, accent.strong)


def _draw_words(canvas: Canvas, words: Mapping[str, Phrase], centre: Point) -> None:
    """Inside the ring: what the upper cells do, the cycle, what the lower ones do."""
    colours = canvas.palette
    # Each width is less than the ring leaves at that height.
    lines = (
        (fitted(words["osteoclasts"].text, NAME, 470, even=True), colours.amber.strong),
        (fitted(words["clear"].text, BODY, 540, even=True), colours.ink),
        (fitted(words["cycle"].text, STRONG, 520, even=True), colours.quiet),
        (fitted(words["osteoblasts"].text, NAME, 470, even=True), colours.teal.strong),
        (fitted(words["build"].text, BODY, 400, even=True), colours.ink),
    )
    upper, lower = centre[1] - RING + _CLAST + 26, centre[1] + RING - _BLAST - 34
    free = (lower - upper - sum(text.height for text, _ in lines)) / 2
    if free < 12:
        raise PictureError(f"the words inside the ring are {12 - free:.0f} pixels too tall; choose fewer words")
    y = upper
    for number, (text, colour) in enumerate(lines):
        y = canvas.text(text, (centre[0], y), colour, centred=True) + (free if number in (1, 2) else 0)


def _draw_note(canvas: Canvas, words: str, top: float) -> float:
    """A sentence on a card, with a brake shoe that is lifted off the cell."""
    colours = canvas.palette
    text = fitted(words, BODY, INNER - 2 * _PAD - 130)
    bottom = top + text.height + 2 * _PAD - 8
    canvas.rounded(Box(MARGIN, top, WIDTH - MARGIN, bottom), colours.card, edge=colours.edge)
    middle = (MARGIN + _PAD + 52, (top + bottom) / 2 + 14)
    canvas.disc(middle, 36, colours.amber.strong)
    canvas.disc(middle, 28, colours.amber.tint)
    lifted = (middle[0] + 8, middle[1] - 22)
    canvas.line(list(arc_points(lifted, 46, 240, 330)), 13, colours.indigo.strong)
    canvas.text(text, (MARGIN + _PAD + 130, top + _PAD - 4), colours.ink)
    return bottom


def _draw_key(canvas: Canvas, words: Mapping[str, Phrase], top: float) -> float:
    colours = canvas.palette
    entries = (
        (words["key_resorption"].text, colours.amber.strong),
        (words["key_formation"].text, colours.teal.strong),
        (words["key_brake"].text, None),
    )
    texts = [fitted(text, LABEL, INNER, most_lines=1) for text, _ in entries]
    total = sum(60 + text.width for text in texts)
    gap = (INNER - total) / (len(texts) - 1)
    if gap < 20:
        raise PictureError("the key is too wide; choose fewer words")
    x: float = MARGIN
    for text, (_, colour) in zip(texts, entries, strict=True):
        y = top + text.height / 2
        if colour:
            canvas.disc((x + 20, y), 18, colour)
        else:
            canvas.arc((x + 14, y + 14), 24, 190, 262, 12, colours.indigo.strong)
            canvas.arc((x + 20, y + 14), 24, 278, 350, 12, colours.plum.strong)
        canvas.text(text, (x + 60, top), colours.ink)
        x += 60 + text.width + gap
    return top + texts[0].height
