"""Three signals that flow together into one."""

from __future__ import annotations

from collections.abc import Callable

from bot.corpus.pictures import Picture
from bot.shells.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Point, curve
from bot.shells.pictures.colours import Accent, Colour
from bot.shells.pictures.icons import Place, draw_key, draw_leaf, draw_lift
from bot.shells.pictures.letters import BODY, LABEL, NAME, STRONG, fitted
from bot.shells.pictures.page import INNER, draw_footer, draw_heading

_SOURCE = 92
"""Radius of the disc that a signal comes from."""
_FALL = 250
"""How far the streams run down."""
_STREAM = 24
_PAD = 32
_NAMES = ("first", "second", "third")
_ICONS: tuple[Callable[[Place], None], ...] = (draw_key, draw_leaf, draw_lift)


def draw_convergence(canvas: Canvas, picture: Picture) -> float:
    """Returns where it ends."""
    words = picture.words
    y = draw_heading(canvas, words["title"].text, "", canvas.palette.indigo)
    y = _draw_sources(canvas, [words[name].text for name in _NAMES], y + 40)
    y = _draw_synergy(canvas, words["synergy"].text, y)
    y += 14
    for name, accent in zip(_NAMES, _accents(canvas), strict=True):
        y = _draw_signal(canvas, words[name].text, words[f"{name}_does"].text, accent, y + 22)
    return draw_footer(canvas, (phrase.passage for phrase in words.values()), y + 28)


def _draw_sources(canvas: Canvas, names: list[str], top: float) -> float:
    """A disc for each signal, its name, and its stream. Returns where the streams end."""
    column = INNER / 3
    texts = [fitted(name, LABEL, column - 16, even=True) for name in names]
    start = top + 2 * _SOURCE + 14 + max(text.height for text in texts) + 14
    goal = (WIDTH / 2, start + _FALL)
    signals = list(zip(texts, _accents(canvas), _ICONS, strict=True))
    for number in (0, 2, 1):  # the one in the middle lies over the others
        text, accent, icon = signals[number]
        x = MARGIN + column * (number + 0.5)
        _draw_stream(canvas, (x, start + 12), goal, number - 1, accent.strong)
        canvas.disc((x, top + _SOURCE), _SOURCE, accent.strong)
        canvas.disc((x, top + _SOURCE), _SOURCE - 8, accent.tint)
        icon(Place(canvas, (x, top + _SOURCE), 104, accent.strong, accent.tint))
        canvas.text(text, (x, top + 2 * _SOURCE + 14), accent.strong, centred=True)
    head = [(goal[0] - 66, goal[1] - 56), (goal[0] + 66, goal[1] - 56), goal]
    canvas.shape(head, canvas.palette.indigo.strong)
    canvas.line([*head, head[0]], 10, canvas.palette.indigo.strong)
    return goal[1] + 18


def _draw_stream(canvas: Canvas, start: Point, goal: Point, side: int, colour: Colour) -> None:
    """Down and towards the middle, where the three run side by side into the head of one arrow."""
    end = (goal[0] + side * (_STREAM + 2), goal[1] - 60)
    bend = (end[0], end[1] - 40)
    canvas.line([*curve(start, (start[0], start[1] + 110), (end[0], bend[1] - 110), bend), end], _STREAM, colour)


def _draw_synergy(canvas: Canvas, words: str, top: float) -> float:
    colours = canvas.palette
    text = fitted(words, STRONG, INNER - 2 * _PAD, even=True)
    box = Box(MARGIN, top, WIDTH - MARGIN, top + text.height + 2 * _PAD)
    canvas.rounded(box, colours.indigo.strong)
    canvas.rounded(box.inset(6), colours.indigo.tint, 27)
    canvas.text(text, (box.centre[0], top + _PAD), colours.ink, centred=True)
    return box.bottom


def _draw_signal(canvas: Canvas, name: str, does: str, accent: Accent, top: float) -> float:
    colours = canvas.palette
    left = MARGIN + _PAD + 22
    head = fitted(name, NAME, WIDTH - MARGIN - _PAD - left)
    text = fitted(does, BODY, WIDTH - MARGIN - _PAD - left)
    bottom = top + head.height + text.height + 2 * _PAD - 12
    canvas.rounded(Box(MARGIN, top, WIDTH - MARGIN, bottom), colours.card, edge=colours.edge)
    canvas.line([(MARGIN + 28, top + 38), (MARGIN + 28, bottom - 38)], 12, accent.strong)
    y = canvas.text(head, (left, top + _PAD - 8), accent.strong)
    canvas.text(text, (left, y), colours.ink)
    return bottom


def _accents(canvas: Canvas) -> tuple[Accent, Accent, Accent]:
    return canvas.palette.plum, canvas.palette.amber, canvas.palette.teal
